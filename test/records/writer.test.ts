/** How writes affect the cache, for operations whose responses do not contain the record. */
import { expect, test } from 'vitest';
import { Fault } from '../../src/fault.ts';
import { createRecordCache } from '../../src/records/cache.ts';
import { createCoalescer } from '../../src/records/coalesce.ts';
import { createLoaders, type ReadTools } from '../../src/records/loaders.ts';
import type { VersionEvent } from '../../src/records/replication.ts';
import { createFinishedTasks } from '../../src/records/task-lists.ts';
import { createWriteQueue } from '../../src/records/write-queue.ts';
import { createWriter, type WriteTools } from '../../src/records/writer.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';
import { fakeClock } from '../clock.ts';

const record = { id: 'O1', lastModifiedDate: '2026-01-01T00:00:00Z' } as OpportunityRecord;
const association = {
  opportunityIdentifier: 'O1',
  relatedEntityType: 'Solutions',
  relatedEntityIdentifier: 'S-1',
} as const;

function writerOn(send: (operation: string) => Promise<unknown>) {
  const { clock } = fakeClock();
  const published: VersionEvent[] = [];
  const cache = createRecordCache({
    clock,
    freshMs: 3_000,
    maxBytes: 1_000_000,
    publish: (event) => void published.push(event),
  });
  cache.put(record);
  published.length = 0;
  const request = { deadline: 1_000, isUncached: true };
  const scope = { send, request, signal: new AbortController().signal };
  const quota = { isWaitedFor: () => false };
  const tools = {
    scope,
    finishing: scope,
    cache,
    clock,
    quota,
    coalescer: createCoalescer(),
  } as unknown as ReadTools & Pick<WriteTools, 'finishing'>;
  const loaders = createLoaders(tools);
  const forgotten: string[] = [];
  const related = {
    noteWrite: (id: string) => void forgotten.push(`AWS's view of ${id}`),
    forgetAssociations: () => void forgotten.push('associations'),
  };
  return {
    writer: createWriter({
      ...tools,
      queue: createWriteQueue(),
      loaders,
      finishedTasks: createFinishedTasks({ publish() {} }),
      related,
      background: undefined,
      written: undefined,
      guard: undefined,
    }),
    cache,
    published,
    forgotten,
    loaders,
  };
}

test('an update ends AWS’s view of the opportunity, and what may share it its engagements too', async () => {
  const { writer, forgotten } = writerOn(async () => ({ lastModifiedDate: '2026-01-02T00:00:00Z' }));
  await writer.write('UpdateOpportunity', { identifier: 'O1' } as never);
  expect(forgotten).toEqual(["AWS's view of O1"]);
  await writer.write('SubmitOpportunity', { identifier: 'O1' } as never);
  expect(forgotten.slice(1)).toEqual(["AWS's view of O1", 'associations']);
});

test('an operation that changes an opportunity’s date makes its cached versions stale, here and on other replicas', async () => {
  const { writer, cache, published } = writerOn(async () => ({}));
  expect(cache.getFresh('O1')).toEqual(record);
  await writer.write('AssociateOpportunity', association);
  expect(cache.getFresh('O1')).toBeUndefined();
  expect(cache.latest('O1')).toBeUndefined();
  expect(published).toEqual([{ id: 'O1', isCurrent: false }]);
  // A lagging list does not make it fresh again; a read of the record does.
  cache.revalidate('O1', record.lastModifiedDate);
  expect(cache.getFresh('O1')).toBeUndefined();
  cache.put(record);
  expect(cache.getFresh('O1')).toEqual(record);
  // The version itself is still cached: a form that was loaded with it can be saved.
  expect(cache.getVersion('O1', '2026-01-01T00:00:00Z')).toEqual(record);
});

test('an operation whose response is lost makes cached versions stale, and one that AWS refuses does not', async () => {
  const lost = new Fault('UPSTREAM_UNAVAILABLE', 'lost', { mayHaveBeenApplied: true });
  const unknown = writerOn(() => Promise.reject(lost));
  await expect(unknown.writer.write('AssociateOpportunity', association)).rejects.toBe(lost);
  expect(unknown.cache.getFresh('O1')).toBeUndefined();

  const refused = writerOn(() => Promise.reject(new Fault('VALIDATION', 'refused')));
  await expect(refused.writer.write('AssociateOpportunity', association)).rejects.toThrow('refused');
  expect(refused.cache.getFresh('O1')).toEqual(record);
});

test('an operation that returns the new date updates the cache, and leaves other opportunities unchanged', async () => {
  const { writer, cache } = writerOn(async () => ({ id: 'O2', lastModifiedDate: '2026-01-02T00:00:00Z' }));
  await writer.write('CreateOpportunity', { clientToken: 't' });
  expect(cache.getFresh('O1')).toEqual(record);
  expect(cache.isOutdated('O2', '2026-01-01T00:00:00Z')).toBe(true);
});

test('a request that read an opportunity before it changed it reads it again afterwards', async () => {
  let second = 1;
  const { writer, loaders } = writerOn(async (operation) => {
    if (operation === 'AssociateOpportunity') second += 1;
    const read = { id: 'O1', lastModifiedDate: `2026-01-01T00:00:0${second}Z` };
    return operation === 'GetOpportunity' ? read : {};
  });
  const dates = async () => [
    (await loaders.opportunity.load('O1'))?.lastModifiedDate,
    (await loaders.summary.load('O1'))?.lastModifiedDate,
  ];
  expect(await dates()).toEqual(Array(2).fill('2026-01-01T00:00:01Z'));
  await writer.write('AssociateOpportunity', association);
  expect(await dates()).toEqual(Array(2).fill('2026-01-01T00:00:02Z'));
});
