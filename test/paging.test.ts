import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Data, gateway, type TestGateway } from './kit.ts';

const idOf = (n: number): string => `O5000${String(n).padStart(3, '0')}`;
const page = `query ($first: Int!, $after: String, $filter: OpportunityFilter, $sort: OpportunitySort) {
  opportunities(first: $first, after: $after, filter: $filter, sort: $sort) {
    edges { cursor node { id } } pageInfo { hasNextPage endCursor }
  }
}`;
const idsOn = ({ edges }: Data): string[] => edges.map(({ node }: Data) => node.id);

async function read(gw: TestGateway, variables: object): Promise<Data> {
  const { data, errors } = await gw.query(page, variables);
  expect(errors).toBeUndefined();
  return data.opportunities;
}

/** Edits of a record: the first three move it in some order, the last takes it out of the filter. */
const edits: Record<string, (gw: TestGateway, id: string, n: number) => Promise<unknown>> = {
  touched: (gw, id) => gw.emulator.patchRecord(id, {}, { touch: true }),
  postponed: (gw, id, n) =>
    gw.emulator.patchRecord(id, { LifeCycle: { TargetCloseDate: `2031-01-${10 + n}` } }, { touch: true }),
  renamed: (gw, id, n) =>
    gw.emulator.patchRecord(id, { Customer: { Account: { CompanyName: `Company ${n}` } } }, { touch: true }),
  closed: (gw, id) =>
    gw.emulator.patchRecord(id, { LifeCycle: { ReviewStatus: 'Rejected' } }, { touch: true }),
};
const reviewStatuses = ['PENDING_SUBMISSION', 'SUBMITTED', 'IN_REVIEW', 'ACTION_REQUIRED', 'APPROVED'];

describe('a list that changes while it is paged', () => {
  const longFilter = { ids: Array.from({ length: 45 }, (_, n) => idOf(n + 1)), reviewStatuses };
  test.each([
    ['of more ids than a call takes', longFilter],
    ['of AWS’s own pages', { reviewStatuses }],
  ])('a list %s neither repeats nor skips an item when the last one shown is edited', async (_, filter) => {
    await using gw = await gateway();
    for (const edit of Object.values(edits)) {
      const all = idsOn(await read(gw, { first: 30, filter }));
      const { edges } = await read(gw, { first: 15, filter });
      const last = edges[9];
      await edit(gw, last.node.id, 1);
      expect(idsOn(await read(gw, { first: 10, after: last.cursor, filter }))).toEqual(all.slice(10, 20));
    }
  });

  test('a list continues after a cursor even if more than a page of other items has moved before it', async () => {
    await using gw = await gateway();
    const all = idsOn(await read(gw, { first: 40 }));
    const { edges } = await read(gw, { first: 5 });
    for (const id of [all[2], ...all.slice(25, 40)]) await edits.touched?.(gw, id as string, 0);
    expect(idsOn(await read(gw, { first: 10, after: edges[2].cursor }))).toEqual(all.slice(3, 13));
  });

  test('a page shows every item that stayed and was not edited, once, with any edits between pages', async () => {
    await using gw = await gateway();
    const change = fc.record({
      index: fc.nat(249),
      edit: fc.constantFrom(...Object.keys(edits)),
      n: fc.nat(9),
    });
    const steps = fc.array(
      fc.record({
        first: fc.integer({ min: 1, max: 15 }),
        back: fc.nat(3),
        changes: fc.array(change, { maxLength: 3 }),
      }),
      { minLength: 6, maxLength: 6 },
    );
    const sort = fc.record({
      sortBy: fc.constantFrom(
        'IDENTIFIER',
        'LAST_MODIFIED_DATE',
        'CREATED_DATE',
        'TARGET_CLOSE_DATE',
        'CUSTOMER_COMPANY_NAME',
      ),
      sortOrder: fc.constantFrom('ASCENDING', 'DESCENDING'),
    });
    const filters = fc.constantFrom(longFilter, { reviewStatuses });
    await fc.assert(
      fc.asyncProperty(sort, filters, steps, async (sort, filter, steps) => {
        const query = { filter, sort };
        const before = idsOn(await read(gw, { first: 100, ...query }));
        const edited = new Set<string>();
        const shown: string[] = [];
        let after: string | null = null;
        let isComplete = false;
        for (const { first, back, changes } of steps) {
          const { edges, pageInfo } = await read(gw, { first, after, ...query });
          // Continues after an edge within the page, or after its last.
          const kept = edges.slice(0, Math.max(1, edges.length - back));
          shown.push(...kept.map(({ node }: Data) => node.id));
          isComplete = !pageInfo.hasNextPage && kept.length === edges.length;
          if (isComplete) break;
          after = kept.at(-1)?.cursor ?? after;
          for (const { index, edit, n } of changes) {
            // Mostly what has just been shown or is about to be.
            const id = before[(shown.length + index) % before.length] ?? idOf(1);
            edited.add(id);
            await edits[edit]?.(gw, id, n);
          }
          const last = shown.at(-1);
          if (changes.length === 2 && last) {
            edited.add(last);
            await edits.touched?.(gw, last, 0);
          }
        }
        const untouched = shown.filter((id) => !edited.has(id));
        const expected = before.filter((id) => !edited.has(id));
        expect(untouched).toEqual(isComplete ? expected : expected.slice(0, untouched.length));
      }),
      { numRuns: Number(process.env.RUNS ?? 20) },
    );
  }, 60_000);
});
