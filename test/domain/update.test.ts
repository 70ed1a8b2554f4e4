import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedFields, merge, type replacement, writable } from '../../src/domain/patch.ts';
import { leafPaths, overlap } from '../../src/domain/paths.ts';
import { type Outcome, type PendingPatch, type RecordStore, update } from '../../src/domain/update.ts';
import type { Violation } from '../../src/domain/violation.ts';
import { Fault } from '../../src/fault.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';

type Members = Record<string, unknown>;
const asRecord = (members: Members) => members as unknown as OpportunityRecord;
const lost = () => new Fault('UPSTREAM_UNAVAILABLE', 'lost', { mayHaveBeenApplied: true, isTransient: true });
const stale = () => new Fault('CONFLICT', 'stale');

/** What happens to one write: refused before it is applied, lost before or after, or applied. */
type Event = 'ok' | 'lostBefore' | 'lostAfter' | 'throttled' | { edit: Members };

/** A store with AWS's lock, in which the given events befall the writes one after another, and reads lag so many times. */
function store(initial: Members, events: Event[] = [], lag = 0) {
  let version = 1;
  const history = [
    asRecord({ id: 'O1', ...initial, lastModifiedDate: `2026-01-01T00:00:00.${'1'.padStart(3, '0')}Z` }),
  ];
  const log: string[] = [];
  const now = () => history.at(-1) as OpportunityRecord;
  const put = (content: Members): void => {
    version += 1;
    history.push(
      asRecord({
        ...content,
        id: 'O1',
        lastModifiedDate: `2026-01-01T00:00:00.${String(version).padStart(3, '0')}Z`,
      }),
    );
  };
  const edit = (patch: Members): void => put(merge(writable(now()), patch) as Members);
  let lagging = 0;
  const apply = ({ identifier: _, lastModifiedDate, ...content }: ReturnType<typeof replacement>): void => {
    if (lastModifiedDate !== now().lastModifiedDate) throw stale();
    put(content);
    lagging = lag;
    log.push('applied');
  };
  const port: RecordStore = {
    read: async () => (lagging-- > 0 ? (history.at(-2) ?? now()) : now()),
    async write(payload) {
      const event = events.shift() ?? 'ok';
      if (typeof event === 'object') edit(event.edit);
      if (event === 'throttled') throw new Fault('THROTTLED', 'later', { isTransient: true });
      if (event === 'lostBefore') throw lost();
      apply(payload);
      if (event === 'lostAfter') throw lost();
    },
    recall: (date) => history.find((one) => one.lastModifiedDate === date),
    pause: async () => {},
  };
  return {
    port,
    now,
    edit,
    log,
    versions: () => history.map(({ lastModifiedDate }) => lastModifiedDate ?? ''),
  };
}

const job = (patch: Members, more: Partial<PendingPatch> = {}): PendingPatch => ({
  patch,
  violations: () => [],
  ...more,
});
const one = async (port: RecordStore, ...jobs: PendingPatch[]): Promise<Outcome> => {
  const [outcome] = await update(port, jobs);
  if (!outcome) throw new Error('no outcome');
  return outcome;
};
const locked: Violation = { path: ['a'], field: 'a', code: 'NOT_EDITABLE', message: 'locked' };
const initial = { a: 'a', b: { c: 'c', d: 'd' }, list: [1], future: { x: null } };

