/** Concurrent readers and writers, and the outcomes of their requests. */
import type { TestGateway } from './kit.ts';
import { post } from './program.ts';

export type LoadResult = {
  /** Responses to readers and writers by outcome: `ok`, or the code of the first error. */
  outcomes: Record<string, number>;
  statuses: Set<number>;
  slowestMs: number;
  /** Confirmed writes that are not stored, with what is stored instead. */
  lost: string[];
  /** Writes that were reported as failed and are stored. */
  appliedDespiteError: string[];
};

const read = `query ($id: ID!) { opportunity(id: $id) { id customer { contacts { lastName } } } }`;
const write = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed userErrors { code } } }`;

const readers = 12;
const writers = 2;

export const emptyResult = (): LoadResult => ({
  outcomes: {},
  statuses: new Set(),
  slowestMs: 0,
  lost: [],
  appliedDespiteError: [],
});

/** The ids of `count` opportunities whose next steps can be changed. */
export async function editableIds(gw: TestGateway, count: number): Promise<string[]> {
  const query = `{ opportunities(first: ${count}, filter: { reviewStatuses: [PENDING_SUBMISSION] }) { nodes { id } } }`;
  const { data } = await gw.query(query);
  return data.opportunities.nodes.map(({ id }: { id: string }) => id);
}

type Answer = {
  data?: { updateOpportunity?: { changed: boolean; userErrors: { code: string }[] } };
  errors?: { extensions: { code: string } }[];
};

/**
 * Runs callers against the gateway until the signal is aborted. Each sends its next request at once. The result is updated while they run. Each writer has its own record, so that the
 * outcomes of its writes can be compared with what is stored.
 */
export async function runLoad(
  gw: TestGateway,
  signal: AbortSignal,
  result: LoadResult = emptyResult(),
): Promise<LoadResult> {
  async function send(query: string, variables: object): Promise<string> {
    const began = performance.now();
    const response = await post(`${gw.url}/graphql`, { query, variables });
    const { data, errors = [] } = (await response.json()) as Answer;
    result.slowestMs = Math.max(result.slowestMs, performance.now() - began);
    result.statuses.add(response.status);
    const outcome = errors[0]?.extensions.code ?? data?.updateOpportunity?.userErrors[0]?.code ?? 'ok';
    result.outcomes[outcome] = (result.outcomes[outcome] ?? 0) + 1;
    // So that others have their turn, too, while every request fails at once.
    if (outcome !== 'ok') await new Promise(setImmediate);
    return outcome;
  }

  async function reader(number: number): Promise<void> {
    for (let n = number; !signal.aborted; n += 7)
      await send(read, { id: `O50${String(1 + (n % 200)).padStart(5, '0')}` });
  }

  async function writer(id: string): Promise<void> {
    let confirmed = '';
    let possible: string[] = [];
    let denied: string[] = [];
    for (let n = 1; !signal.aborted; n++) {
      const nextSteps = `${id} ${n}`;
      const outcome = await send(write, { input: { id, patch: { lifeCycle: { nextSteps } } } });
      if (outcome === 'ok') [confirmed, possible, denied] = [nextSteps, [], []];
      else if (outcome === 'OUTCOME_UNKNOWN') possible.push(nextSteps);
      else denied.push(nextSteps);
    }
    const stored = (await gw.emulator.record(id)).LifeCycle.NextSteps;
    if (denied.includes(stored)) result.appliedDespiteError.push(stored);
    else if (confirmed && stored !== confirmed && !possible.includes(stored))
      result.lost.push(`${confirmed}: ${stored}`);
  }

  const writerIds = await editableIds(gw, writers);
  await Promise.all([
    ...Array.from({ length: readers }, (_, number) => reader(number)),
    ...writerIds.map(writer),
  ]);
  return result;
}
