/** Requests of a page or a router to a gateway. */
import { aliasesQuery, detail, entitiesQuery, pageQuery, refsOf, summary } from '../tools/queries.ts';
import { seedId } from '../tools/upstream.ts';

/** A query, and the number of records that its response should contain. */
export type Scenario = { name: string; query: string; variables?: object; expected: number };
/** A query to a gateway that may have a warm cache, and how many of the records it last returned are changed before. */
export type Step = Scenario & { isWarm?: boolean; changes?: number };

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => seedId(index));
const page = (fields: string, first = 100) => ({
  query: pageQuery(fields),
  variables: { first },
  expected: first,
});
const entities = (fields: string) => ({
  query: entitiesQuery(fields),
  variables: refsOf(ids(200)),
  expected: 200,
});

/** Each run starts with a new gateway. */
export const runs: readonly (readonly Step[])[] = [
  [{ name: 'list of 100 summaries', ...page(summary) }],
  [
    { name: 'list of 100 details, cold', ...page(detail) },
    { name: 'list of 100 details, warm, unchanged', ...page(detail), isWarm: true },
    { name: 'list of 100 details, warm, 5 changed', ...page(detail), isWarm: true, changes: 5 },
  ],
  [{ name: '200 _entities, summary only', ...entities(summary) }],
  [{ name: '200 _entities, full', ...entities(detail) }],
  [{ name: '50 aliases, distinct, summary only', query: aliasesQuery(ids(50), summary), expected: 50 }],
  [
    {
      name: '50 aliases of one id, full',
      query: aliasesQuery(Array(50).fill(seedId(0)), detail),
      expected: 50,
    },
  ],
];

/** Quick runs: one gateway for all, and twenty details instead of a hundred. */
export const quickRuns: typeof runs = [
  [
    ...runs.flat().filter(({ name }) => name.includes('summar')),
    { name: 'list of 20 details, cold', ...page(detail, 20) },
    { name: 'list of 20 details, warm, unchanged', ...page(detail, 20), isWarm: true },
  ],
];
