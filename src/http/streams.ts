/** Connections that stay open for subscriptions: how many, how they are kept alive, and how the gateway ends them. */
import type { Clock } from '../clock.ts';
import { calendar } from '../clock.ts';
import { requestError } from '../graphql/refusal.ts';
import type { Caller } from './authenticate.ts';

/** Proxies close connections over which nothing is sent for a minute, some earlier. */
const keepAliveMs = 12_000;
/** Clients that come back wait so long, so that not all of them do at once. */
const retryAfterMs = 1_000;

/** Why the gateway ends a connection: as an error in an event stream, and as a WebSocket is closed. */
export type Ending = {
  reason: 'expired' | 'stopping' | 'replaced' | 'too slow';
  code: string;
  message: string;
  /** Of the WebSocket. graphql-ws's client comes back after 1012 and 4403, and not after 4429. */
  closeCode: number;
  retryAfterMs?: number;
};

export const endings = {
  expired: {
    reason: 'expired',
    code: 'UNAUTHENTICATED',
    message: 'The token has expired. Subscribe again with a new one.',
    closeCode: 4403,
  },
  stopping: {
    reason: 'stopping',
    code: 'SERVICE_UNAVAILABLE',
    message: 'The gateway is stopping. Subscribe again: another replica answers.',
    closeCode: 1012,
    retryAfterMs,
  },
  replaced: {
    reason: 'replaced',
    code: 'SERVICE_UNAVAILABLE',
    message: 'The settings of the account have changed. Subscribe again.',
    closeCode: 1012,
    retryAfterMs,
  },
  tooSlow: {
    reason: 'too slow',
    code: 'SUBSCRIBER_TOO_SLOW',
    message: 'The events were not received as fast as they came. Subscribe again.',
    closeCode: 4429,
  },
} as const satisfies Record<string, Ending>;

export type Connection = {
  /** Sends something without meaning. */
  keepAlive(): void;
  /** Sends the client the reason why the connection ends, and closes it. */
  end(ending: Ending): void;
  /** Closes it at once. */
  destroy(): void;
};

export function createStreams(clock: Pick<Clock, 'setTimer'>, maxPerCaller: number) {
  const connections = new Set<Connection>();
  const reserved = new Map<string, number>();
  let stopTimer = () => {};
  let isClosed = false;

  function scheduleKeepAlive(): void {
    stopTimer = clock.setTimer(() => {
      for (const connection of connections) connection.keepAlive();
      scheduleKeepAlive();
    }, keepAliveMs);
  }

  return {
    /** Whether the gateway is stopping, and opens no more connections. */
    isClosed: () => isClosed,
    /** Keeps a connection alive until the returned function is called. */
    add(connection: Connection): () => void {
      if (connections.size === 0) scheduleKeepAlive();
      connections.add(connection);
      return () => {
        if (connections.delete(connection) && connections.size === 0) stopTimer();
      };
    },
    /** Ends a connection when its caller's token expires, unless the returned function is called before. */
    endAtExpiry({ expiresAt }: Caller, connection: Connection): () => void {
      if (expiresAt === undefined) return () => {};
      return clock.setTimer(() => connection.end(endings.expired), calendar.until(expiresAt));
    },
    /**
     * Counts a subscription or a connection of a caller, until the returned function is called.
     *
     * @throws GraphQLError LIMIT_EXCEEDED
     */
    reserve(what: 'subscriptions' | 'WebSockets', caller: string): () => void {
      const key = `${what} ${caller}`;
      const got = (reserved.get(key) ?? 0) + 1;
      if (got > maxPerCaller) {
        const message = `This caller has too many ${what}: got ${got}, expected at most ${maxPerCaller} (MAX_SUBSCRIPTIONS_PER_CALLER).`;
        const details = { limit: maxPerCaller, setting: 'MAX_SUBSCRIPTIONS_PER_CALLER', got };
        throw requestError('LIMIT_EXCEEDED', message, details, 429);
      }
      reserved.set(key, got);
      return () => {
        const left = (reserved.get(key) ?? 0) - 1;
        if (left > 0) reserved.set(key, left);
        else reserved.delete(key);
      };
    },
    /** Opens no more connections, and ends those that are open. */
    endAll(): void {
      isClosed = true;
      for (const connection of [...connections]) connection.end(endings.stopping);
    },
    /** Closes what is still open. */
    destroyAll(): void {
      for (const connection of [...connections]) connection.destroy();
    },
  };
}

export type Streams = ReturnType<typeof createStreams>;
