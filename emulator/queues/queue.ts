import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** A message of a queue. Immutable: receiving it or changing its visibility replaces it. */
export type Message = {
  readonly id: string;
  readonly body: string;
  /** Times are milliseconds of the emulator's clock. */
  readonly sentAt: number;
  /** When it can be received next: later than now while it is delayed or in flight. */
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
};

export type QueueSettings = {
  /** Seconds for which a received message is hidden, unless the receiver sets it. */
  readonly visibilityTimeout: number;
  /** After so many receipts without a deletion, a message moves to the dead-letter queue. */
  readonly maxReceiveCount: number;
};

/** A standard queue of SQS. */
export type Queue = {
  /** By id, oldest first. */
  readonly messages: Map<string, Message>;
  /** Replaced as a whole. */
  settings: QueueSettings;
  send(body: string, delayMs?: number): Message;
  /** Stores a message as it is. Of more than ten thousand, the oldest are dropped. */
  put(message: Message): void;
  /** Takes up to `max` visible messages, and hides them; one that was received too often moves to the dead letters. */
  receive(max: number, visibilityTimeoutMs: number): Message[];
  /** Hides a message for so long from now; 0 makes it visible. */
  hide(message: Message, milliseconds: number): void;
  /** When the next hidden message becomes visible; undefined if none is hidden. */
  nextVisibleAt(): number | undefined;
  /** Calls a listener when a message may have become visible; returns a function that ends this. */
  onArrival(listener: () => void): () => void;
  /** Removes all messages, and resets the settings. */
  clear(): void;
};

export const defaultQueueSettings: QueueSettings = { visibilityTimeout: 30, maxReceiveCount: 5 };

/** More than a test leaves unread; the events of an emulator whose queue is not read must not fill the memory. */
const keptMessages = 10_000;

export function createQueue(clock: Clock, deadLetters?: Queue): Queue {
  const listeners = new Set<() => void>();

  const queue: Queue = {
    messages: new Map(),
    settings: defaultQueueSettings,
    send: (body, delayMs = 0) => {
      const now = clock.now();
      const message = { id: randomUUID(), body, sentAt: now, visibleAt: now + delayMs, receiveCount: 0 };
      queue.put(message);
      return message;
    },
    put: (message) => {
      queue.messages.set(message.id, message);
      for (const id of queue.messages.keys()) {
        if (queue.messages.size <= keptMessages) break;
        queue.messages.delete(id);
      }
      for (const listener of listeners) listener();
    },
    receive: (max, visibilityTimeoutMs) => {
      const now = clock.now();
      const received: Message[] = [];
      for (const message of queue.messages.values()) {
        if (received.length === max) break;
        if (message.visibleAt > now) continue;
        if (deadLetters && message.receiveCount >= queue.settings.maxReceiveCount) {
          queue.messages.delete(message.id);
          deadLetters.put(message);
          continue;
        }
        const taken = {
          ...message,
          receiveCount: message.receiveCount + 1,
          firstReceivedAt: message.firstReceivedAt ?? now,
          visibleAt: now + visibilityTimeoutMs,
        };
        queue.messages.set(message.id, taken);
        received.push(taken);
      }
      return received;
    },
    hide: (message, milliseconds) => queue.put({ ...message, visibleAt: clock.now() + milliseconds }),
    nextVisibleAt: () => {
      const now = clock.now();
      let next: number | undefined;
      for (const { visibleAt } of queue.messages.values())
        if (visibleAt > now && visibleAt < (next ?? Number.POSITIVE_INFINITY)) next = visibleAt;
      return next;
    },
    onArrival: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => {
      queue.messages.clear();
      queue.settings = defaultQueueSettings;
    },
  };
  return queue;
}
