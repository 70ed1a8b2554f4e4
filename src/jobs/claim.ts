/** The claim of the one request under a key that is being carried out, and what is kept of it. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { errorForLog } from '../fault.ts';
import type { JobStore } from './store.ts';

/** A response as it is given again. */
export type KeptAnswer = { data?: Record<string, unknown> | null; errors?: readonly object[] };

/** The row of a key. */
export type Entry = {
  /** A fingerprint of the request; empty if the key is free again. */
  request: string;
  /** Who wrote the row last. */
  claim: string;
  /** The process that carries the request out, and until when it may be silent; undefined if none does. */
  holder?: { process: string; until: number };
  /** The payloads of its mutations that need not be carried out again, by their places in the request. */
  payloads?: Record<number, unknown>;
  /** Whether a mutation may have been carried out without a payload. */
  isUncertain?: boolean;
  answer?: KeptAnswer;
};

/** What became of a mutation: a payload that is final, an outcome that has to be found out, or nothing. */
export type Outcome = { payload: unknown; isWritten: boolean } | 'uncertain' | 'nothing';

export type Claim = {
  /** The payload of the mutation at a place, if it need not be carried out. */
  payloadAt(place: number): unknown;
  /** Notes what became of a mutation. `isLast` if the request ends with it, which writes it anyway. */
  note(place: number, outcome: Outcome, isLast: boolean): Promise<void>;
  /** Ends the claim, and keeps the answer, or without one what the request has to know when it is sent again. */
  end(answer: KeptAnswer | undefined): Promise<void>;
};

export type ClaimOptions = {
  store: JobStore;
  clock: Pick<Clock, 'setTimer'>;
  /** The present instant, in milliseconds since 1970. */
  now(): number;
  /** Whether other processes use the store at the same time. If not, a claim of another one is that of a dead one. */
  isShared: boolean;
  /** How long an answer is kept, in milliseconds. */
  ttlMs: number;
  log: { warn(details: object, message: string): void };
};

/** The answer and the payloads that are kept of one request, in characters of JSON. */
const maxKept = 1_000_000;

/** A claim is renewed while its request runs; one that is not for this long is that of a dead process. */
const leaseMs = 5_000;

/** How long a free key keeps its row, so that a claim that has lapsed does not take the next one's row for its own. */
const freeMs = 60_000;

const textOf = (entry: Entry): string => JSON.stringify(entry);

/** The longest form of an entry that is not too long. Without an answer payloads are used; without these AWS is asked again. */
function fittingText(entry: Entry): string {
  const { answer: _, ...withoutAnswer } = entry;
  const { payloads: __, ...bare } = withoutAnswer;
  const fits = (text: string) => text.length <= maxKept;
  return [entry, withoutAnswer].map(textOf).find(fits) ?? textOf({ ...bare, isUncertain: true });
}

export type Claimed = {
  row: string;
  /** The fingerprint of the request. */
  request: string;
  /** What earlier attempts have left, and the version of the row. */
  before: Entry | undefined;
  version: number;
  process: string;
};

/**
 * Claims a row.
 *
 * @param onEnd gets the version of a row that is kept, and whether anything was written under its key
 * @returns undefined if someone else was faster
 */
export async function claimRow(
  { row, request, before, version: claimed, process }: Claimed,
  onEnd: (version: number | undefined, isWritten: boolean) => Promise<void>,
  { store, clock, now, isShared, ttlMs, log }: ClaimOptions,
): Promise<Claim | undefined> {
  const claim = randomUUID();
  const payloads: Record<number, unknown> = { ...before?.payloads };
  let isUncertain = before?.isUncertain ?? false;
  let isWritten = false;
  let version = claimed;
  /** Whether the answer to a write was lost, so that the version is not known. */
  let isUnsure = false;
  let isLost = false;
  let stopTimer = () => {};
  let last: Promise<void> = Promise.resolve();

  async function write(value: string, lifeMs: number): Promise<void> {
    if (isUnsure) {
      const [found] = await store.read([row]);
      if (found && (JSON.parse(found.value) as Entry).claim === claim) version = found.version;
      isUnsure = false;
    }
    isUnsure = true;
    const isDone = await store.write([{ key: row, value, ifVersion: version, expiresAt: now() + lifeMs }]);
    isUnsure = false;
    if (isDone) version += 1;
    else isLost = true;
  }
  /** Writes one after the other. A failure is logged: what was done is done, and a repeated request learns of it from AWS. */
  function save(value: () => string, lifeMs: number): Promise<void> {
    last = last.then(async () => {
      if (isLost) return;
      await write(value(), lifeMs).catch((error) =>
        log.warn(errorForLog(error), 'idempotency key not written'),
      );
    });
    return last;
  }
  const current = (): string =>
    fittingText({ request, claim, payloads, isUncertain, holder: { process, until: now() + leaseMs } });
  function renewLater(): void {
    stopTimer = clock.setTimer(() => void save(current, ttlMs).then(renewLater), leaseMs / 3);
  }

  await write(current(), ttlMs);
  if (isLost) return undefined;
  if (isShared) renewLater();

  return {
    payloadAt: (place) => payloads[place],
    async note(place, outcome, isLast) {
      if (outcome === 'nothing') return;
      if (outcome === 'uncertain') isUncertain = true;
      else {
        payloads[place] = outcome.payload;
        isWritten ||= outcome.isWritten;
      }
      if (!isLast) await save(current, ttlMs);
    },
    async end(answer) {
      stopTimer();
      stopTimer = () => {};
      const isKept = answer !== undefined || isUncertain || Object.keys(payloads).length > 0;
      const kept: Entry = answer
        ? { request, claim, answer, payloads }
        : { request, claim, payloads, isUncertain };
      await (isKept
        ? save(() => fittingText(kept), ttlMs)
        : save(() => textOf({ request: '', claim }), freeMs));
      await onEnd(isKept && !isLost ? version : undefined, isWritten || isUncertain);
    },
  };
}
