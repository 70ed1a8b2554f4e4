/** The writes of one request: each updates the cache, and the patches of a record are queued. */
import { isMade, makeSteps, type StepResult } from '../domain/associate.ts';
import type { AssociationStep } from '../domain/associations.ts';
import { withoutRecord } from '../domain/list-edits.ts';
import type { Task } from '../domain/tasks.ts';
import { type Outcome, type PendingPatch, type RecordStore, update } from '../domain/update.ts';
import { Fault } from '../fault.ts';
import { type Input, type Operation, type Output, operationFacts } from '../upstream/operations.ts';
import { backoff, sleepWithin } from '../upstream/retry.ts';
import type { UpstreamRequest } from '../upstream/send.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import type { BackgroundWrites } from './background-writes.ts';
import type { RequestScope } from './in-flight.ts';
import { createRead, type Loaders, type ReadTools } from './loaders.ts';
import type { Related } from './related.ts';
import { type FinishedTasks, listTasks } from './task-lists.ts';
import type { WriteGuard } from './write-guard.ts';
import type { WriteQueue } from './write-queue.ts';
import type { Written } from './written.ts';

/**
 * The dependencies of a request's writes; `scope` sends at the priority of writes, even after the caller disconnects, and
 * so does `finishing`, which has no limit of calls.
 */
export type WriteTools = ReadTools & {
  finishing: RequestScope;
  /** Present if the writes are the gateway's own work. */
  background: BackgroundWrites | undefined;
  queue: WriteQueue;
  loaders: Loaders;
  finishedTasks: FinishedTasks;
  related: Pick<Related, 'noteWrite' | 'forgetAssociations'>;
  written: Pick<Written, 'note'> | undefined;
  /** Present if the caller sees only some of the opportunities. */
  guard: WriteGuard | undefined;
};

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
  /** The tasks that have submitted it, latest first. @throws Fault */
  tasks(): Promise<Task[]>;
  /** Applies a patch to the version that has just been read. @throws Fault if nothing was written */
  update(pending: PendingPatch, base: OpportunityRecord): Promise<Outcome>;
  /** Associates and disassociates, see `makeSteps`. */
  associate(steps: readonly AssociationStep[], isTimeUp: () => boolean): Promise<StepResult[]>;
  /** Sends another operation that changes it. @throws Fault, as the writer's own `write` does */
  write: <O extends Operation>(operation: O, input: Input<O>) => Promise<Output<O>>;
  /** A version that is still cached, by its `lastModifiedDate`. */
  recall: RecordStore['recall'];
  /** The upstream calls that the request has made so far. */
  calls(): number;
};

const callsOf = ({ calls }: UpstreamRequest): number =>
  Object.values(calls).reduce((sum, made) => sum + made, 0);

/** A store whose first read is known. */
function startingWith(record: OpportunityRecord, store: RecordStore): RecordStore {
  let known: OpportunityRecord | undefined = record;
  const read = () => {
    const first = known;
    known = undefined;
    return first ? Promise.resolve(first) : store.read();
  };
  return { ...store, read };
}

export function createWriter(tools: WriteTools) {
  const { scope, finishing, background, cache, queue, clock, loaders, finishedTasks, related, written } =
    tools;
  const { viewer, guard } = tools;
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
    related.noteWrite(id);
    const { lastModifiedDate } = answer as { lastModifiedDate?: string };
    written?.note(id, lastModifiedDate);
    if (isDateReturned) cache.noteVersion(id, lastModifiedDate);
    else {
      // One of these submits an opportunity, which shares it in an engagement.
      related.forgetAssociations();
      cache.invalidate(id);
    }
  }

  /**
   * Sends an operation that changes something. This request and the cache no longer return the version from before.
   *
   * @throws Fault; with `mayHaveBeenApplied` if AWS may have applied it all the same
   */
  async function sendWrite<O extends Operation>(
    operation: O,
    input: Input<O>,
    { send }: Pick<RequestScope, 'send'> = scope,
    base?: OpportunityRecord,
  ): Promise<Output<O>> {
    await guard?.(operation, input as object, base);
    await background?.beforeWrite({ operation, input: input as object, base });
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
    const write = <O extends Operation>(operation: O, input: Input<O>, sentVia = scope) => {
      const base = current ?? undefined;
      current = undefined;
      via = finishing;
      return sendWrite(operation, input, sentVia, base);
    };
    const store: RecordStore = {
      async read() {
        current = await readFor(via)(id);
        return current;
      },
      async write(payload) {
        // AWS's own record with a patch that GraphQL has validated; AWS decides whether it is complete.
        await write('UpdateOpportunity', payload as Input<'UpdateOpportunity'>, via);
      },
      recall: (lastModifiedDate) => cache.getVersion(id, lastModifiedDate),
      async pause(attempt) {
        const late = new Fault('UPSTREAM_UNAVAILABLE', 'The request timed out.');
        const wait = backoff(attempt, { first: 50, most: 1_000 }, clock.random());
        await sleepWithin({ clock, deadline: scope.request.deadline, signal: scope.signal }, wait, late);
      },
    };
    const associate = async (step: AssociationStep) => {
      const { action, type, id: entity } = step;
      const input = {
        opportunityIdentifier: id,
        relatedEntityType: type,
        relatedEntityIdentifier: entity,
      };
      if (action === 'ASSOCIATE') await write('AssociateOpportunity', input);
      else await write('DisassociateOpportunity', input);
      cache.noteChange(id, `${type} ${entity}`, (record) => isMade(record, step));
    };
    return { store, associate, write, current: () => current };
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

  const calls = () => callsOf(scope.request);
  return {
    write: sendWrite,
    /** The upstream calls that the request has made so far. */
    calls,

    /** The newest record in the cache, which may be outdated; undefined if it has none. Makes no call. */
    known(id: string): OpportunityRecord | undefined {
      const latest = cache.latest(id);
      return latest && viewer && !viewer.sees(latest) ? undefined : latest;
    },

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
      // What the caller does not see is not there for the caller alone.
      const isAlone = background !== undefined || viewer !== undefined;
      return withFreshLoaders(id, opportunity, () =>
        queue.enqueue(id, queued, opportunity.store, { isAlone }),
      );
    },

    /**
     * Makes several calls to one opportunity when its turn comes; its other writes wait until then. This request reads
     * only newer versions afterwards.
     *
     * @throws what the work throws
     */
    inTurn<T>(id: string, work: (turn: Turn) => Promise<T>): Promise<T> {
      const opportunity = storeOf(id);
      const { store, associate, write } = opportunity;
      const { pause, recall } = store;
      /** In a dry run nothing is associated, so that every association in an input counts as a write. */
      const read = async () => {
        const record = await store.read();
        return record && scope.request.isDryRun ? { ...record, relatedEntityIdentifiers: {} } : record;
      };
      const turn: Turn = {
        read,
        tasks: () =>
          listTasks('EngagementFromOpportunityTask', { opportunityIdentifier: [id] }, scope, finishedTasks),
        async update(pending, base) {
          const [outcome] = await update(startingWith(base, store), [pending]);
          return outcome as Outcome; // one for each patch
        },
        associate: (steps, isTimeUp) => makeSteps({ read, pause, calls, send: associate }, steps, isTimeUp),
        write: (operation, input) => write(operation, input),
        recall,
        calls,
      };
      return withFreshLoaders(id, opportunity, () => queue.run(id, () => work(turn)));
    },
  };
}

export type Writer = ReturnType<typeof createWriter>;
