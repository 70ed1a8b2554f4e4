import { expect, test } from 'vitest';
import { createRecordCache } from '../../src/records/cache.ts';
import { createChanges } from '../../src/records/changes.ts';
import { changesSince, createIndexReader } from '../../src/records/index-reader.ts';
import { createOpportunityIndex } from '../../src/records/opportunity-index.ts';
import { createSightings, maxLagMs } from '../../src/records/sightings.ts';
import type { Send } from '../../src/upstream/send.ts';
import { fakeClock } from '../clock.ts';

type Asked = {
  identifier?: string[];
  nextToken?: string;
  lastModifiedDate?: { afterLastModifiedDate: string };
};

const date = '2031-05-14T12:00:00Z';
const page = (ids: Iterable<string>, nextToken: string | null = null) => ({
  opportunitySummaries: [...ids].map((id) => ({ id, createdDate: date, lastModifiedDate: date })),
  nextToken,
});

test('a sweep finds what AWS does not show any more, and looks it up twenty to a call before it is lost', async () => {
  const { clock, pass } = fakeClock();
  const shown = new Set(Array.from({ length: 90 }, (_, n) => `O${n}`));
  const lookedUp: number[] = [];
  const send = (async (_operation: string, { identifier }: Asked) => {
    if (identifier) lookedUp.push(identifier.length);
    return page(identifier ? identifier.filter((id) => shown.has(id)) : shown);
  }) as unknown as Send;
  const changes = createChanges();
  const lost: string[] = [];
  changes.listen((change) => change.type === 'Opportunity' && change.kind === 'LOST' && lost.push(change.id));
  const index = createOpportunityIndex();
  const cache = createRecordCache({ clock, freshMs: 0, maxBytes: 1_000_000 });
  const sightings = createSightings({ clock, cache, changes, index });
  const reader = createIndexReader(index, sightings);
  await reader.build(send);
  for (let n = 0; n < 25; n++) shown.delete(`O${n}`);
  await reader.sweep(send);
  expect([lookedUp, lost]).toEqual([[20, 5], []]);
  pass(maxLagMs);
  await reader.lookUpMissing(send);
  expect(lost).toHaveLength(25);
  expect(index.size()).toBe(65);
  await reader.lookUpMissing(send);
  expect(lookedUp).toEqual([20, 5, 20, 5]);
});

test('a list that repeats itself is an error, not an endless loop', async () => {
  const send = (async () => page(['O1'], 'again')) as unknown as Send;
  const walk = async () => {
    for await (const _ of changesSince('', send));
  };
  await expect(walk()).rejects.toThrow('does not end, or repeats itself');
});

test('a page of changes begins at the date where the last one ended, not at AWS’s token', async () => {
  const asked: Asked[] = [];
  const at = (second: number, n: number) => ({
    id: `O${second}${n}`,
    createdDate: date,
    lastModifiedDate: `2031-05-14T12:00:0${second}.${n}Z`,
  });
  const pages = [
    { opportunitySummaries: [at(1, 0), at(3, 5)], nextToken: 'a' },
    { opportunitySummaries: [at(3, 5), at(3, 6)], nextToken: 'b' },
    { opportunitySummaries: [at(3, 7), at(9, 0)], nextToken: null },
  ];
  const send = (async (_operation: string, input: Asked) => {
    asked.push(input);
    return pages[asked.length - 1];
  }) as unknown as Send;
  for await (const _ of changesSince('', send));
  expect(
    asked.map(({ nextToken, lastModifiedDate }) => [lastModifiedDate?.afterLastModifiedDate, nextToken]),
  ).toEqual([
    [undefined, undefined],
    ['2031-05-14T12:00:02.500Z', undefined],
    ['2031-05-14T12:00:02.600Z', undefined],
  ]);
});