describe('an update', () => {
  test('sends the whole record with the patch on it', async () => {
    const { port, now } = store(initial);
    expect(await one(port, job({ b: { c: 'new', d: null } }))).toEqual({
      kind: 'done',
      changedFields: ['b.c', 'b.d'],
    });
    expect(now()).toMatchObject({ a: 'a', b: { c: 'new', d: null }, list: [1], future: { x: null } });
  });

  test('goes onto the new record when somebody else changed other fields first', async () => {
    const { port, now } = store(initial, [{ edit: { a: 'theirs' } }, { edit: { list: [2] } }]);
    expect(await one(port, job({ b: { c: 'mine' } }))).toEqual({ kind: 'done', changedFields: ['b.c'] });
    expect(now()).toMatchObject({ a: 'theirs', b: { c: 'mine', d: 'd' }, list: [2] });
  });

  test.each([
    ['the same field', { b: { c: 'theirs' } }, ['b.c']],
    ['the object around it', { b: null }, ['b.c', 'b.d']],
  ])('is a conflict when somebody else changed %s', async (_, edit, changed) => {
    const { port, now } = store(initial, [{ edit }]);
    const outcome = await one(port, job({ b: { c: 'mine' }, a: 'mine' }));
    expect(outcome).toMatchObject({
      kind: 'conflict',
      changedFields: changed,
      overlappingFields: ['b.c'],
      current: now(),
    });
    expect(now()).not.toMatchObject({ a: 'mine' });
  });

  test('counts a field as the patch’s own although it names the value that was there', async () => {
    const { port } = store(initial, [{ edit: { a: 'theirs' } }]);
    expect(await one(port, job({ a: 'a', b: { c: 'mine' } }))).toMatchObject({
      kind: 'conflict',
      overlappingFields: ['a'],
    });
  });

  test('is no conflict when somebody else set the field to the very same value', async () => {
    const { port, now } = store(initial, [{ edit: { a: 'same' } }]);
    expect(await one(port, job({ a: 'same', b: { c: 'mine' } }))).toEqual({
      kind: 'done',
      changedFields: ['b.c'],
    });
    expect(now()).toMatchObject({ a: 'same', b: { c: 'mine' } });
  });

  test('that is strict is a conflict with any change', async () => {
    const { port } = store(initial, [{ edit: { a: 'theirs' } }]);
    expect(await one(port, job({ b: { c: 'mine' } }, { isStrict: true }))).toMatchObject({
      kind: 'conflict',
      changedFields: ['a'],
      overlappingFields: [],
    });
  });

  test('gives up after five tries against somebody who is always first', async () => {
    const edits = Array.from({ length: 9 }, (_, n) => ({ edit: { a: `theirs ${n}` } }));
    const { port } = store(initial, edits);
    expect(await one(port, job({ b: { c: 'mine' } }))).toMatchObject({
      kind: 'conflict',
      current: { a: expect.stringMatching('theirs') },
      changedFields: ['a'],
      overlappingFields: [],
    });
    expect(edits).toHaveLength(4);
  });

  test('asks again for every record what stands against it: a review may have begun meanwhile', async () => {
    const { port, now } = store(initial, [{ edit: { a: 'Submitted' } }]);
    const violations = (base: OpportunityRecord) =>
      (base as unknown as Members).a === 'Submitted' ? [locked] : [];
    expect(await one(port, job({ b: { c: 'mine' } }, { violations }))).toEqual({
      kind: 'refused',
      violations: [locked],
    });
    expect(now()).toMatchObject({ b: { c: 'c' } });
  });
});

describe('what the caller has seen', () => {
  test('may be older, where it is still held and nobody touched the patch’s fields', async () => {
    const { port, edit, now, versions } = store(initial);
    edit({ a: 'theirs' });
    const expected = versions()[0] ?? '';
    expect(await one(port, job({ b: { c: 'mine' } }, { expected }))).toMatchObject({ kind: 'done' });
    expect(now()).toMatchObject({ a: 'theirs', b: { c: 'mine' } });
    expect(await one(port, job({ a: 'mine' }, { expected }))).toMatchObject({
      kind: 'conflict',
      overlappingFields: ['a'],
    });
    expect(await one(port, job({ list: [3] }, { expected, isStrict: true }))).toMatchObject({
      kind: 'conflict',
    });
  });

  test('is a conflict with every named field where it is held no more', async () => {
    const { port } = store(initial);
    expect(await one(port, job({ b: { c: 'mine' } }, { expected: '2020-01-01T00:00:00Z' }))).toMatchObject({
      kind: 'conflict',
      changedFields: null,
      overlappingFields: ['b.c'],
    });
  });
});

