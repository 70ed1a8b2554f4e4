/** Pages of several lists in one order: nothing is lost or repeated, and a list that has ended is not read again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderBy } from '../../src/domain/filters.ts';
import { createCoalescer } from '../../src/records/coalesce.ts';
import type { RequestScope } from '../../src/records/in-flight.ts';
import { fetchMergedPage, type ReadPage } from '../../src/records/merged-pages.ts';
import { fetchPageOf, type PageArguments } from '../../src/records/paging.ts';
import { createFinishedTasks } from '../../src/records/task-lists.ts';
import { createTaskLoaders } from '../../src/records/tasks.ts';
import { createViewer } from '../../src/records/viewer.ts';

type Item = { id: string; at: string };
type Input = { maxResults?: number; nextToken?: string | undefined };

const latestFirst = orderBy<Item>(({ at }) => at, 'DESCENDING');
const sorted = (items: readonly Item[]) =>
  [...items].sort((a, b) => latestFirst.compare(latestFirst.placeOf(a), latestFirst.placeOf(b)));

/** A list as AWS pages it: its tokens are positions, and the last page may have a token too. */
function listOf(items: readonly Item[], name: string, hasTokenAtEnd: boolean) {
  const inOrder = sorted(items);
  let calls = 0;
  const list = {
    input: {},
    order: latestFirst,
    isEmpty: false,
    async call({ maxResults = 20, nextToken }: Input) {
      calls += 1;
      const start = Number(nextToken ?? 0);
      const end = start + maxResults;
      const hasMore = end < inOrder.length || (hasTokenAtEnd && end === inOrder.length);
      return { items: inOrder.slice(start, end), nextToken: hasMore ? String(end) : undefined };
    },
    itemsOf: ({ items }: { items: Item[]; nextToken: string | undefined }) => items,
  };
  const read: ReadPage<Item> = (page: PageArguments) => fetchPageOf(list, page, name);
  return { read, calls: () => calls };
}

const second = (n: number) => new Date(n * 1_000).toISOString();
const lists = fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), {
  minLength: 1,
  maxLength: 4,
});

test('the pages together have every item of every list once, in one order, for pages of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      lists,
      fc.infiniteStream(fc.integer({ min: 1, max: 15 })),
      fc.boolean(),
      async (times, sizes, hasTokenAtEnd) => {
        const items = times.map((list, n) => list.map((at, m) => ({ id: `${n}/${m}`, at: second(at) })));
        const parts = items.map((list, n) => listOf(list, `list ${n}`, hasTokenAtEnd));
        const found: Item[] = [];
        for (let after: string | undefined, pages = 0; pages < 200; pages++) {
          const [first = 1] = sizes.take(1);
          const reads = parts.map(({ read }) => read);
          const page = await fetchMergedPage(reads, latestFirst, { first, after }, 'query');
          expect(page.edges.length).toBeLessThanOrEqual(first);
          found.push(...page.edges.map(({ summary }) => summary));
          after = page.edges.at(-1)?.cursor;
          if (!page.hasNextPage || !after) break;
        }
        expect(found).toEqual(sorted(items.flat()));
      },
    ),
  );
});

test('a cursor in the middle of a page continues after its own item', async () => {
  const items = Array.from({ length: 20 }, (_, n) => ({ id: `${n}`, at: second(n) }));
  const halves = [items.filter((_, n) => n % 3 > 0), items.filter((_, n) => n % 3 === 0)];
  const reads = halves.map((half, n) => listOf(half, `half ${n}`, false).read);
  const { edges } = await fetchMergedPage(reads, latestFirst, { first: 20 }, 'query');
  for (const [n, { cursor: after }] of edges.entries()) {
    const rest = await fetchMergedPage(reads, latestFirst, { first: 20, after }, 'query');
    expect(rest.edges.map(({ summary }) => summary)).toEqual(sorted(items).slice(n + 1));
  }
});

test('a list of which nothing is left is not read again', async () => {
  const long = listOf(
    Array.from({ length: 9 }, (_, n) => ({ id: `long ${n}`, at: second(n) })),
    'long',
    false,
  );
  const short = listOf([{ id: 'short', at: second(100) }], 'short', false);
  const empty = listOf([], 'empty', false);
  const reads = [long.read, short.read, empty.read];
  const first = await fetchMergedPage(reads, latestFirst, { first: 3 }, 'query');
  const after = first.edges.at(-1)?.cursor;
  await fetchMergedPage(reads, latestFirst, { first: 3, after }, 'query');
  expect([long.calls(), short.calls(), empty.calls()]).toEqual([3, 1, 1]);
});

test.each([
  ['no cursor', 'nothing', 'a cursor that'],
  ['one of another query', Buffer.from('["another",null,null]').toString('base64url'), 'another filter'],
  ['one of more lists', Buffer.from('["query",null,null,null]').toString('base64url'), 'a cursor that'],
  ['one with numbers', Buffer.from('["query",1,2]').toString('base64url'), 'a cursor that'],
])('%s is refused before a list is read', async (_, after, message) => {
  const list = listOf([], 'list', false);
  const page = fetchMergedPage([list.read, list.read], latestFirst, { first: 3, after }, 'query');
  await expect(page).rejects.toThrow(message);
  expect(list.calls()).toBe(0);
});

test('a page of tasks goes on after the newer tasks of others, however many there are', async () => {
  const isOwn = (n: number) => n === 2_500 || n === 4_999;
  const tasks = Array.from({ length: 5_000 }, (_, n) => ({
    taskId: `task-${String(n).padStart(13, '0')}`,
    startTime: second(10_000 - n),
    taskStatus: 'COMPLETE',
    opportunityId: `O${n}`,
  }));
  let reads = 0;
  const send = async (operation: string, { maxResults = 0, nextToken }: Input) => {
    if (operation !== 'ListEngagementFromOpportunityTasks') return { taskSummaries: [] };
    reads += 1;
    const start = Number(nextToken ?? 0);
    const end = start + maxResults;
    return {
      taskSummaries: tasks.slice(start, end),
      nextToken: end < tasks.length ? String(end) : undefined,
    };
  };
  const get = (id: string) => ({
    summary: { id, partnerOpportunityIdentifier: isOwn(Number(id.slice(1))) ? 'CRM-1' : 'CRM-2' },
  });
  const loaders = createTaskLoaders({
    scope: { send, request: { cached: 0 } } as unknown as RequestScope,
    coalescer: createCoalescer(),
    finished: createFinishedTasks({ publish() {} }),
    account: 'main',
    viewer: createViewer({ prefixes: ['CRM-1'] }, { isDryRun: false }, { index: { get } } as never),
  });
  const found: (string | null)[] = [];
  for (let after: string | undefined; ; ) {
    reads = 0;
    const { edges, hasNextPage, endCursor } = await loaders.page({ first: 1, after });
    expect(reads).toBeLessThanOrEqual(20);
    found.push(...edges.map(({ summary }) => summary.opportunityId));
    after = endCursor ?? edges.at(-1)?.cursor;
    if (!hasNextPage) break;
  }
  expect(found).toEqual(['O2500', 'O4999']);
});
