/**
 * Shares versions between replicas: records that were read, and dates that were read, listed or written. Events go
 * through Redis publish and subscribe into the cache of each replica. AWS's quota limits them to some ten records a
 * second. While Redis is unavailable, each replica uses its own cache.
 */
import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { z } from 'zod';
import { read } from '../upstream/codec.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';

/**
 * A version: its date, whether it was current at that moment, and its record if that was read. Without a date: the
 * opportunity was changed, and AWS did not return the new date.
 */
export type VersionEvent = { id: string; date?: string; isCurrent: boolean; record?: OpportunityRecord };

export type ReplicationOptions = {
  /** `redis://` or `rediss://` */
  url: string;
  /** One name for one AWS account and catalog. */
  name: string;
  log: { warn(message: string): void; info(message: string): void };
  /** Called for every message on the channel in another format. */
  onIgnored(): void;
};

export type Replication = {
  /** Sends an event to the other replicas, soon; if that is impossible, it is dropped. */
  publish(event: VersionEvent): void;
  /** Sets the listener for the events of the others. */
  subscribe(listener: (event: VersionEvent) => void): void;
  close(): Promise<void>;
};

const timeouts = { connectMs: 1_000, retryMs: 1_000 };

/**
 * The version of the message format is part of the channel's name, so that replicas of two releases never read each
 * other's messages during a rolling upgrade. Raise it with every change of `VersionEvent`.
 */
const formatVersion = 1;

const message = z.tuple([
  z.string(),
  z.array(
    z
      .object({
        id: z.string(),
        date: z.string().optional(),
        isCurrent: z.boolean(),
        record: z.looseObject({ id: z.string(), lastModifiedDate: z.string() }).optional(),
      })
      .refine(({ id, date, record }) => !record || (record.id === id && record.lastModifiedDate === date)),
  ),
]);

function parseMessage(text: string): [from: string, events: VersionEvent[]] | undefined {
  try {
    const { data } = message.safeParse(read(text));
    return data as [string, VersionEvent[]] | undefined;
  } catch {
    return undefined;
  }
}

/** Starts to connect and returns at once: no caller waits for Redis. */
export function createReplication({ url, name, log, onIgnored }: ReplicationOptions): Replication {
  const channel = `${name}:seen:v${formatVersion}`;
  const self = randomUUID();
  let listener: (event: VersionEvent) => void = () => {};
  let pending: VersionEvent[] = [];
  let isUnavailable = false;

  const publisher = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: timeouts.connectMs, reconnectStrategy: () => timeouts.retryMs },
  });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber])
    client.on('error', () => {
      if (!isUnavailable) log.warn('Redis unavailable: record versions are not shared between replicas.');
      isUnavailable = true;
    });
  subscriber.on('ready', () => {
    if (isUnavailable) log.info('Redis reconnected: sharing record versions between replicas again.');
    isUnavailable = false;
  });

  // The client would treat an exception in here as a connection error.
  const receive = (text: string): void => {
    const parsed = parseMessage(text);
    if (!parsed) onIgnored();
    else if (parsed[0] !== self) for (const event of parsed[1]) listener(event);
  };
  publisher.connect().catch(() => {});
  subscriber
    .connect()
    .then(() => subscriber.subscribe(channel, receive))
    .catch(() => {});

  const flush = (): void => {
    const events = pending;
    pending = [];
    if (publisher.isReady) publisher.publish(channel, JSON.stringify([self, events])).catch(() => {});
  };

  return {
    publish(event) {
      if (pending.push(event) === 1) setImmediate(flush);
    },
    subscribe(next) {
      listener = next;
    },
    async close() {
      for (const client of [publisher, subscriber]) client.destroy();
    },
  };
}
