/** The writes of one request: each updates the cache, and the patches of a record are queued. */
import { withoutRecord } from '../domain/list-edits.ts';
import type { Outcome, PendingPatch, RecordStore } from '../domain/update.ts';
import { Fault } from '../fault.ts';
import { type Input, type Operation, type Output, operationFacts } from '../upstream/operations.ts';
import { backoff, sleepWithin } from '../upstream/retry.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import type { RequestScope } from './in-flight.ts';
import { createRead, type Loaders, type ReadTools } from './loaders.ts';
import type { WriteQueue } from './write-queue.ts';

/**
 * The dependencies of a request's writes; `scope` sends at the priority of writes, even after the caller disconnects, and
 * so does `finishing`, which has no limit of calls.
 */
export type WriteTools = ReadTools & { finishing: RequestScope; queue: WriteQueue; loaders: Loaders };

/** The opportunity that a write changes, and whether AWS returns the date of its new version. */
function changedBy(operation: Operation, input: object, answer: object) {
  const { movesDateOf } = operationFacts[operation];
  const moved = movesDateOf && (input as Record<string, unknown>)[movesDateOf];
  if (typeof moved === 'string') return { id: moved, isDateReturned: false };
  const { identifier } = input as { identifier?: string };
  return { id: identifier ?? (answer as { id?: string }).id, isDateReturned: true };
}

export function createWriter(tools: WriteTools) {
  const { scope, finishing, cache, queue, clock, loaders } = tools;
  const readFor = (scope: RequestScope) => createRead({ ...tools, scope }, { isShared: false });

  function clearLoaders(id: string): void {
    loaders.opportunity.clear(id);
    loaders.summary.clear(id);
  }

  /** Updates the cache and the loaders after a write, of which AWS may have returned nothing. */
  function noteWrite(operation: Operation, input: object, answer: object): void {
    const { id, isDateReturned } = changedBy(operation, input, answer);
    if (!id) return;
    clearLoaders(id);
    if (isDateReturned) cache.noteVersion(id, (answer as { lastModifiedDate?: string }).lastModifiedDate);
    else cache.invalidate(id);
  }

  /**
   * Sends an operation that changes something. This request and the cache no longer return the version from before.
   *
   * @throws Fault; with `mayHaveBeenApplied` if AWS may have applied it all the same
   */
  async function write<O extends Operation>(
    operation: O,
    input: Input<O>,
    { send }: Pick<RequestScope, 'send'> = scope,
  ): Promise<Output<O>> {
    try {
      const answer = await send(operation, input);
      noteWrite(operation, input, answer as object);
      return answer;
    } catch (error) {
      if (error instanceof Fault && error.mayHaveBeenApplied) noteWrite(operation, input, {});
      throw error;
    }
  }

  /** One opportunity as `update` sees it. */
  function storeOf(id: string) {
    /** The record as last read, unless it was written since. */
    let current: OpportunityRecord | null | undefined;
    /** Once a write has been sent, the limit of calls must not leave its outcome unknown. */
    let via = scope;
    const store: RecordStore = {
      async read() {
        current = await readFor(via)(id);
        return current;
      },
      async write(payload) {
        current = undefined;
        const sentVia = via;
        via = finishing;
        // AWS's own record with a patch that GraphQL has validated; AWS decides whether it is complete.
        await write('UpdateOpportunity', payload as Input<'UpdateOpportunity'>, sentVia);
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
     * Applies a patch to an opportunity when its turn comes. This request reads only newer versions afterwards.
     *
     * @throws Fault if nothing was written
     */
    async update(id: string, pending: PendingPatch): Promise<Outcome> {
      const { store, current } = storeOf(id);
      // A dry run has no record to check the patch against, and counts the write that a valid patch needs.
      const unchecked = { patch: withoutRecord(pending.patch), violations: () => [] };
      try {
        return await queue.enqueue(id, scope.request.isDryRun ? unchecked : pending, store);
      } finally {
        clearLoaders(id);
        const record = current();
        if (record !== undefined) loaders.opportunity.prime(id, record);
      }
    },
  };
}

export type Writer = ReturnType<typeof createWriter>;
