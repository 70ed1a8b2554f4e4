/** Writes of engagements, one engagement at a time: AWS allows a change of a context only on the latest version. */
import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import type { Input, Operation, Output } from '../upstream/operations.ts';
import { backoff, sleepWithin } from '../upstream/retry.ts';
import type { EngagementRecord } from '../upstream/wire.ts';
import type { Changes } from './changes.ts';
import { readEngagement } from './engagement-details.ts';
import type { RequestScope } from './in-flight.ts';
import type { Related, RelatedCaches } from './related.ts';
import type { WriteQueue } from './write-queue.ts';

/**
 * The dependencies of a request's writes; `scope` sends at the priority of writes, even after the caller disconnects, and
 * so does `finishing`, which has no limit of calls.
 */
export type EngagementWriteTools = {
  scope: RequestScope;
  finishing: RequestScope;
  clock: Clock;
  queue: WriteQueue;
  caches: Pick<RelatedCaches, 'details' | 'engagements'>;
  related: Pick<Related, 'noteEngagementWrite'>;
  changes: Changes;
};

/** One engagement while it is a caller's turn to write it: nothing else of this process is written in between. */
export type EngagementTurn = {
  /** Reads it from AWS, never from the cache; null if this account is not a member of such a one. @throws Fault */
  read(): Promise<EngagementRecord | null>;
  /** Sends an operation that changes it. @throws Fault; with `mayHaveBeenApplied` if AWS may have applied it */
  write<O extends Operation>(operation: O, input: Input<O>): Promise<Output<O>>;
  /** A version that is still cached, by its `modifiedAt`. */
  recall(modifiedAt: string): EngagementRecord | undefined;
  /** Waits, longer with each attempt. @throws Fault if the request's deadline is nearer than that */
  pause(attempt: number): Promise<void>;
};

/** The version that a write has made, in the answer of an operation. */
function versionIn(answer: object): string | undefined {
  const { engagementLastModifiedAt, modifiedAt } = answer as Record<string, unknown>;
  const version = engagementLastModifiedAt ?? modifiedAt;
  return typeof version === 'string' ? version : undefined;
}

export function createEngagementWriter(tools: EngagementWriteTools) {
  const { scope, finishing, clock, queue, caches, related, changes } = tools;

  function noteWrite(id: string, answer: object): void {
    related.noteEngagementWrite(id, versionIn(answer));
    if (!scope.request.isDryRun) changes.publish({ type: 'Engagement', id });
  }

  /** @param id of the engagement; undefined for a new one */
  async function write<O extends Operation>(
    operation: O,
    input: Input<O>,
    id?: string,
    { send }: Pick<RequestScope, 'send'> = scope,
  ): Promise<Output<O>> {
    try {
      const answer = await send(operation, input);
      const changed = id ?? (answer as { id?: string }).id;
      if (changed) noteWrite(changed, answer as object);
      return answer;
    } catch (error) {
      if (id && error instanceof Fault && error.mayHaveBeenApplied) noteWrite(id, {});
      throw error;
    }
  }

  return {
    /** Creates an engagement. @throws Fault */
    create: (input: Input<'CreateEngagement'>) => write('CreateEngagement', input),

    /**
     * Makes several calls to one engagement when its turn comes; its other writes wait until then. This request reads only
     * newer versions afterwards.
     *
     * @throws what the work throws
     */
    inTurn<T>(id: string, work: (turn: EngagementTurn) => Promise<T>): Promise<T> {
      /** Once a write has been sent, the limit of calls must not leave its outcome unknown. */
      let via = scope;
      const turn: EngagementTurn = {
        read: () => readEngagement(id, { scope: via, clock, ...caches }),
        write(operation, input) {
          const sentVia = via;
          via = finishing;
          return write(operation, input, id, sentVia);
        },
        recall: (modifiedAt) => caches.details.getVersion(id, modifiedAt),
        async pause(attempt) {
          const late = new Fault('UPSTREAM_UNAVAILABLE', 'The request timed out.');
          const wait = backoff(attempt, { first: 50, most: 1_000 }, clock.random());
          await sleepWithin({ clock, deadline: scope.request.deadline, signal: scope.signal }, wait, late);
        },
      };
      return queue.run(id, () => work(turn));
    },
  };
}
