/** Bulk jobs as a caller with a row-level view pages through them. */
import { expect, test } from 'vitest';
import type { BulkJobs } from '../../src/jobs/bulk/jobs.ts';
import type { BulkJob } from '../../src/jobs/bulk/model.ts';
import { bulkJobsIn } from '../../src/jobs/view.ts';
import { resolvers } from '../../src/resolvers/bulk/query.ts';

type Connection = { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

const view = { prefixes: ['CRM-1'] };
const idOf = (n: number) => `bulk-${String(n).padStart(22, '0')}`;

/** The jobs of an account, newest first; of each its caller. */
function pagesOf(callers: readonly string[]) {
  const jobs = callers.map(
    (caller, n) => ({ id: idOf(callers.length - n), caller, view }) as Partial<BulkJob> as BulkJob,
  );
  const reads: number[] = [];
  const bulk = {
    async list(first: number, after: string | undefined) {
      reads.push(first);
      const left = jobs.filter(({ id }) => after === undefined || id < after);
      return { items: left.slice(0, first), hasNextPage: left.length > first };
    },
  } as BulkJobs;
  const context = { account: { bulk: bulkJobsIn(bulk, { caller: 'ada', view }) } };
  const resolve = resolvers.Query?.bulkJobs as (...args: unknown[]) => Promise<Connection>;
  return {
    jobs,
    reads,
    page: (first: number, after?: string | null) => resolve({}, { first, after }, context),
  };
}

test('a page goes on after the newer jobs of others, however many there are', async () => {
  const { reads, page } = pagesOf([...Array.from({ length: 2_500 }, () => 'bob'), 'ada']);
  const first = await page(1);
  expect(first).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, endCursor: expect.any(String) } });
  expect(reads).toEqual(Array.from({ length: 20 }, () => 100));
  const { nodes, pageInfo } = await page(1, first.pageInfo.endCursor);
  expect([nodes.map(({ id }) => id), pageInfo.hasNextPage]).toEqual([[idOf(1)], false]);
});

test('the pages together have all jobs of the caller, each once', async () => {
  const { jobs, page } = pagesOf(Array.from({ length: 5_000 }, (_, n) => (n % 700 < 3 ? 'ada' : 'bob')));
  const found: string[] = [];
  for (let after: string | null | undefined; ; ) {
    const { nodes, pageInfo } = await page(2, after);
    found.push(...nodes.map(({ id }) => id));
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) break;
  }
  expect(found).toEqual(jobs.filter(({ caller }) => caller === 'ada').map(({ id }) => id));
});
