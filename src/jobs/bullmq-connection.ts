/** The connections of BullMQ over the `redis` client. */
import { createNodeRedisClient, type IRedisClient } from 'bullmq';
import { createClient } from 'redis';
import { type RedisClient, type RedisOptions, timeouts } from './redis-link.ts';

/** A queue or a worker of BullMQ. */
type Opened = { waitUntilReady(): Promise<unknown>; close(): Promise<void> };

type Connection = Pick<RedisClient, 'isOpen' | 'isReady' | 'destroy'> & {
  on(event: 'error', listener: () => void): unknown;
};

export type ConnectionOptions = Pick<RedisOptions, 'url' | 'clock'> & { disableOfflineQueue?: boolean };

/**
 * Opens a queue or a worker. One whose first connection fails stays broken even when Redis is back, so it is opened again
 * until it has been ready once; from then on it reconnects by itself.
 */
export function keepOpen<T extends Opened>(
  { url, clock, ...options }: ConnectionOptions,
  create: (connection: IRedisClient) => T,
) {
  let clients: Connection[] = [];
  let isClosed = false;
  let stopTimer = () => {};

  function keep<C extends Connection>(client: C): C {
    client.on('error', () => {});
    clients.push(client);
    return client;
  }
  /** The adapter connects by itself, makes a second connection for a worker, and leaves both for us to close. */
  function connect(): IRedisClient {
    const socket = { connectTimeout: timeouts.connectMs, reconnectStrategy: () => timeouts.retryMs };
    const client = createClient({ url, socket, ...options });
    const duplicate = client.duplicate.bind(client);
    Object.assign(client, { duplicate: () => keep(duplicate()) });
    return createNodeRedisClient(keep(client));
  }
  function destroy(): void {
    for (const client of clients) if (client.isOpen) client.destroy();
    clients = [];
  }
  function open(): T {
    const opened = create(connect());
    opened.waitUntilReady().catch(() => {
      if (isClosed) return;
      opened.close().catch(() => {});
      destroy();
      stopTimer = clock.setTimer(() => {
        current = open();
      }, timeouts.retryMs);
    });
    return opened;
  }
  let current = open();

  return {
    current: () => current,
    isReady: () => clients.every(({ isReady }) => isReady),
    /** Settles when Redis has heard of it, so never while it is away. */
    async close(): Promise<void> {
      isClosed = true;
      stopTimer();
      await current.close().catch(() => {});
    },
    destroy,
  };
}
