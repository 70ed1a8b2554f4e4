/** Keeps the index of an account current, at the lowest priority of the quota. */
import { errorForLog, Fault } from '../fault.ts';
import type { IndexReader } from '../records/index-reader.ts';
import type { OpportunityIndex } from '../records/opportunity-index.ts';
import { maxLagMs } from '../records/sightings.ts';
import type { Send } from '../upstream/send.ts';
import type { Account } from './account.ts';
import { backgroundScope } from './background.ts';
import { createWatcher, type WatcherOptions } from './watcher.ts';

/** How often every opportunity is read again, to find those that AWS does not show any more. */
const sweepMs = 3_600_000;
/** How long a poll, or a page of a build, may wait for the quota. */
const maxWaitMs = 60_000;
/** How soon a replica begins that has become the keeper. */
const takeoverMs = 1_000;
/** The longest time that it rests because the quota is exhausted. */
const maxRestMs = 600_000;

export type KeeperOptions = {
  intervalMs: number;
  /** Whether this replica asks AWS; the others hear of it. */
  isKeeper(): boolean;
  /** Reports to the other replicas what is watched besides opportunities. */
  publish: WatcherOptions['publish'];
  log: { warn(details: object, message: string): void; info(details: object, message: string): void };
};

/** Starts at once; returns a function that stops it. */
export function startIndexKeeper(
  account: Account & { index: OpportunityIndex; indexReader: IndexReader },
  { intervalMs, isKeeper, publish, log }: KeeperOptions,
): () => void {
  const { clock, index, indexReader, sightings, written } = account;
  const stopped = new AbortController();
  const { signal } = stopped;
  let sweepAt = Number.POSITIVE_INFINITY;
  let lookUpAt = 0;
  let isFailing = false;
  let isRunning = false;
  /** When it works again at the earliest, and at the latest. */
  let restsUntil = 0;
  let dueAt = 0;
  let stopTimer = () => {};

  const watcher = createWatcher(account, { isKeeper, publish, log });

  const scopeOf = () => backgroundScope(account, maxWaitMs, signal);
  /** Each call has its own deadline. */
  const send: Send = (operation, input) => scopeOf().send(operation, input);

  async function work(): Promise<void> {
    if (index.asOf === undefined) {
      await indexReader.build(send);
      log.info({ opportunities: index.size() }, 'index built');
    } else await indexReader.poll(send);
    if (sweepAt === Number.POSITIVE_INFINITY) sweepAt = clock.now() + sweepMs;
    if (clock.now() >= sweepAt) {
      sweepAt = clock.now() + sweepMs;
      await indexReader.sweep(send);
    }
    if (clock.now() >= lookUpAt && sightings.missing().length > 0) {
      lookUpAt = clock.now() + maxLagMs;
      await indexReader.lookUpMissing(send);
    }
    await watcher.look(scopeOf);
  }

  /** Works once. Returns how long to rest if the quota requires it. */
  async function run(): Promise<number> {
    const startedAt = clock.now();
    try {
      if (isKeeper()) await work();
      // The keeper is notified of another replica's writes as well.
      else written?.clear();
      written?.noteAsked(startedAt);
      if (isFailing) log.info({}, 'index up to date again');
      isFailing = false;
      return 0;
    } catch (error) {
      written?.clear();
      if (signal.aborted) return 0;
      const fault = error instanceof Fault ? error : undefined;
      const reason = fault ? { code: fault.code } : errorForLog(error);
      if (!isFailing) log.warn(reason, 'index not up to date; trying again');
      isFailing = true;
      return Math.min(fault?.retryAfterMs ?? 0, maxRestMs);
    }
  }

  async function loop(): Promise<void> {
    isRunning = true;
    dueAt = clock.now() + (isKeeper() ? intervalMs : Math.min(intervalMs, takeoverMs));
    const restMs = await run();
    restsUntil = clock.now() + restMs;
    isRunning = false;
    schedule();
  }

  const nextAt = () => Math.max(restsUntil, Math.min(dueAt, written?.nextAt() ?? dueAt));

  /** Waits until it is time, which a write brings forward, and a reader who finds it first puts off again. */
  function schedule(): void {
    if (isRunning || signal.aborted) return;
    stopTimer();
    stopTimer = clock.setTimer(
      () => (nextAt() > clock.now() ? schedule() : void loop()),
      nextAt() - clock.now(),
    );
  }
  written?.listen(schedule);
  void loop();

  return () => {
    stopTimer();
    watcher.stop();
    stopped.abort();
  };
}
