/**
 * What replicas inform each other, through Redis publish and subscribe: versions, which are records that were read, and dates
 * that were read, listed or written; events of AWS, each of which only one of them receives; and what has changed. AWS's
 * quota limits the records to some ten a second. While Redis is unavailable, each replica has what it has seen itself.
 */
import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { type WatchedPart, watchedParts } from '../domain/attention.ts';
import { type PartnerEvent, partnerEvent } from '../domain/partner-event.ts';
import { read } from '../upstream/codec.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import { indexRow } from './index-row.ts';
import type { IndexRow } from './opportunity-index.ts';
import type { SeenPart } from './watched.ts';

/**
 * A version: its date, whether it was current at that moment, and its record if that was read. Without a date: the
 * opportunity was changed, and AWS did not return the new date.
 */
export type VersionEvent = { id: string; date?: string; isCurrent: boolean; record?: OpportunityRecord };

/** A row that a replica was the first to see, and whether its listeners were notified of that change. */
export type RowEvent = { row: IndexRow; isPublished: boolean };

export type ReplicaMessage =
  | { version: VersionEvent }
  | { event: PartnerEvent }
  | RowEvent
  /** A part of what is watched besides opportunities, as it was read. */
  | { watched: SeenPart }
  /** A part that should be read again. */
  | { look: WatchedPart };

export type ReplicationOptions = {
  /** `redis://` or `rediss://` */
  url: string;
  /** One name for one AWS account and catalog. */
  name: string;
  log: { warn(message: string): void; info(message: string): void };
  clock: Pick<Clock, 'now' | 'setTimer'>;
  /** Called for every message on the channel in another format. */
  onIgnored(): void;
};

export type Replication = {
  /** Sends a message to the other replicas, soon; if that is impossible, it is dropped. */
  publish(message: ReplicaMessage): void;
  /** Sets the listener for the messages of the others. */
  subscribe(listener: (message: ReplicaMessage) => void): void;
  close(): Promise<void>;
};

/** No one waits for a connection: one that takes long is better than a machine that is slow being reported as an outage. */
const timeouts = { connectMs: 5_000, retryMs: 1_000 };
const reportEveryMs = 60_000;

/**
 * The version of the message format is part of the channel's name, so that replicas of two releases never read each
 * other's messages during a rolling upgrade. Raise it with every change of `ReplicaMessage`; `test/rolling-upgrade.test.ts` fails otherwise.
 */
const formatVersion = 1;

const version = z
  .object({
    id: z.string(),
    date: z.string().optional(),
    isCurrent: z.boolean(),
    record: z.looseObject({ id: z.string(), lastModifiedDate: z.string() }).optional(),
  })
  .refine(({ id, date, record }) => !record || (record.id === id && record.lastModifiedDate === date));
const part = z.enum(watchedParts);
const watched = z.object({ part, asOf: z.string(), items: z.array(z.looseObject({ id: z.string() })) });
const messages = z.tuple([
  z.string(),
  z.array(
    z.union([
      z.strictObject({ version }),
      z.strictObject({ event: partnerEvent }),
      z.strictObject({ row: indexRow, isPublished: z.boolean() }),
      z.strictObject({ watched }),
      z.strictObject({ look: part }),
    ]),
  ),
]);

function parseMessages(text: string): [from: string, messages: ReplicaMessage[]] | undefined {
  try {
    const { data } = messages.safeParse(read(text));
    return data as [string, ReplicaMessage[]] | undefined;
  } catch {
    return undefined;
  }
}

/** What Redis is used for. */
type Part = 'connect' | 'publish' | 'subscribe';

/** Starts to connect and returns at once: no caller waits for Redis. */
export function createReplication({ url, name, log, clock, onIgnored }: ReplicationOptions): Replication {
  const channel = `${name}:seen:v${formatVersion}`;
  const self = randomUUID();
  let listener: (message: ReplicaMessage) => void = () => {};
  let pending: ReplicaMessage[] = [];
  let stopTimer = () => {};
  let isClosed = false;
  /** What is not possible at the moment. */
  const failing = new Set<Part>();
  let isReported = false;
  let reportedAt = Number.NEGATIVE_INFINITY;
  /** An outage is reported once, and a Redis that comes and goes once a minute. */
  const fail = (part: Part): void => {
    if (isClosed) return;
    failing.add(part);
    if (isReported || clock.now() - reportedAt < reportEveryMs) return;
    log.warn('Redis unavailable: record versions are not shared between replicas.');
    isReported = true;
    reportedAt = clock.now();
  };
  const succeed = (part: Part): void => {
    failing.delete(part);
    if (!isReported || failing.size > 0) return;
    log.info('Redis reconnected: sharing record versions between replicas again.');
    isReported = false;
  };

  const publisher = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: timeouts.connectMs, reconnectStrategy: () => timeouts.retryMs },
  });
  const subscriber = publisher.duplicate();
  publisher.on('error', () => fail('connect'));
  publisher.on('ready', () => succeed('connect'));
  subscriber.on('error', () => fail('subscribe'));
  subscriber.on('ready', () => void subscribe());

  // The client would treat an exception in here as a connection error.
  const receive = (text: string): void => {
    succeed('subscribe');
    const parsed = parseMessages(text);
    if (!parsed) onIgnored();
    else if (parsed[0] !== self) for (const message of parsed[1]) listener(message);
  };
  /** After a reconnection the client has subscribed already, and this does nothing more. */
  const subscribe = async (): Promise<void> => {
    try {
      await subscriber.subscribe(channel, receive);
      succeed('subscribe');
    } catch {
      fail('subscribe');
      stopTimer();
      stopTimer = clock.setTimer(() => subscriber.isReady && void subscribe(), timeouts.retryMs);
    }
  };
  // What goes wrong is also an `error` event, and the clients try again.
  for (const client of [publisher, subscriber]) client.connect().catch(() => {});

  const flush = (): void => {
    const sent = pending;
    pending = [];
    if (!publisher.isReady) return;
    publisher.publish(channel, JSON.stringify([self, sent])).then(
      () => succeed('publish'),
      // A new connection ends an outage, but not a refusal.
      () => fail(publisher.isReady ? 'publish' : 'connect'),
    );
  };

  return {
    publish(message) {
      if (pending.push(message) === 1) setImmediate(flush);
    },
    subscribe(next) {
      listener = next;
    },
    async close() {
      isClosed = true;
      stopTimer();
      for (const client of [publisher, subscriber]) client.destroy();
    },
  };
}
