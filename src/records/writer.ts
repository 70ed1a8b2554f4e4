/** The writes of one request: each with what it means for the cache, and patches one record at a time. */
import type { Outcome, PendingPatch, RecordStore } from '../domain/update.ts';
import { Fault } from '../fault.ts';
import { type Input, type Operation, type Output, operationFacts } from '../upstream/operations.ts';
import { backoff, sleepWithin } from '../upstream/retry.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import type { RecordCache } from './cache.ts';
import { createRead, type Loaders, type ReadTools } from './loaders.ts';
import type { WriteQueue } from './write-queue.ts';

/** What a request's writes work with; `scope` sends at the priority of writes, whether or not its caller still waits. */
export type WriteTools = ReadTools & { queue: WriteQueue; loaders: Loaders };

/** What a write says of the opportunity that it has changed. */
function noteWrite(cache: RecordCache, operation: Operation, input: object, answer: object): void {
  const { movesDateOf } = operationFacts[operation];
  const moved = movesDateOf && (input as Record<string, unknown>)[movesDateOf];
  if (typeof moved === 'string') {
    cache.invalidate(moved);
    return;
  }
  const { id: created, lastModifiedDate } = answer as { id?: string; lastModifiedDate?: string };
  const { identifier: id = created } = input as { identifier?: string };
  if (id) cache.noteVersion(id, lastModifiedDate);
}

export function createWriter(tools: WriteTools) {
  const { scope, cache, queue, clock, loaders } = tools;
  const read = createRead(tools, { isShared: false });

  /**
   * Sends an operation that changes something, and lets the cache know.
   *
   * @throws Fault; with `mayHaveBeenApplied` where AWS may have carried it out all the same
   */
  async function write<O extends Operation>(operation: O, input: Input<O>): Promise<Output<O>> {
    try {
      const answer = await scope.send(operation, input);
      noteWrite(cache, operation, input, answer as object);
      return answer;
    } catch (error) {
      if (error instanceof Fault && error.mayHaveBeenApplied) noteWrite(cache, operation, input, {});
      throw error;
    }
  }

  /** One opportunity as `update` works with it. */
  function storeOf(id: string) {
    /** The record as it was last read, while nothing has been written since. */
    let current: OpportunityRecord | null | undefined;
    const store: RecordStore = {
      async read() {
        current = await read(id);
        return current;
      },
      async write(payload) {
        current = undefined;
        // A record of AWS with a patch that GraphQL has validated: AWS alone knows whether it is complete.
        await write('UpdateOpportunity', payload as Input<'UpdateOpportunity'>);
      },
      recall: (lastModifiedDate) => cache.getVersion(id, lastModifiedDate),
      async pause(attempt) {
        const late = new Fault('UPSTREAM_UNAVAILABLE', 'The request timed out.');
        const wait = backoff(attempt, { first: 50, most: 1_000 }, clock.random());
        await sleepWithin({ clock, deadline: scope.request.deadline, signal: scope.signal }, wait, late);
      },
    };
    return { store, current: () => current };
  }

  return {
    write,

    /**
     * Applies a patch to an opportunity when its turn comes. Whatever this request reads of it afterwards is from after the
     * patch.
     *
     * @throws Fault when nothing was written
     */
    async update(id: string, patch: PendingPatch): Promise<Outcome> {
      const { store, current } = storeOf(id);
      try {
        return await queue.enqueue(id, patch, store);
      } finally {
        loaders.opportunity.clear(id);
        loaders.summary.clear(id);
        const record = current();
        if (record !== undefined) loaders.opportunity.prime(id, record);
      }
    },
  };
}

export type Writer = ReturnType<typeof createWriter>;
