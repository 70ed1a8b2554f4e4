/** One account, wired together from its configuration, with everything that it does by itself. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { type Account, createAccount, type Runtime } from '../accounts/account.ts';
import { type KeeperOptions, startIndexKeeper } from '../accounts/index-keeper.ts';
import { hearWatched } from '../accounts/watcher.ts';
import type { AccountConfig } from '../accounts-file.ts';
import { calendar } from '../clock.ts';
import { type EventSource, type Events, type LocalEvents, startEvents } from '../events/start.ts';
import type { ServedAccount } from '../graphql/context.ts';
import type { OpenJobs } from '../jobs/open.ts';
import type { IndexShare } from '../records/index-share.ts';
import type { OpportunityIndex } from '../records/opportunity-index.ts';
import type { ReplicaMessage, VersionEvent } from '../records/replication.ts';
import { startWork, withWork } from '../resolvers/work.ts';
import { createBreaker } from '../upstream/breaker.ts';
import type { Client } from '../upstream/client.ts';
import { openQueue } from '../upstream/queue.ts';
import { byClass, createQuota } from '../upstream/quota/governor.ts';
import { shareOf } from '../upstream/quota/windows.ts';

/** How an account reaches AWS. The client is closed with the account. */
export type Upstream = {
  client: Client;
  /** The events of an upstream in this process, if no queue has them. */
  localEvents?: LocalEvents | undefined;
};

/** What all accounts of a gateway share. */
export type Shared = { schema: GraphQLSchema; runtime: Runtime; jobs: OpenJobs };

/** An account that is open. */
export type OpenAccount = {
  config: AccountConfig;
  served: ServedAccount;
  /** Begins to carry out work that outlives a request, that of earlier processes as well. */
  start(): void;
  /** Starts no more of that work, and waits for what is in progress. */
  drain(): Promise<void>;
  /** Receives no more events, and keeps the index no longer current. Requests are still served. */
  detach(): Promise<void>;
  /** Releases its resources. @throws the first error; all are released that can be */
  close(): Promise<void>;
};

/** The parts that use Redis. They are loaded only where it is configured, since that takes time. */
async function loadShared() {
  const [{ createSharedQuota }, { createReplication }, { createIndexShare }] = await Promise.all([
    import('../upstream/quota/shared.ts'),
    import('../records/replication.ts'),
    import('../records/index-share.ts'),
  ]);
  return { createSharedQuota, createReplication, createIndexShare };
}

/** Where an account's events come from: a queue, or else an emulator in this process. */
async function eventSourceOf(
  { events, region }: AccountConfig,
  { client: { credentials }, localEvents }: Upstream,
): Promise<EventSource | undefined> {
  if (!events) return localEvents;
  return { accountId: events.accountId, queue: await openQueue(events.queueUrl, { credentials, region }) };
}

