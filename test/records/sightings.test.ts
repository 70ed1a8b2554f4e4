import { describe, expect, test } from 'vitest';
import { createRecordCache } from '../../src/records/cache.ts';
import { createChanges, type OpportunityChange } from '../../src/records/changes.ts';
import { createOpportunityIndex } from '../../src/records/opportunity-index.ts';
import { createSightings, maxLagMs } from '../../src/records/sightings.ts';
import type { OpportunitySummary } from '../../src/upstream/wire.ts';
import { fakeClock } from '../clock.ts';

const at = (second: number, fraction = '') =>
  `2031-05-14T12:00:${String(second).padStart(2, '0')}${fraction}Z`;
const version = (id: string, lastModifiedDate: string, more: object = {}) =>
  ({ id, catalog: 'Sandbox', createdDate: at(0), lastModifiedDate, ...more }) as OpportunitySummary;

function gate({ hasIndex = true, isComplete = true } = {}) {
  const { clock, pass } = fakeClock();
  const cache = createRecordCache({ clock, freshMs: 3_000, maxBytes: 1_000_000 });
  const changes = createChanges();
  const index = hasIndex ? createOpportunityIndex() : undefined;
  if (index && isComplete) index.asOf = at(0);
  const told: OpportunityChange[] = [];
  changes.listen((change) => change.type === 'Opportunity' && told.push(change));
  const sightings = createSightings({ clock, cache, changes, index });
  return { sightings, index, cache, told, pass, kinds: () => told.map(({ kind, id }) => `${kind} ${id}`) };
}

describe('the gate of sightings', () => {
  test('a version is reported once, however often and in any notation of its date it is listed', () => {
    const { sightings, kinds } = gate();
    for (const date of [at(1, '.500'), at(1, '.5'), '2031-05-14T14:00:01.50+02:00'])
      sightings.note([version('O1', date)]);
    sightings.note([version('O1', at(2))], { isAnnounced: true });
    expect(kinds()).toEqual(['UPDATED O1', 'UPDATED O1']);
  });

  test('a change has the fields in which it differs from the version before, if that is known', () => {
    const { sightings, told, index } = gate();
    sightings.note([version('O1', at(0, '.3'), { lifeCycle: { stage: 'Prospect', nextSteps: 'Call' } })]);
    sightings.note([version('O1', at(2), { lifeCycle: { stage: 'Qualified', nextSteps: 'Call' } })]);
    expect(told.map(({ kind, changedFields }) => [kind, changedFields])).toEqual([
      ['CREATED', undefined],
      ['UPDATED', ['lifeCycle.stage']],
    ]);
    expect(index?.get('O1')?.summary.lifeCycle?.stage).toBe('Qualified');
  });

  test('an older version is not taken while AWS may lag, and is taken if AWS insists on it', () => {
    const { sightings, told, pass, cache } = gate();
    sightings.note([version('O1', at(5))]);
    expect(sightings.note([version('O1', at(4))])).toEqual([]);
    expect(cache.isOutdated('O1', at(4))).toBe(true);
    pass(maxLagMs);
    expect(sightings.note([version('O1', at(4))])).toHaveLength(1);
    expect(told.map(({ lastModifiedDate }) => lastModifiedDate)).toEqual([at(5), at(4)]);
    expect(Number(told[1]?.position)).toBeGreaterThan(Number(told[0]?.position));
  });

  test('an opportunity is lost if lists by its id lack it twice, longer apart than AWS lags', () => {
    const { sightings, kinds, index, pass } = gate();
    sightings.note([version('O1', at(1)), version('O2', at(1))]);
    const look = () => sightings.note([version('O2', at(1))], { asked: ['O1', 'O2', 'O3'] });
    look();
    pass(maxLagMs - 1);
    look();
    expect(sightings.missing()).toEqual(['O1']);
    pass(1);
    look();
    look();
    expect(kinds().slice(2)).toEqual(['LOST O1']);
    expect(index?.size()).toBe(1);
    sightings.note([version('O1', at(1))]);
    expect(kinds().slice(3)).toEqual(['UPDATED O1']);
    expect(index?.size()).toBe(2);
  });

  test.each([
    ['without an index', { hasIndex: false }],
    ['while the index is being built', { isComplete: false }],
  ])('%s, what is seen for the first time is reported only if it is announced', (_, options) => {
    const { sightings, kinds } = gate(options);
    sightings.note([version('O1', at(1))]);
    expect(kinds()).toEqual([]);
    sightings.note([version('O1', at(2)), version('O2', at(1))], { isAnnounced: true });
    expect(kinds()).toEqual(['UPDATED O1', 'UPDATED O2']);
  });

  test('a row of another replica is reported once, by whichever way it comes', () => {
    const [one, two] = [gate(), gate()];
    one.sightings.note([version('O1', at(1))]);
    const row = one.index?.get('O1');
    if (row) two.sightings.merge(row, true);
    two.sightings.note([version('O1', at(1))]);
    if (row) two.sightings.merge(row, true);
    expect(two.kinds()).toEqual(['UPDATED O1']);
  });
});

describe('the index', () => {
  test('finds an opportunity by the identifier that it has now', () => {
    const { sightings, index } = gate();
    sightings.note([version('O1', at(1), { partnerOpportunityIdentifier: 'crm-1' })]);
    sightings.note([version('O2', at(2), { partnerOpportunityIdentifier: 'crm-2' })]);
    sightings.note([version('O1', at(3), { partnerOpportunityIdentifier: 'crm-3' })]);
    expect(['crm-1', 'crm-2', 'crm-3'].map((identifier) => index?.idOf(identifier))).toEqual([
      undefined,
      'O2',
      'O1',
    ]);
  });

  test('has its rows in the order of their dates, however they came', () => {
    const { sightings, index } = gate();
    for (const [id, second] of [
      ['O3', 9],
      ['O1', 4],
      ['O2', 4],
      ['O3', 10],
      ['O4', 1],
    ] as const)
      sightings.note([version(id, at(second))]);
    expect(index?.inOrder().map(({ summary }) => summary.id)).toEqual(['O4', 'O1', 'O2', 'O3']);
  });
});
