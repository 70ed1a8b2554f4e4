/** Watches for `attention` what the index does not have, on the replica that keeps the index. */
import type { WatchedPart } from '../domain/attention.ts';
import { taskTypeOf } from '../domain/ids.ts';
import { Fault } from '../fault.ts';
import type { Change } from '../records/changes.ts';
import type { RequestScope } from '../records/in-flight.ts';
import type { SeenPart, WatchedParts } from '../records/watched.ts';
import { createWatchedReader } from '../records/watched-reader.ts';
import type { Account } from './account.ts';

/** How often each part is read again if nothing hints at a change: days matter for these kinds, not seconds. */
const everyMs = 300_000;
/** How long after that another replica waits, in case that the one that keeps the index has died. */
const slackMs = 60_000;
/** How long a part rests that cannot be read. */
const failedMs = 60_000;
/** How often the other replicas are sent it again, for those that have started since. */
const repeatMs = 60_000;

/** What replicas inform each other: a part as it was read, or that one should be read. */
export type WatchMessage = { watched: SeenPart } | { look: WatchedPart };

/** The part that a change is in. */
function partOf(change: Change): WatchedPart | undefined {
  if (change.type === 'EngagementInvitation') return 'invitations';
  if (change.type === 'Engagement') return 'leads';
  if (change.type !== 'Task' || change.task.status !== 'FAILED') return undefined;
  return taskTypeOf(change.task.id) === 'EngagementFromOpportunityTask' ? 'submissions' : undefined;
}

/** Takes what another replica has sent. */
export function hearWatched(watched: WatchedParts, message: WatchMessage): void {
  if ('watched' in message) watched.put(message.watched, everyMs + slackMs);
  else watched.hint(message.look);
}

export type WatcherOptions = {
  isKeeper(): boolean;
  /** Reports to the other replicas. */
  publish(message: WatchMessage): void;
  log: { warn(details: object, message: string): void };
};

export function createWatcher(account: Account, { isKeeper, publish, log }: WatcherOptions) {
  const { changes, clock, watched } = account;
  const reader = createWatchedReader(account);
  const failing = new Set<WatchedPart>();
  let repeatAt = 0;
  const stop = changes.listen((change) => {
    const part = partOf(change);
    if (!part) return;
    watched.hint(part);
    if (!isKeeper()) publish({ look: part });
  });

  async function look(part: WatchedPart, scope: RequestScope): Promise<void> {
    // A change that is reported while it is being read makes it due again.
    watched.rest(part, everyMs);
    try {
      const seen = await reader[part](scope);
      failing.delete(part);
      // More is to be read than at a time.
      if (!seen) watched.hint(part);
      else if (watched.due().includes(part)) watched.put(seen, 0);
      else watched.put(seen, everyMs);
      if (seen) publish({ watched: seen });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      watched.rest(part, Math.max(failedMs, error.retryAfterMs ?? 0));
      if (!failing.has(part)) log.warn({ code: error.code }, `${part} not read for attention; trying again`);
      failing.add(part);
    }
  }

  return {
    /** Reads the parts that are due. A part that AWS refuses does not keep the others from being read. */
    async look(scopeOf: () => RequestScope): Promise<void> {
      for (const part of watched.due()) await look(part, scopeOf());
      if (clock.now() < repeatAt) return;
      repeatAt = clock.now() + repeatMs;
      for (const seen of watched.all()) publish({ watched: seen });
    },
    stop,
  };
}
