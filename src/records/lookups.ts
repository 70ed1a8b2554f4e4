/** Lookups of opportunities by id that need no more than a summary: twenty are one call, even of different requests. */
import { idsPerCall } from '../upstream/operations.ts';
import { type OpportunitySummary, summariesOf } from '../upstream/wire.ts';
import { type InFlight, join, type RequestScope } from './in-flight.ts';

/** Lookups that go out as one call, and the callers who wait for it. It takes more until it is sent. */
type Batch = { ids: Set<string>; callers: Set<string>; isSent: boolean } & InFlight<
  Map<string, OpportunitySummary>
>;

/** Resolves with an opportunity as AWS's list has it; undefined if the list does not have it. @throws Fault */
export type LookUp = (id: string, scope: RequestScope) => Promise<OpportunitySummary | undefined>;

export function createLookups(): LookUp {
  const batches = new Set<Batch>();

  function openBatch(scope: RequestScope): Batch {
    const ids = new Set<string>();
    const callers = new Set<string>();
    /** Called when the batch is sent, so that lookups made while it waits for the quota are included. */
    const takeInput = () => {
      batch.isSent = true;
      return { identifier: [...ids], maxResults: idsPerCall };
    };
    const send = async () => {
      try {
        const page = await scope.send('ListOpportunities', takeInput, callers);
        return new Map(summariesOf(page).map((summary) => [summary.id, summary]));
      } finally {
        batches.delete(batch);
      }
    };
    const answer = Promise.resolve().then(send);
    const batch: Batch = { ids, callers, isSent: false, startedBy: scope, answer };
    answer.catch(() => {}); // reported to those who joined; otherwise no one handles it
    batches.add(batch);
    return batch;
  }

  /** The batch that has the opportunity already, or else one that takes it. */
  function batchFor(id: string, scope: RequestScope): Batch {
    const all = [...batches];
    const hasRoom = ({ ids, isSent }: Batch) => !isSent && ids.size < idsPerCall;
    return all.find(({ ids }) => ids.has(id)) ?? all.find(hasRoom) ?? openBatch(scope);
  }

  const lookUp: LookUp = async (id, scope) => {
    const { ids, callers, answer, startedBy } = batchFor(id, scope);
    ids.add(id);
    callers.add(scope.request.caller);
    const summary = answer.then((found) => found.get(id));
    return join({ answer: summary, startedBy }, scope, () => lookUp(id, scope));
  };
  return lookUp;
}
