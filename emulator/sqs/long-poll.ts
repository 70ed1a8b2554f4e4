import type { Clock } from '../clock.ts';
import type { Message, Queue } from '../queues/queue.ts';

export type Receive = {
  readonly queue: Queue;
  readonly max: number;
  readonly visibilityTimeoutMs: number;
  readonly waitMs: number;
};

/**
 * Receives messages, and waits for the first one, at most so long; the wait ends earlier if the clock is moved.
 * @throws the signal's reason if it is aborted meanwhile; then nothing was received
 */
export async function receive(
  { queue, max, visibilityTimeoutMs, waitMs }: Receive,
  clock: Clock,
  signal: AbortSignal,
): Promise<Message[]> {
  signal.throwIfAborted();
  const present = queue.receive(max, visibilityTimeoutMs);
  if (present.length > 0 || waitMs === 0) return present;
  return new Promise((resolve, reject) => {
    let cancelNext = () => {};
    const end = (settle: () => void) => {
      cancelNext();
      cancelLast();
      leave();
      signal.removeEventListener('abort', abort);
      settle();
    };
    const abort = () => end(() => reject(signal.reason));
    const attempt = () => {
      cancelNext();
      const messages = queue.receive(max, visibilityTimeoutMs);
      if (messages.length > 0) return end(() => resolve(messages));
      const next = queue.nextVisibleAt();
      if (next !== undefined) cancelNext = clock.setTimer(attempt, next - clock.now());
    };
    const cancelLast = clock.setTimer(() => end(() => resolve([])), waitMs);
    const leave = queue.onArrival(attempt);
    signal.addEventListener('abort', abort, { once: true });
    attempt();
  });
}
