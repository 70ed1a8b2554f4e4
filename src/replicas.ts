/**
 * What one replica has seen, for the others: records that were read, and dates that were read, listed or written. It goes
 * through Redis' publish and subscribe, and each replica remembers for itself. AWS's quota bounds how much there is to
 * tell, to some ten records a second. While Redis is away, each replica knows what it has seen itself.
 */
import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import type { OpportunityRecord } from './upstream/records.ts';

/** A version that was seen: its date, whether it was current at that moment, and the record where it was read whole. */
export type News = { id: string; date: string; isCurrent: boolean; record?: OpportunityRecord };

export type ReplicasOptions = {
  /** `redis://` or `rediss://` */
  url: string;
  /** One name for one AWS account and catalog. */
  name: string;
  log: { warn(message: string): void; info(message: string): void };
};

export type Replicas = {
  /** Tells the others, soon; what cannot be told is forgotten. */
  tell(news: News): void;
  /** Has a listener hear what the others tell. */
  onNews(listener: (news: News) => void): void;
  close(): Promise<void>;
};

const patience = { connectMs: 1_000, retryMs: 1_000 };

/** Begins to connect and returns at once: nobody waits for Redis. */
export function createReplicas({ url, name, log }: ReplicasOptions): Replicas {
  const channel = `${name}:seen`;
  const self = randomUUID();
  let listener: (news: News) => void = () => {};
  let pending: News[] = [];
  let isAway = false;

  const publisher = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: patience.connectMs, reconnectStrategy: () => patience.retryMs },
  });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber])
    client.on('error', () => {
      if (!isAway) log.warn('Redis is away: this replica shows what it has seen itself.');
      isAway = true;
    });
  subscriber.on('ready', () => {
    if (isAway) log.info('Redis is back: replicas tell each other what they have seen.');
    isAway = false;
  });

  const hear = (message: string): void => {
    const [from, news] = JSON.parse(message) as [string, News[]];
    if (from !== self) for (const one of news) listener(one);
  };
  publisher.connect().catch(() => {});
  subscriber
    .connect()
    .then(() => subscriber.subscribe(channel, hear))
    .catch(() => {});

  const flush = (): void => {
    const news = pending;
    pending = [];
    if (publisher.isReady) publisher.publish(channel, JSON.stringify([self, news])).catch(() => {});
  };

  return {
    tell(news) {
      if (pending.push(news) === 1) setImmediate(flush);
    },
    onNews(next) {
      listener = next;
    },
    async close() {
      for (const client of [publisher, subscriber]) client.destroy();
    },
  };
}
