/** Gateways of one account without HTTP that die at a chosen moment: from then on, nothing that they began is ever answered. */
import { pino } from 'pino';
import { createAccount } from '../src/accounts/account.ts';
import { startIndexKeeper } from '../src/accounts/index-keeper.ts';
import { systemClock } from '../src/clock.ts';
import { readConfig } from '../src/config.ts';
import type { ServedAccount } from '../src/graphql/context.ts';
import { createKeyedRequests } from '../src/jobs/keyed-requests.ts';
import { createLocalQueue } from '../src/jobs/local-queue.ts';
import type { ObservedStore } from '../src/jobs/observed-store.ts';
import type { Jobs } from '../src/jobs/open.ts';
import type { JobStore } from '../src/jobs/store.ts';
import { startBulk } from '../src/resolvers/bulk/start.ts';
import { withWork } from '../src/resolvers/work.ts';
import { createTelemetry, type Telemetry } from '../src/telemetry.ts';
import { createBreaker } from '../src/upstream/breaker.ts';
import { createClient } from '../src/upstream/client.ts';
import { createQuota } from '../src/upstream/quota/governor.ts';
import type { SdkSend } from '../src/upstream/send.ts';
import { gatewaySchema } from './schema.ts';

const schema = gatewaySchema();
const log = pino({ level: 'silent' });
const defaults = { QUOTA_READS_PER_SECOND: '100000', QUOTA_WRITES_PER_SECOND: '100000', INDEX: 'off' };

/**
 * Counts what a process does to the world: each call and each access to the store is two steps, one before and one after.
 * Once it has made so many steps, it is dead.
 */
function createLife(steps: number, onDeath: () => void) {
  let left = steps;
  const died = Promise.withResolvers<void>();
  /** Never resolves in a process that is dead. */
  function step(): Promise<void> {
    if (left-- > 0) return Promise.resolve();
    died.resolve();
    onDeath();
    return new Promise(() => {});
  }
  async function live<T>(work: () => Promise<T>): Promise<T> {
    await step();
    // What has been sent goes on in the world after the death of its sender.
    const [result] = await Promise.allSettled([work()]);
    await step();
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  }
  return { live, died: died.promise };
}

/** A process that dies after some steps. @param store survives it */
export function startMortal(
  store: JobStore,
  emulatorUrl: string,
  steps: number,
  {
    settings = {},
    sweepMs = 20,
    hasIndex = false,
  }: { settings?: Record<string, string>; sweepMs?: number; hasIndex?: boolean } = {},
) {
  const open = new Set<(outcome: string) => void>();
  const { live, died } = createLife(steps, () => {
    for (const end of open) end('ok');
  });
  const config = readConfig({ ...defaults, ...settings, UPSTREAM_ENDPOINT: emulatorUrl });
  const client = createClient({
    region: config.region,
    callsPerSecond: 100,
    endpoint: emulatorUrl,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
  });
  const clock = systemClock;
  const telemetry = createTelemetry(clock);
  /** The dead do not end their spans, for which stopped time would wait. */
  const call: Telemetry['call'] = (...args) => {
    const span = telemetry.call(...args);
    function end(outcome: string): void {
      if (open.delete(end)) span.end(outcome);
    }
    open.add(end);
    return { end };
  };
  const sdkSend: SdkSend = (operation, input, signal) => live(() => client.send(operation, input, signal));
  const account = createAccount(
    {
      name: 'main',
      catalog: config.catalog,
      mayWrite: true,
      sdkSend,
      quota: createQuota(config.quota, clock),
      breaker: createBreaker(log, clock),
      cache: config.cache,
      awsSummaryFreshMs: config.awsSummaryFreshMs,
      hasIndex,
      hasEvents: false,
      syncIntervalMs: config.syncIntervalMs,
    },
    { clock, telemetry: { ...telemetry, call }, audit: () => {} },
  );
  const mortalStore: ObservedStore = {
    canWrite: () => true,
    read: (keys) => live(() => store.read(keys)),
    scan: (prefix, page) => live(() => store.scan(prefix, page)),
    write: (rows) => live(() => store.write(rows)),
  };
  const queue = createLocalQueue({ clock, log });
  const jobs: Jobs = {
    store: mortalStore,
    keyed: createKeyedRequests({
      store: mortalStore,
      clock,
      now: Date.now,
      isShared: false,
      isInMemory: true,
      ttlMs: 86_400_000,
      log,
    }),
    queue: () => queue,
    keptIn: 'memory',
    isAccepted: true,
    ttlMs: 86_400_000,
    drain: async () => {},
    close: async () => {},
  };
  const served: ServedAccount = withWork(config, account, jobs);
  const { index, indexReader } = account;
  let isBuried = false;
  let stopBulk = () => {};
  /** Jobs begin once there is an index: they would wait for it for a second. */
  function begin(): void {
    if (isBuried) return;
    if (index && index.asOf === undefined) setImmediate(begin);
    else stopBulk = startBulk(config, served, schema, log, { sweepMs });
  }
  const stopIndex =
    index && indexReader
      ? startIndexKeeper(
          { ...account, index, indexReader },
          { intervalMs: config.syncIntervalMs, isKeeper: () => true, publish() {}, log },
        )
      : () => {};
  begin();
  return {
    bulk: served.bulk,
    died,
    /** Ends its timers and connections, dead or alive. */
    bury(): void {
      isBuried = true;
      stopBulk();
      stopIndex();
      void queue.close();
      client.close();
    },
  };
}
