/** Lookups of opportunities by id that need no more than a summary: twenty are one call, even of different requests. */
import { Fault } from '../fault.ts';
import { idsPerCall } from '../upstream/operations.ts';
import { type OpportunitySummary, summariesOf } from '../upstream/wire.ts';
import { type RequestScope, SharedCall } from './in-flight.ts';

/** Faults by which AWS refuses a call for what is in it. */
const refusals: ReadonlySet<string> = new Set(['VALIDATION', 'NOT_FOUND']);

/** Lookups that go out as one call. It takes more until it is sent. */
type Batch = { ids: Set<string>; isSent: boolean; call: SharedCall<Map<string, OpportunitySummary>> };

/** Resolves with an opportunity as AWS's list has it; undefined if the list does not have it. @throws Fault */
export type LookUp = (id: string, scope: RequestScope) => Promise<OpportunitySummary | undefined>;

export function createLookups(): LookUp {
  const batches = new Set<Batch>();

  /** @param isFull whether it takes no other id than its first */
  function openBatch(scope: RequestScope, isFull = false): Batch {
    const ids = new Set<string>();
    /** Called when the batch is sent, so that lookups made while it waits for the quota are included. */
    const takeInput = () => {
      batch.isSent = true;
      return { identifier: [...ids], maxResults: idsPerCall };
    };
    const call = new SharedCall(scope, async (send) => {
      await undefined; // until its first id is in
      try {
        const page = await send('ListOpportunities', takeInput);
        return new Map(summariesOf(page).map((summary) => [summary.id, summary]));
      } finally {
        batches.delete(batch);
      }
    });
    const batch: Batch = { ids, isSent: isFull, call };
    batches.add(batch);
    return batch;
  }

  /** The batch that has the opportunity already, or else one that takes it. */
  function batchFor(id: string, scope: RequestScope): Batch {
    const all = [...batches];
    const hasRoom = ({ ids, isSent }: Batch) => !isSent && ids.size < idsPerCall;
    return all.find(({ ids }) => ids.has(id)) ?? all.find(hasRoom) ?? openBatch(scope);
  }

  async function lookUpIn(batch: Batch, id: string, scope: RequestScope) {
    batch.ids.add(id);
    try {
      return (await batch.call.join(scope)).get(id);
    } catch (error) {
      if (batch.call.isRefusedForAnother(error, scope)) return lookUp(id, scope);
      throw error;
    }
  }

  const lookUp: LookUp = async (id, scope) => {
    const batch = batchFor(id, scope);
    try {
      return await lookUpIn(batch, id, scope);
    } catch (error) {
      // One bad id has AWS refuse the whole call, and only alone do they show which.
      const isRefused = error instanceof Fault && refusals.has(error.code) && batch.ids.size > 1;
      if (!isRefused) throw error;
      // Sent, so that no other id can join it any more.
      const isAlone = ({ ids, isSent }: Batch) => isSent && ids.size === 1 && ids.has(id);
      return lookUpIn([...batches].find(isAlone) ?? openBatch(scope, true), id, scope);
    }
  };
  return lookUp;
}
