/**
 * Requests under an `Idempotency-Key`: what was carried out is not carried out again, in any replica and after a restart, and
 * the answer is kept for those who ask again.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import { unlessAborted } from '../records/in-flight.ts';
import { read } from '../upstream/codec.ts';
import { type Claim, type ClaimOptions, claimRow, type Entry, type KeptAnswer } from './claim.ts';

/** How often the row of a request that another replica carries out is read: a pause that doubles. */
const poll = { minMs: 50, maxMs: 1_000 };

/**
 * The most answers that a process keeps of requests that changed nothing, or that it keeps in memory. Of what was changed there
 * are no more than AWS's quota allows while answers are kept.
 */
const maxCheap = 10_000;

export type KeyedRequestsOptions = ClaimOptions & { clock: Pick<Clock, 'sleep'>; isInMemory: boolean };

/** @throws Fault that the request is still being carried out */
function stillRunning(): never {
  throw new Fault(
    'IDEMPOTENCY_IN_PROGRESS',
    'Idempotency-Key: the first request with this key is still being carried out; send it again later.',
    { retryAfterMs: poll.maxMs },
  );
}

/** The entry of a row, if its key is not free again. @throws Fault IDEMPOTENCY_CONFLICT if it is another request's */
function entryOf(value: string | undefined, request: string): Entry | undefined {
  const entry = value === undefined ? undefined : (read(value) as Entry);
  if (!entry || entry.request === '') return undefined;
  if (entry.request !== request)
    throw new Fault(
      'IDEMPOTENCY_CONFLICT',
      'Idempotency-Key: got the key of a request with another document or other variables, expected a new one.',
    );
  return entry;
}

export function createKeyedRequests(options: KeyedRequestsOptions) {
  const { store, clock, now, isShared, isInMemory } = options;
  const self = randomUUID();
  /** The requests that this process carries out, by their rows; settled when they have been answered. */
  const running = new Map<string, Promise<void>>();
  /** The rows that can be given up, the oldest first, with their versions. */
  const cheap = new Map<string, number>();

  /** Whether another process carries it out, as far as one can know. */
  const isElsewhere = ({ holder }: Entry): boolean =>
    holder !== undefined && holder.process !== self && isShared && holder.until > now();

  /** Bounds the rows that cost nothing to make. */
  async function keepCheap(row: string, version: number): Promise<void> {
    cheap.delete(row);
    cheap.set(row, version);
    const [oldest] = cheap;
    if (!oldest || cheap.size <= maxCheap) return;
    cheap.delete(oldest[0]);
    await store.write([{ key: oldest[0], value: undefined, ifVersion: oldest[1] }]);
  }

  /** Claims a row that no one holds; undefined if someone else was faster. */
  async function claim(row: string, request: string, before: Entry | undefined, version: number) {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    // Before it is written, so that no other request of this process takes the row for that of a dead one.
    running.set(row, ended);
    const release = (): void => {
      running.delete(row);
      end();
    };
    async function onEnd(kept: number | undefined, isWritten: boolean): Promise<void> {
      release();
      if (kept !== undefined && (isInMemory || !isWritten)) await keepCheap(row, kept);
    }
    try {
      const claimed = await claimRow({ row, request, before, version, process: self }, onEnd, options);
      if (!claimed) release();
      return claimed;
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Claims a request, waits while it is being carried out, or finds its answer.
   *
   * @param key of the caller, hashed
   * @param request a fingerprint of the whole request
   * @param end of the waiting
   * @throws Fault IDEMPOTENCY_CONFLICT if the key stands for another request, IDEMPOTENCY_IN_PROGRESS
   * @throws StoreUnavailable
   */
  async function begin(
    key: string,
    request: string,
    end: AbortSignal,
  ): Promise<{ answer: KeptAnswer } | { claim: Claim }> {
    const row = `idempotency/${key}`;
    for (let pauseMs = poll.minMs; ; ) {
      const local = running.get(row);
      if (local) await unlessAborted(local, end).catch(stillRunning);
      const [found] = await store.read([row]);
      const entry = entryOf(found?.value, request);
      if (entry?.answer) return { answer: entry.answer };
      if (entry && isElsewhere(entry)) {
        await clock.sleep(pauseMs, end).catch(stillRunning);
        pauseMs = Math.min(poll.maxMs, pauseMs * 2);
      } else if (!running.has(row)) {
        const claimed = await claim(row, request, entry, found?.version ?? 0);
        if (claimed) return { claim: claimed };
      }
    }
  }

  return { begin };
}

export type KeyedRequests = ReturnType<typeof createKeyedRequests>;
