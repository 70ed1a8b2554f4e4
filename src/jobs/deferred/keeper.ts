/** Finds out when deferred edits can be sent: from the index, from AWS's events, or by asking AWS's list. */

import type { Account } from '../../accounts/account.ts';
import { backgroundScope } from '../../accounts/background.ts';
import { hasToWait } from '../../domain/deferred.ts';
import type { Reviewed } from '../../domain/editability.ts';
import { errorForLog, Fault } from '../../fault.ts';
import { inParts } from '../../records/batches.ts';
import { idsPerCall } from '../../upstream/operations.ts';
import { summariesOf } from '../../upstream/wire.ts';
import type { DeferredEdits } from './edits.ts';
import type { DeferredMetrics } from './metrics.ts';
import { isWaiting, type StoredEdit } from './model.ts';

/** How long a look-up may wait for the quota. */
const maxWaitMs = 60_000;
/** How often AWS's list is asked although its events are received: one of them can be lost. */
const withEventsMs = 60_000;

export type DeferredKeeperOptions = {
  intervalMs: number;
  metrics: DeferredMetrics;
  /** The present instant, in milliseconds since 1970. */
  now(): number;
  log: { warn(details: object, message: string): void };
};

/** Whether a part of an edit can be sent to a record with this status, or the outcome of a write has to be found out. */
const isDue = (record: Reviewed, { edit }: StoredEdit): boolean =>
  edit.intent !== null || edit.fields.some((field) => !hasToWait(record, field));

/** Starts at once; returns a function that stops it. */
export function startDeferredKeeper(
  account: Account,
  edits: DeferredEdits,
  { intervalMs, metrics, now, log }: DeferredKeeperOptions,
): () => void {
  const { clock, index, hasEvents, changes } = account;
  const stopped = new AbortController();
  let stopTimer = () => {};
  let isFailing = false;
  /** The opportunities with edits that wait, as far as this process has seen them. */
  let known: ReadonlySet<string> = new Set();

  /** The opportunities among some as AWS's list has them, twenty to a call. @throws Fault */
  async function lookUp(ids: readonly string[]): Promise<Map<string, Reviewed>> {
    const found = new Map<string, Reviewed>();
    for (const identifier of inParts(ids, idsPerCall)) {
      const { send } = backgroundScope(account, maxWaitMs, stopped.signal);
      const page = await send('ListOpportunities', { identifier, maxResults: idsPerCall });
      for (const summary of summariesOf(page)) found.set(summary.id, summary);
    }
    return found;
  }

  /** The records of some opportunities as they are known; undefined for those that AWS need not be asked about yet. */
  async function recordsOf(ids: readonly string[]): Promise<(id: string) => Reviewed | undefined> {
    if (index?.asOf !== undefined) return (id) => index.get(id)?.summary;
    const mayAsk = await edits.claimPoll(hasEvents ? Math.max(intervalMs, withEventsMs) : intervalMs);
    const found = mayAsk ? await lookUp(ids) : new Map<string, Reviewed>();
    return (id) => found.get(id);
  }

  /** Has those edits tried that can be sent. */
  async function look(): Promise<void> {
    const all = await edits.all();
    metrics.saw(all, now());
    const waiting = Map.groupBy(all.filter(isWaiting), ({ edit }) => edit.opportunityId);
    known = new Set(waiting.keys());
    if (known.size === 0) return;
    const recordOf = await recordsOf([...known]);
    for (const [id, stored] of waiting) {
      const record = recordOf(id);
      const isFound = record ? stored.some((one) => isDue(record, one)) : false;
      if (isFound || stored.some(({ edit }) => edit.intent !== null)) await edits.wake(id);
    }
  }

  async function wakeIfDue(id: string, record: Reviewed): Promise<void> {
    const stored = await edits.of(id);
    if (stored.some((one) => isWaiting(one) && isDue(record, one))) await edits.wake(id);
  }

  async function run(): Promise<void> {
    try {
      await look();
      isFailing = false;
    } catch (error) {
      if (stopped.signal.aborted) return;
      const reason = error instanceof Fault ? { code: error.code } : errorForLog(error);
      if (!isFailing) log.warn(reason, 'deferred edits not checked; trying again');
      isFailing = true;
    }
    if (!stopped.signal.aborted) stopTimer = clock.setTimer(() => void run(), intervalMs);
  }

  edits.listen((opportunityId) => {
    known = new Set([...known, opportunityId]);
  });
  const stopListening = changes.listen((change) => {
    if (change.type !== 'Opportunity' || !known.has(change.id)) return;
    wakeIfDue(change.id, change.summary).catch(() => {}); // the next look finds it
  });
  void run();

  return () => {
    stopListening();
    stopTimer();
    stopped.abort();
  };
}
