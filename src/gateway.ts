/** The parts of a gateway, wired together from its configuration. */
import type { FastifyBaseLogger } from 'fastify';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createShared } from './graphql/context.ts';
import { auditLog } from './graphql/plugins/audit.ts';
import { startServer } from './http/server.ts';
import { createReplication } from './records/replication.ts';
import { createTelemetry } from './telemetry.ts';
import { createBreaker } from './upstream/breaker.ts';
import type { Client } from './upstream/client.ts';
import { createQuota } from './upstream/quota/governor.ts';
import { createSharedQuota } from './upstream/quota/shared.ts';
import type { QuotaLimits } from './upstream/quota/windows.ts';

/** A running gateway. */
export type Gateway = {
  /** Where it listens, without a path. */
  url: string;
  /** Takes no more requests, lets the ones under way finish, and closes what it has opened. */
  stop(): Promise<void>;
};

/** What one of several replicas may spend where no Redis tells it what the others do: its part. */
function shareOf(quota: Config['quota'], replicas: number): QuotaLimits {
  const { readsPerSecond, readsPerDay, writesPerSecond, writesPerDay } = quota;
  return {
    readsPerSecond: readsPerSecond / replicas,
    readsPerDay: readsPerDay / replicas,
    writesPerSecond: writesPerSecond / replicas,
    writesPerDay: writesPerDay / replicas,
  };
}

/**
 * Starts a gateway on a client of AWS and resolves when it listens. The client stays the caller's to close.
 *
 * @throws the listening socket's error, such as `EADDRINUSE`
 */
export async function startGateway(config: Config, client: Client, log: FastifyBaseLogger): Promise<Gateway> {
  const { redisUrl: url, replicas: count, catalog } = config;
  // Replicas of one account and catalog share; the account is whoever shares the Redis.
  const name = `partner-central-graphql:${catalog}`;
  const quota = url
    ? createSharedQuota(config.quota, { url, replicas: count, log, name, clock: systemClock })
    : createQuota(shareOf(config.quota, count), systemClock);
  const breaker = createBreaker(log, systemClock);
  const telemetry = createTelemetry(systemClock);
  const replication = url
    ? createReplication({ url, name, log, onIgnored: telemetry.ignoredMessage })
    : undefined;
  const shared = createShared({
    dispatch: client.dispatch,
    catalog,
    quota,
    breaker,
    clock: systemClock,
    telemetry,
    audit: auditLog(log),
    tell: replication?.publish,
    ...config.cache,
  });
  replication?.subscribe(shared.versions.learn);
  const unwatch = telemetry.watch(quota, breaker.isOpen);

  const close = async (): Promise<void> => {
    unwatch();
    quota.close();
    await replication?.close();
  };
  try {
    const server = await startServer(config, shared, log);
    return {
      url: server.url,
      async stop() {
        await server.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
