/** Receives events from a queue, several hundred at a time, so that those of one record and of one call come together. */
import { type Clock, calendar } from '../clock.ts';
import { inParts } from '../records/batches.ts';
import { messagesPerCall, type Queue, type QueueMessage } from '../upstream/queue.ts';

/**
 * What becomes of a message: it is done and deleted; it is to be received again later; or it can never be used, and
 * is left to the queue, which moves it to the dead letters.
 */
export type Outcome = 'done' | 'later' | 'unusable';

export type ConsumerOptions = {
  queue: Queue;
  /** Handles a message's body, soon after it was received; never throws. */
  take(message: QueueMessage): Promise<Outcome>;
  clock: Clock;
  log: { warn(details: object, message: string): void; info(details: object, message: string): void };
  /** Called for every call of the queue that fails. */
  onError(): void;
};

/** The most messages that are handled at a time. */
const maxInHand = 1_000;
/** The pauses after failed or empty receipts: doubled each time, with jitter. */
const pauses = { firstMs: 1_000, mostMs: 30_000 };
/** For how long a message that is to come later is hidden: doubled with every receipt. */
const laterSeconds = { first: 30, most: 900 };
/** How long stopping waits for the queue to hear which messages were handled. */
const maxStopMs = 2_000;

export type Consumer = {
  /** When the queue was last asked with success. */
  receivedAt(): string;
  stop(): Promise<void>;
};

/** Starts to receive. While the queue is unavailable it retries, and logs that once. */
export function startConsumer({ queue, take, clock, log, onError }: ConsumerOptions): Consumer {
  const stopping = new AbortController();
  const { signal } = stopping;
  const inHand = new Set<Promise<void>>();
  let onRoom = () => {};
  let done: QueueMessage[] = [];
  let failures = 0;
  let receivedAt = calendar.instant();

  /** What fails makes messages come again, and handling them twice does no harm. */
  const settle = (call: Promise<void>): Promise<void> => call.catch(onError);

  async function deleteDone(): Promise<void> {
    const messages = done;
    done = [];
    await Promise.all(inParts(messages, messagesPerCall).map((part) => settle(queue.delete(part))));
  }

  /** Messages that are done in one turn of the event loop are deleted together. */
  let deleting = Promise.resolve();
  function noteDone(message: QueueMessage): Promise<void> {
    if (done.push(message) === 1)
      deleting = new Promise<void>((resolve) => setImmediate(resolve)).then(deleteDone);
    return deleting;
  }

  async function handle(message: QueueMessage): Promise<void> {
    const outcome = await take(message);
    if (outcome === 'done') await noteDone(message);
    if (outcome !== 'later') return;
    const seconds = Math.min(laterSeconds.first * 2 ** (message.receiveCount - 1), laterSeconds.most);
    await settle(queue.hide(message, signal.aborted ? 0 : seconds));
  }

  async function receive(): Promise<void> {
    const startedAt = clock.now();
    const messages = await queue.receive(signal);
    if (failures > 0) log.info({}, 'queue of events available again');
    failures = 0;
    receivedAt = calendar.instant();
    for (const message of messages) {
      const handling = handle(message).finally(() => {
        inHand.delete(handling);
        onRoom();
      });
      inHand.add(handling);
    }
    // A queue that does not wait for messages must not be asked in a loop.
    const isTooFast = messages.length === 0 && clock.now() - startedAt < pauses.firstMs;
    if (isTooFast) await clock.sleep(pauses.firstMs, signal);
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        if (inHand.size < maxInHand) await receive();
        else await new Promise<void>((resolve) => (onRoom = resolve));
      } catch (error) {
        if (signal.aborted) return;
        onError();
        if (failures === 0)
          log.warn({ error: (error as Error).name }, 'queue of events unavailable; trying again');
        failures += 1;
        const pauseMs = Math.min(pauses.firstMs * 2 ** (failures - 1), pauses.mostMs);
        await clock.sleep(pauseMs * (1 + clock.random() / 2), signal).catch(() => {});
      }
    }
  }
  const running = run();

  return {
    receivedAt: () => receivedAt,
    /** Receives nothing more, and waits for the messages in hand. Those whose handling has been cut off come again. */
    async stop() {
      stopping.abort();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const stopTimer = clock.setTimer(resolve, maxStopMs);
      await Promise.race([running.then(() => Promise.all(inHand)), late]);
      stopTimer();
      queue.close();
    },
  };
}