/** Opens an account, with Redis for what replicas share, and receives its events. */
export async function openAccount(
  config: AccountConfig,
  upstream: Upstream,
  { runtime, jobs: openJobs, schema }: Shared,
  parentLog: FastifyBaseLogger,
): Promise<OpenAccount> {
  const { redisUrl: url, replicas, catalog, mayWrite, view, awsSummaryFreshMs, hasIndex } = config;
  const { syncIntervalMs, name: accountName } = config;
  const { clock, telemetry } = runtime;
  const log = parentLog.child({ account: accountName });
  const name = `partner-central-graphql:${accountName}:${catalog}`;
  const redis = url && { ...(await loadShared()), options: { url, log, name } };
  const eventSource = await eventSourceOf(config, upstream);
  const quota = redis
    ? redis.createSharedQuota(config.quota, { ...redis.options, replicas, clock })
    : createQuota(shareOf(config.quota, replicas), clock);
  const replication = redis
    ? redis.createReplication({
        ...redis.options,
        clock,
        onIgnored: () => telemetry.ignoredMessage(accountName),
      })
    : undefined;
  const share =
    redis && hasIndex
      ? redis.createIndexShare({ ...redis.options, clock, intervalMs: syncIntervalMs })
      : undefined;
  const breaker = createBreaker(log, clock);
  const cache = {
    ...config.cache,
    publish: replication && ((version: VersionEvent) => replication.publish({ version })),
  };
  const account = createAccount(
    {
      name: accountName,
      catalog,
      mayWrite,
      view,
      sdkSend: upstream.client.send,
      quota,
      breaker,
      cache,
      awsSummaryFreshMs,
      hasIndex,
      hasEvents: eventSource !== undefined,
      publishRow(row, isPublished) {
        replication?.publish({ row, isPublished });
        share?.put(row);
      },
      syncIntervalMs,
    },
    runtime,
  );
  const events = eventSource
    ? startEvents(account, eventSource, { log, publish: (event) => replication?.publish({ event }) })
    : undefined;
  replication?.subscribe((message) => hear(message, account, events));
  const startedAt = calendar.instant();
  const unwatch = telemetry.watch(accountName, () => ({
    remaining: byClass(quota.remaining24h),
    waiting: quota.waiting(),
    isSuspended: breaker.isOpen(),
    index: account.index && stateOf(account.index, startedAt),
  }));
  const stopIndex = startIndex(account, share, {
    intervalMs: syncIntervalMs,
    log,
    publish: (message) => replication?.publish(message),
  });
  const jobs = openJobs.of({ name, log });
  const served = withWork(config, account, jobs);
  let stopWork = () => {};
  let detached: Promise<void> | undefined;

  async function stopKeeping(): Promise<void> {
    unwatch();
    stopIndex();
    await events?.stop();
  }
  const detach = () => (detached ??= stopKeeping());

  return {
    config,
    served,
    start() {
      stopWork = startWork(config, served, schema, log);
    },
    async drain() {
      stopWork();
      await jobs.drain();
    },
    detach,
    async close() {
      // What cannot be closed must not keep the rest open.
      const closed = await Promise.allSettled([jobs.close(), detach()]);
      quota.close();
      closed.push(...(await Promise.allSettled([replication?.close()])));
      upstream.client.close();
      const failed = closed.find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
  };
}

/** An index as metrics have it: one that is being built has no size yet, and grows old, so that an alert sees it. */
function stateOf({ asOf, size }: OpportunityIndex, startedAt: string) {
  const ageMs = Date.parse(calendar.instant()) - Date.parse(asOf ?? startedAt);
  return { size: asOf === undefined ? undefined : size(), ageSeconds: Math.max(0, ageMs) / 1_000 };
}

/** Keeps an account's index, if it has one; returns a function that stops it. */
function startIndex(
  account: Account,
  share: IndexShare | undefined,
  options: Omit<KeeperOptions, 'isKeeper'>,
): () => void {
  const { index, indexReader: reader, sightings } = account;
  if (!index || !reader) return () => {};
  share?.start({ index, reader, sightings });
  const isKeeper = share ? share.isKeeper : () => true;
  const stop = startIndexKeeper({ ...account, index, indexReader: reader }, { ...options, isKeeper });
  return () => {
    stop();
    share?.close();
  };
}

/** What another replica has sent. */
function hear(
  message: ReplicaMessage,
  { cache, related, sightings, watched, written }: Account,
  events: Events | undefined,
): void {
  if ('event' in message) {
    events?.hear(message.event);
    return;
  }
  if ('row' in message) {
    sightings.merge(message.row, message.isPublished);
    return;
  }
  if ('watched' in message || 'look' in message) {
    hearWatched(watched, message);
    return;
  }
  const { version } = message;
  cache.merge(version);
  if (version.isCurrent) return;
  // Another replica's write.
  related.awsSummaries.drop(version.id);
  written?.note(version.id, version.date);
}
