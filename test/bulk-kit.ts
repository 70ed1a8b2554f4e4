/** Bulk jobs for tests. */
import { expect } from 'vitest';
import type { Answer, Data } from './kit.ts';

/** A gateway that can be asked. */
export type Queryable = {
  query(
    query: string,
    variables?: object,
    headers?: Record<string, string>,
  ): Promise<Pick<Answer, 'data' | 'errors'>>;
};

/** A client of a gateway that leaves the emulator's log of calls as it is. */
export function clientOf(url: string): Queryable {
  return {
    async query(query, variables = {}, headers = {}) {
      const response = await fetch(new URL('/graphql', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
  };
}

/** Creates a job of updates, also if Redis has not answered in time: the token lets the request be repeated. */
export async function createSurely(
  { query }: Queryable,
  items: object[],
  clientToken = 'once',
): Promise<Data> {
  for (;;) {
    const { data } = await query(operation('bulkUpdateOpportunities'), { input: { items, clientToken } });
    if (data?.bulkUpdateOpportunities) return data.bulkUpdateOpportunities.job;
  }
}

/** How often AWS has updated each opportunity. */
export function updatesIn(log: readonly Data[]): Record<string, number> {
  const made: Record<string, number> = {};
  for (const { operation, status, input } of log)
    if (operation === 'UpdateOpportunity' && status === 200)
      made[input.Identifier] = (made[input.Identifier] ?? 0) + 1;
  return made;
}

export const jobFields =
  'id kind name status waitingFor total done failed skipped createdBy startedAt finishedAt estimatedEnd';
const itemFields =
  'index outcome opportunity { id } steps { name outcome } userErrors { code path message } warnings { path }';

const payload = `{ job { ${jobFields} } userErrors { code path message } }`;

const documents = {
  bulkUpdateOpportunities: 'BulkUpdateOpportunitiesInput',
  bulkCreateOpportunities: 'BulkCreateOpportunitiesInput',
  bulkSubmitOpportunities: 'BulkSubmitOpportunitiesInput',
  bulkUpsertOpportunities: 'BulkUpsertOpportunitiesInput',
  pauseBulkJob: 'BulkJobInput',
  resumeBulkJob: 'BulkJobInput',
  cancelBulkJob: 'BulkJobInput',
};

type Name = keyof typeof documents;

/** The operation of a mutation of bulk jobs, for the variable `input`. */
export const operation = (name: Name): string =>
  `mutation ($input: ${documents[name]}!) { ${name}(input: $input) ${payload} }`;

/** Calls a mutation of bulk jobs, which must succeed; returns its payload. */
export async function call({ query }: Queryable, name: Name, input: object, headers = {}) {
  const { data, errors } = await query(operation(name), { input }, headers);
  expect(errors).toBeUndefined();
  return data[name] as Data;
}

export async function readJob({ query }: Queryable, id: string, more = ''): Promise<Data> {
  const { data, errors } = await query(`query ($id: ID!) { bulkJob(id: $id) { ${jobFields} ${more} } }`, {
    id,
  });
  expect(errors).toBeUndefined();
  return data.bulkJob;
}

/** All items of a job. */
export async function itemsOf({ query }: Queryable, id: string, outcomes?: string[]): Promise<Data[]> {
  const nodes: Data[] = [];
  const document = `query ($id: ID!, $after: String, $outcomes: [BulkItemOutcome!]) { bulkJob(id: $id) {
    items(first: 100, after: $after, outcomes: $outcomes) { nodes { ${itemFields} } pageInfo { hasNextPage endCursor } } } }`;
  for (let after: string | null = null; ; ) {
    const { data, errors } = await query(document, { id, after, outcomes });
    expect(errors).toBeUndefined();
    const page: Data = data.bulkJob.items;
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
}

/** A job once a condition holds, by default once it has ended. */
export async function untilJob(
  gw: Queryable,
  id: string,
  holds: (job: Data) => boolean = ({ finishedAt }) => finishedAt !== null,
): Promise<Data> {
  for (;;) {
    const job = await readJob(gw, id);
    if (holds(job)) return job;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The ids of opportunities whose next steps can be changed. */
export async function editableIds({ query }: Queryable, count: number): Promise<string[]> {
  const filter = {
    reviewStatuses: ['APPROVED', 'PENDING_SUBMISSION'],
    stages: ['PROSPECT', 'QUALIFIED', 'TECHNICAL_VALIDATION'],
  };
  const ids: string[] = [];
  for (let after: string | null = null; ids.length < count; ) {
    const { data, errors } = await query(
      'query ($filter: OpportunityFilter, $after: String) { opportunities(first: 100, after: $after, filter: $filter) { nodes { id } pageInfo { hasNextPage endCursor } } }',
      { filter, after },
    );
    expect(errors).toBeUndefined();
    ids.push(...data.opportunities.nodes.map(({ id }: Data) => id));
    if (!data.opportunities.pageInfo.hasNextPage) break;
    after = data.opportunities.pageInfo.endCursor;
  }
  return ids.slice(0, count);
}

export const nextSteps = (text: string) => ({ lifeCycle: { nextSteps: text } });
