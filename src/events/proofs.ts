/** Events say that an opportunity has changed, and AWS's list has what it is now: twenty to a call, each once a second. */
import type { Clock } from '../clock.ts';
import { secondsBetween } from '../domain/instants.ts';
import { inParts } from '../records/batches.ts';
import { lagMs } from '../records/sightings.ts';
import { idsPerCall } from '../upstream/operations.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';

/** The events of one opportunity within this time are proven together. */
export const windowMs = 1_000;
/** An event is dated by the second, and up to a second after the version that it reports. */
const maxDelaySeconds = 2;

/** Whether an event must be of a version later than this one. */
export const isLater = (time: string, lastModifiedDate: string): boolean =>
  secondsBetween(lastModifiedDate, time) > maxDelaySeconds;

export type ProofOptions = {
  clock: Pick<Clock, 'now' | 'setTimer'>;
  /** Looks opportunities up in AWS's list with one call. What could not be looked up is an error. */
  lookUp(ids: readonly string[]): Promise<(OpportunitySummary | undefined | Error)[]>;
  /** Gets the answers of a call, before those who wait for them. */
  onSeen(seen: readonly Seen[]): void;
};

/** An opportunity as AWS's list had it after an event; without a summary if it lacked it. */
export type Seen = {
  id: string;
  summary: OpportunitySummary | undefined;
  /** Whether the list may not have the change yet that the event reports. */
  isBehind: boolean;
  /** Whether another event has come since, so that the opportunity is looked up again. */
  isPending: boolean;
};

type Pending = { at: number; time: string; isRepeated: boolean; proven: PromiseWithResolvers<void> };

export function createProofs({ clock, lookUp, onSeen }: ProofOptions) {
  /** By id, in the order of `at`. */
  const pending = new Map<string, Pending>();
  const repeats = new Map<string, () => void>();
  let stopTimer = () => {};

  function add(id: string, time: string, isRepeated: boolean): Promise<void> {
    const known = pending.get(id);
    const entry = known ?? { at: clock.now() + windowMs, time, isRepeated, proven: Promise.withResolvers() };
    if (secondsBetween(entry.time, time) > 0) Object.assign(entry, { time, isRepeated });
    if (!known) pending.set(id, entry);
    if (pending.size === 1 && !known) schedule();
    return entry.proven.promise;
  }

  function schedule(): void {
    stopTimer();
    const [first] = pending.values();
    if (first) stopTimer = clock.setTimer(prove, first.at - clock.now());
  }

  /** Proves what is due. A call takes twenty, so those that are due later fill it up. */
  function prove(): void {
    const due = [...pending.values()].filter(({ at }) => at <= clock.now()).length;
    const taken = [...pending].slice(0, Math.ceil(due / idsPerCall) * idsPerCall);
    for (const [id] of taken) pending.delete(id);
    for (const part of inParts(taken, idsPerCall)) void proveTogether(part);
    schedule();
  }

  async function proveTogether(entries: readonly [id: string, entry: Pending][]): Promise<void> {
    const answers = await lookUp(entries.map(([id]) => id));
    const seen: Seen[] = [];
    for (const [index, [id, { time, isRepeated, proven }]] of entries.entries()) {
      const summary = answers[index];
      if (summary instanceof Error) {
        proven.reject(summary);
        continue;
      }
      const isBehind = !isRepeated && (!summary || isLater(time, summary.lastModifiedDate ?? ''));
      if (isBehind) repeatLater(id, time);
      seen.push({ id, summary, isBehind, isPending: pending.has(id) });
    }
    onSeen(seen);
    for (const [, { proven }] of entries) proven.resolve();
  }

  function repeatLater(id: string, time: string): void {
    repeats.get(id)?.();
    const stop = clock.setTimer(() => {
      repeats.delete(id);
      // If it fails, the next event or the next reader finds out.
      add(id, time, true).catch(() => {});
    }, lagMs - windowMs);
    repeats.set(id, stop);
  }

  return {
    /** Resolves when the opportunity has been looked up since an event of this time came. @throws Fault */
    prove: (id: string, time: string): Promise<void> => add(id, time, false),
    stop(reason: Error): void {
      stopTimer();
      for (const stop of repeats.values()) stop();
      for (const { proven } of pending.values()) proven.reject(reason);
      pending.clear();
    },
  };
}

export type Proofs = ReturnType<typeof createProofs>;