describe('an answer that got lost', () => {
  test.each([
    ['before the write was applied', 'lostBefore' as const],
    ['after the write was applied', 'lostAfter' as const],
  ])('%s ends in one write that is reported as done', async (_, event) => {
    for (const lag of [0, 1, 3]) {
      const { port, now, log } = store(initial, [event], lag);
      expect(await one(port, job({ b: { c: 'mine' } }))).toEqual({ kind: 'done', changedFields: ['b.c'] });
      expect(now()).toMatchObject({ b: { c: 'mine' } });
      expect(log).toEqual(['applied']);
    }
  });

  test('is unknown when the record cannot be read any more', async () => {
    const { port } = store(initial, ['lostAfter']);
    let reads = 0;
    const broken = { ...port, read: async () => (reads++ === 0 ? port.read() : Promise.reject(lost())) };
    expect(await one(broken, job({ a: 'mine' }))).toEqual({ kind: 'unknown' });
  });

  test('is unknown when somebody else has set the same field since', async () => {
    const { port, edit } = store(initial, ['lostAfter']);
    const racing = { ...port, pause: async () => edit({ a: 'theirs' }) };
    expect(await one(racing, job({ a: 'mine' }))).toEqual({ kind: 'unknown' });
  });

  test('is found out before anything else is said, even when the next try is refused for another reason', async () => {
    const { port, log } = store(initial, ['lostAfter', 'throttled'], 4);
    expect(await one(port, job({ a: 'mine' }))).toEqual({ kind: 'done', changedFields: ['a'] });
    expect(log).toEqual(['applied']);
  });
});

describe('patches that go out as one', () => {
  test('each have their own outcome', async () => {
    const { port, now, log } = store(initial);
    const outcomes = await update(port, [
      job({ a: 'one' }),
      job({ b: { c: 'two', d: null } }),
      job({ list: [1] }),
      job({ e: 'locked' }, { violations: () => [locked] }),
      job({ f: 'old' }, { expected: '2020-01-01T00:00:00Z' }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'done', changedFields: ['a'] },
      { kind: 'done', changedFields: ['b.c', 'b.d'] },
      { kind: 'done', changedFields: [] },
      { kind: 'refused', violations: [locked] },
      { kind: 'conflict' },
    ]);
    expect(log).toEqual(['applied']);
    expect(now()).toMatchObject({ a: 'one', b: { c: 'two', d: null }, list: [1] });
  });
});

describe('any record, any patch, any mishap', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  const members = fc.letrec<{ members: Members; value: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(leaf, { maxLength: 2 }), tie('members')),
    members: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 4 }),
  })).members;
  const event = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Event>('ok', 'lostBefore', 'lostAfter', 'throttled') },
    { weight: 1, arbitrary: fc.record({ edit: members }) },
  );

  test('lose nothing, write nothing twice, and are never reported as what they are not', async () => {
    await fc.assert(
      fc.asyncProperty(
        members,
        members,
        fc.array(event, { maxLength: 4 }),
        fc.integer({ min: 0, max: 3 }),
        async (content, patch, events, lag) => {
          const edits = events.filter((one) => typeof one === 'object');
          const { port, now, log } = store(content, [...events], lag);
          const outcome = await update(port, [job(patch)]).then(
            ([settled]) => settled?.kind ?? 'none',
            (error: Fault) => error.code,
          );
          expect(log.length).toBeLessThanOrEqual(1);
          // Every value of the patch is there, unless somebody has set the same field since, and all that others wrote.
          const others = edits.flatMap(({ edit }) => leafPaths(edit));
          if (outcome === 'done' && overlap(leafPaths(patch), others).length === 0)
            expect(changedFields(writable(now()), merge(writable(now()), patch))).toEqual([]);
          if (log.length === 0 && outcome !== 'done') {
            const untouched = edits.length === 0;
            if (untouched) expect(writable(now())).toEqual(writable(asRecord({ id: 'O1', ...content })));
          }
          if (log.length === 1) expect(['done', 'unknown']).toContain(outcome);
          if (['conflict', 'THROTTLED', 'CONFLICT'].includes(outcome)) expect(log).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
