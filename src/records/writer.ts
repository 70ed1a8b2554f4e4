/** The writes of one request: each updates the cache, and the patches of a record are queued. */
import { makeSteps, type StepResult } from '../domain/associate.ts';
import type { AssociationStep } from '../domain/associations.ts';
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

/** One opportunity while it is a caller's turn to write it: nothing else of this process is written in between. */
export type Turn = {
  /** Reads the record from AWS, never from the cache. @throws Fault */
  read(): Promise<OpportunityRecord | null>;
  /** Associates and disassociates, see `makeSteps`. */
  associate(steps: readonly AssociationStep[], isTimeUp: () => boolean): Promise<StepResult[]>;
};

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
    const associate = ({ action, type, id: entity }: AssociationStep) => {
      current = undefined;
      via = finishing;
      const input = {
        opportunityIdentifier: id,
        relatedEntityType: type,
        relatedEntityIdentifier: entity,
      };
      return action === 'ASSOCIATE'
        ? write('AssociateOpportunity', input)
        : write('DisassociateOpportunity', input);
    };
    return { store, associate, current: () => current };
  }

  /** Work on one opportunity, after which this request reads only newer versions. */
  async function withFreshLoaders<T>(
    id: string,
    { current }: ReturnType<typeof storeOf>,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } finally {
      clearLoaders(id);
      const record = current();
      if (record !== undefined) loaders.opportunity.prime(id, record);
    }
  }

  return {
    write,

    /** The newest record in the cache, which may be outdated; undefined if it has none. Makes no call. */
    known: (id: string): OpportunityRecord | undefined => cache.latest(id),

    /**
     * Applies a patch to an opportunity when its turn comes. This request reads only newer versions afterwards.
     *
     * @throws Fault if nothing was written
     */
    update(id: string, pending: PendingPatch): Promise<Outcome> {
      const opportunity = storeOf(id);
      // A dry run has no record to check the patch against, and counts the write that a valid patch needs.
      const unchecked = { patch: withoutRecord(pending.patch), violations: () => [] };
      const queued = scope.request.isDryRun ? unchecked : pending;
      return withFreshLoaders(id, opportunity, () => queue.enqueue(id, queued, opportunity.store));
    },

    /**
     * Makes several calls to one opportunity when its turn comes; its other writes wait until then. This request reads
     * only newer versions afterwards.
     *
     * @throws what the work throws
     */
    inTurn<T>(id: string, work: (turn: Turn) => Promise<T>): Promise<T> {
      const opportunity = storeOf(id);
      const { store, associate } = opportunity;
      const turn: Turn = {
        read: store.read,
        associate: (steps, isTimeUp) =>
          makeSteps({ read: store.read, pause: store.pause, send: associate }, steps, isTimeUp),
      };
      return withFreshLoaders(id, opportunity, () => queue.run(id, () => work(turn)));
    },
  };
}

export type Writer = ReturnType<typeof createWriter>;
