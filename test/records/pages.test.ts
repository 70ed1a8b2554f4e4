import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/fault.ts';
import { fetchPage } from '../../src/records/pages.ts';
import type { ListPage, OpportunityRecord } from '../../src/upstream/wire.ts';

/** A list that returns the given pages for any page size. */
function listOf(...pages: string[][]) {
  const asked: (string | null | undefined)[] = [];
  const list = async ({ nextToken }: { nextToken?: string | null | undefined }): Promise<ListPage> => {
    asked.push(nextToken);
    const number = Number(nextToken ?? 0);
    const opportunitySummaries = (pages[number] ?? []).map((id) => ({ id })) as OpportunityRecord[];
    return { opportunitySummaries, nextToken: number + 1 < pages.length ? String(number + 1) : null };
  };
  return { list, asked };
}

const idsOf = ({ edges }: Awaited<ReturnType<typeof fetchPage>>) => edges.map(({ summary }) => summary.id);

describe('fetchPage', () => {
  test('a page is filled from AWS pages that are short, or empty with a token', async () => {
    const { list, asked } = listOf(['O1'], [], ['O2', 'O3'], ['O4']);
    const page = await fetchPage(list, { first: 3 }, 'main');
    expect(idsOf(page)).toEqual(['O1', 'O2', 'O3']);
    expect(page.hasNextPage).toBe(true);
    expect(asked).toEqual([undefined, '1', '2']);
    expect(
      idsOf(await fetchPage(list, { first: 3, after: page.edges.at(-1)?.cursor ?? null }, 'main')),
    ).toEqual(['O4']);
  });

  test('the end of AWS’s last page is the end of the list', async () => {
    const { list } = listOf(['O1', 'O2']);
    const page = await fetchPage(list, { first: 2 }, 'main');
    expect(page.hasNextPage).toBe(false);
    const nextPage = await fetchPage(list, { first: 2, after: page.edges[1]?.cursor ?? null }, 'main');
    expect(nextPage).toEqual({ edges: [], hasNextPage: false });
  });

  test('every part of a long list of ids is read to its end', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => `O${n + 1}`);
    // Returns ten of twenty, and a token.
    const list = async ({
      identifier,
      nextToken,
    }: {
      identifier?: readonly string[] | null | undefined;
      nextToken?: string | null | undefined;
    }): Promise<ListPage> => ({
      opportunitySummaries: (identifier ?? [])
        .slice(nextToken ? 10 : 0, nextToken ? 20 : 10)
        .map((id) => ({ id })) as OpportunityRecord[],
      nextToken: nextToken ? null : 'more',
    });
    const page = await fetchPage(list as never, { first: 100, filter: { ids } }, 'main');
    expect(new Set(idsOf(page)).size).toBe(40);
  });

  test('a changed page size is used for the next AWS pages', async () => {
    const sizes: unknown[] = [];
    const list = async ({
      maxResults,
      nextToken,
    }: {
      maxResults?: number | null | undefined;
      nextToken?: string | null | undefined;
    }): Promise<ListPage> => {
      sizes.push(maxResults);
      const from = Number(nextToken ?? 0);
      const opportunitySummaries = Array.from({ length: maxResults ?? 20 }, (_, n) => ({
        id: `O${from + n}`,
      })) as OpportunityRecord[];
      return { opportunitySummaries, nextToken: String(from + (maxResults ?? 20)) };
    };
    const page = await fetchPage(list, { first: 1 }, 'main');
    expect(
      (await fetchPage(list, { first: 100, after: page.edges[0]?.cursor ?? null }, 'main')).edges,
    ).toHaveLength(100);
    expect(sizes).toEqual([1, 100]);
  });

  test('a list that only returns empty pages with tokens is an error', async () => {
    const list = async (): Promise<ListPage> => ({ opportunitySummaries: [], nextToken: 'more' });
    const ids = Array.from({ length: 21 }, (_, n) => `O${n}`);
    for (const filter of [{}, { ids }])
      await expect(fetchPage(list, { first: 1, filter }, 'main')).rejects.toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
      });
  });

  test('a page is short after twenty calls, and is continued where it ended', async () => {
    const { list, asked } = listOf(...Array.from({ length: 30 }, (_, n) => (n % 4 === 3 ? [`O${n}`] : [])));
    const page = await fetchPage(list, { first: 100 }, 'main');
    expect([idsOf(page), page.hasNextPage]).toEqual([['O3', 'O7', 'O11', 'O15', 'O19'], true]);
    expect(asked).toHaveLength(20);
    const after = page.edges.at(-1)?.cursor ?? null;
    expect(idsOf(await fetchPage(list, { first: 100, after }, 'main'))).toEqual(['O23', 'O27']);
  });

  test('a page is short if its request may make no more calls, and an error if it has no item by then', async () => {
    const exceeded = new Fault('LIMIT_EXCEEDED', 'no more calls');
    const { list } = listOf(['O1'], ['O2'], ['O3']);
    const limited = (calls: number) => {
      let left = calls;
      return (input: Parameters<typeof list>[0]) => (left-- > 0 ? list(input) : Promise.reject(exceeded));
    };
    const page = await fetchPage(limited(2), { first: 3 }, 'main');
    expect([idsOf(page), page.hasNextPage]).toEqual([['O1', 'O2'], true]);
    await expect(fetchPage(limited(0), { first: 3 }, 'main')).rejects.toBe(exceeded);
  });

  test('a list in another order than the gateway compares by continues by number after an item that has left', async () => {
    const named = (id: string, companyName: string) => ({ id, customer: { account: { companyName } } });
    const all = [named('O1', 'apple'), named('O2', 'Banana'), named('O3', 'cherry'), named('O4', 'Damson')];
    let stored = all;
    const list = async () => ({ opportunitySummaries: stored as OpportunityRecord[] });
    const sort = { sortBy: 'CustomerCompanyName', sortOrder: 'ASCENDING' } as never;
    const { edges } = await fetchPage(list, { first: 2, sort }, 'main');
    stored = all.filter(({ id }) => id !== 'O2');
    const after = edges[1]?.cursor ?? null;
    expect(idsOf(await fetchPage(list, { first: 2, after, sort }, 'main'))).toEqual(['O3', 'O4']);
  });
});
