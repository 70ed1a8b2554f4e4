/** What requests with an `Idempotency-Key` have done, so that a repeated request is answered and not carried out again. */

import { Fault } from '../fault.ts';
import { boundedMap } from './bounded.ts';
import { unlessAborted } from './in-flight.ts';

/** The most keys that are remembered. Only what was carried out is, and AWS's quota limits that to one write a second. */
const maxKeys = 10_000;

/** One mutation of a request: the key with its scope, a fingerprint of the whole request, and the mutation's place in it. */
export type KeyedMutation = { key: string; request: string; place: number };

/** A key's request, and what its mutations were answered. An answer is undefined if nothing was carried out. */
type KeyedRequest = {
  request: string;
  answers: Map<number, Promise<unknown>>;
  /** Whether a mutation may have been carried out without an answer. */
  isUncertain: boolean;
};

/** What is to be remembered of an answer: all of it, nothing but the key because the outcome is unknown, or nothing. */
export type Remembered<Answer> = { answer: Answer } | 'uncertain' | 'nothing';

/** The keys of one account. They are forgotten when the process ends. */
export function createIdempotencyKeys() {
  const requests = boundedMap<KeyedRequest>(maxKeys);

  function settle(key: string, entry: KeyedRequest, place: number, isUncertain: boolean): void {
    entry.answers.delete(place);
    entry.isUncertain ||= isUncertain;
    if (entry.answers.size === 0 && !entry.isUncertain && requests.peek(key) === entry) requests.delete(key);
  }

  /**
   * Carries out a mutation unless it was before, or is being carried out: then its answer is waited for. One that failed
   * or was refused is carried out again.
   *
   * @param signal the end of the waiting
   * @param remember what of its answer is for those who repeat it
   * @throws Fault IDEMPOTENCY_CONFLICT if the key stands for another request, or what `execute` throws
   */
  async function once<Answer>(
    { key, request, place }: KeyedMutation,
    signal: AbortSignal,
    execute: () => Promise<Answer>,
    remember: (answer: Answer) => Remembered<Answer>,
  ): Promise<{ answer: Answer; isReplayed: boolean }> {
    for (;;) {
      const entry = requests.get(key) ?? { request, answers: new Map(), isUncertain: false };
      if (entry.request !== request)
        throw new Fault(
          'IDEMPOTENCY_CONFLICT',
          'Idempotency-Key: got the key of a request with other mutations or arguments, expected a new one.',
        );
      const before = entry.answers.get(place) as Promise<Answer | undefined> | undefined;
      if (!before) {
        requests.set(key, entry);
        const running = execute();
        const kept = running
          .then(remember, () => 'nothing' as const)
          .then((remembered) => {
            if (typeof remembered === 'object') return remembered.answer;
            settle(key, entry, place, remembered === 'uncertain');
            return undefined;
          });
        entry.answers.set(place, kept);
        return { answer: await running, isReplayed: false };
      }
      const answer = await unlessAborted(before, signal);
      if (answer !== undefined) return { answer, isReplayed: true };
    }
  }

  return { once };
}

export type IdempotencyKeys = ReturnType<typeof createIdempotencyKeys>;
