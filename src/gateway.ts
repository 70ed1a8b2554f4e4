/** The parts of a gateway, wired together from its configuration. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { type Account, createAccount, type Runtime } from './accounts/account.ts';
import { auditLog } from './accounts/audit.ts';
import { type KeeperOptions, startIndexKeeper } from './accounts/index-keeper.ts';
import { hearWatched } from './accounts/watcher.ts';
import { calendar, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { type EventSource, type Events, type LocalEvents, startEvents } from './events/start.ts';
import { createSchema } from './graphql/schema.ts';
import { createTrustedDocuments } from './graphql/trusted-documents.ts';
import { startServer } from './http/server.ts';
import { openJobs } from './jobs/open.ts';
import type { IndexShare } from './records/index-share.ts';
import type { OpportunityIndex } from './records/opportunity-index.ts';
import type { ReplicaMessage, VersionEvent } from './records/replication.ts';
import { dependOnRecordOnly, resolverMaps } from './resolvers/index.ts';
import { startWork, withWork } from './resolvers/work.ts';
import { createTelemetry } from './telemetry.ts';
import { createBreaker } from './upstream/breaker.ts';
import type { Client } from './upstream/client.ts';
import { openQueue } from './upstream/queue.ts';
import { createQuota } from './upstream/quota/governor.ts';
import { shareOf } from './upstream/quota/windows.ts';

/** A running gateway. */
export type Gateway = {
  /** The base URL, without a path. */
  url: string;
  /** Replaces the manifest of trusted documents, for requests that start from now on. */
  replaceDocuments(manifest: ReadonlyMap<string, string>): void;
  /** Accepts no more requests, lets those in flight finish, and releases all resources. */
  stop(): Promise<void>;
};

/** The account's name in keys, cursors, metrics and the log, as long as there is only one. */
const onlyAccount = 'main';

let built: GraphQLSchema | undefined;

/** The schema, which all gateways of a process share. */
const schema = (): GraphQLSchema => (built ??= createSchema(resolverMaps, dependOnRecordOnly));

/** The parts that use Redis. They are loaded only where it is configured, since that takes time. */
async function loadShared() {
  const [{ createSharedQuota }, { createReplication }, { createIndexShare }] = await Promise.all([
    import('./upstream/quota/shared.ts'),
    import('./records/replication.ts'),
    import('./records/index-share.ts'),
  ]);
  return { createSharedQuota, createReplication, createIndexShare };
}

/** Where an account's events come from: a queue, or else an emulator in this process. */
async function eventSourceOf(
  { events, region }: Config,
  { credentials }: Client,
  localEvents: LocalEvents | undefined,
): Promise<EventSource | undefined> {
  if (!events) return localEvents;
  return { accountId: events.accountId, queue: await openQueue(events.queueUrl, { credentials, region }) };
}

/** Creates an account, with Redis for what replicas share, and receives its events. */
async function openAccount(
  config: Config,
  client: Client,
  log: FastifyBaseLogger,
  runtime: Runtime,
  localEvents: LocalEvents | undefined,
) {
  const { redisUrl: url, replicas, catalog, mayWrite, awsSummaryFreshMs, hasIndex, syncIntervalMs } = config;
  const { clock, telemetry } = runtime;
  const name = onlyAccount;
  const redis = url && {
    ...(await loadShared()),
    options: { url, log, name: `partner-central-graphql:${name}:${catalog}` },
  };
  const quota = redis
    ? redis.createSharedQuota(config.quota, { ...redis.options, replicas, clock })
    : createQuota(shareOf(config.quota, replicas), clock);
  const replication = redis
    ? redis.createReplication({ ...redis.options, clock, onIgnored: () => telemetry.ignoredMessage(name) })
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
  const eventSource = await eventSourceOf(config, client, localEvents);
  const account = createAccount(
    {
      name,
      catalog,
      mayWrite,
      sdkSend: client.send,
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
  const unwatch = telemetry.watch(name, () => ({
    remaining: quota.remaining24h(),
    waiting: quota.waiting(),
    isSuspended: breaker.isOpen(),
    index: account.index && stateOf(account.index, startedAt),
  }));

  const stopIndex = startIndex(account, share, {
    intervalMs: syncIntervalMs,
    log,
    publish: (message) => replication?.publish(message),
  });

  async function close(): Promise<void> {
    await events?.stop();
    unwatch();
    stopIndex();
    quota.close();
    await replication?.close();
  }
  return { account, close };
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

/**
 * Starts a gateway on an AWS client; resolves once it is listening. The caller closes the client.
 *
 * @param localEvents the events of an upstream in this process, if no queue has them
 * @param plansFromUse for tests, see `Executed`
 * @throws the listening socket's error, such as `EADDRINUSE`
 */
export async function startGateway(
  config: Config,
  client: Client,
  log: FastifyBaseLogger,
  localEvents?: LocalEvents,
  plansFromUse?: number,
): Promise<Gateway> {
  const runtime = { clock: systemClock, telemetry: createTelemetry(systemClock), audit: auditLog(log) };
  // First, since a file that cannot be used prevents the start.
  const { clock } = runtime;
  const name = `partner-central-graphql:${onlyAccount}:${config.catalog}`;
  const jobs = await openJobs(config, { name, clock, log });
  const { account, close: closeAccount } = await openAccount(config, client, log, runtime, localEvents).catch(
    async (error) => {
      await jobs.close();
      throw error;
    },
  );
  const served = withWork(config, account, jobs);
  let stopWork = () => {};
  const close = async () => {
    stopWork();
    await jobs.close();
    await closeAccount();
  };
  const documents = createTrustedDocuments(config.trustedDocuments.documents);
  try {
    const server = await startServer(
      config,
      { ...runtime, schema: schema(), documents, plansFromUse, accountOf: () => served },
      log,
    );
    stopWork = startWork(config, served, schema(), log);
    return {
      url: server.url,
      replaceDocuments: documents.replace,
      async stop() {
        stopWork();
        await Promise.all([server.stop(), jobs.drain()]);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
