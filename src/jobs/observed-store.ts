/** A store whose failures are counted and logged, and whether it can be written, for those who report on work. */
import { statSync } from 'node:fs';
import { metrics } from '@opentelemetry/api';
import type { Clock } from '../clock.ts';
import { type JobStore, StoreUnavailable } from './store.ts';

type Operation = keyof JobStore;

/** A disk that is nearly full takes some writes and refuses others: its failures are not logged more often. */
const reportEveryMs = 60_000;

export type ObservedStore = JobStore & {
  /** False from a write that failed until one succeeds. */
  canWrite(): boolean;
};

export type ObserveOptions = {
  /** Where the state is, as an attribute of the metrics. */
  keptIn: 'memory' | 'file' | 'redis';
  clock: Pick<Clock, 'now'>;
  log: { info(message: string): void; error(details: object, message: string): void };
};

/** The bytes of a file and of SQLite's log beside it; those that do not exist have none. */
const bytesOf = (file: string): number =>
  [file, `${file}-wal`].reduce(
    (sum, name) => sum + (statSync(name, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

/** Not before OpenTelemetry's SDK is registered. */
const meter = () => metrics.getMeter('partner-central-graphql');

/** Reports how large the file of a store is. */
export function watchFile(file: string): void {
  meter()
    .createObservableGauge('partner_central.jobs.store.size', {
      unit: 'By',
      description: 'Bytes of the file of JOBS_FILE and its write-ahead log.',
    })
    .addCallback((result) => result.observe(bytesOf(file), { store: 'file' }));
}

export function observeStore(store: JobStore, { keptIn, clock, log }: ObserveOptions): ObservedStore {
  const errors = meter().createCounter('partner_central.jobs.store.errors', {
    description: 'Failed accesses to the store of jobs, by where it is and operation: read, scan, write.',
  });
  for (const operation of ['read', 'scan', 'write']) errors.add(0, { store: keptIn, operation });
  let canWrite = true;
  let isReported = false;
  let reportedAt = Number.NEGATIVE_INFINITY;

  function report(operation: Operation, { message: reason }: StoreUnavailable): void {
    if (isReported || clock.now() - reportedAt < reportEveryMs) return;
    log.error({ store: keptIn, operation, reason }, 'jobs store failed: jobs wait');
    isReported = true;
    reportedAt = clock.now();
  }

  async function observed<T>(operation: Operation, access: () => Promise<T>): Promise<T> {
    try {
      const result = await access();
      if (operation === 'write') {
        canWrite = true;
        if (isReported) log.info('jobs store available again: jobs continue');
        isReported = false;
      }
      return result;
    } catch (error) {
      errors.add(1, { store: keptIn, operation });
      if (operation === 'write') canWrite = false;
      if (error instanceof StoreUnavailable) report(operation, error);
      throw error;
    }
  }

  return {
    read: (keys) => observed('read', () => store.read(keys)),
    scan: (prefix, page) => observed('scan', () => store.scan(prefix, page)),
    write: (rows) => observed('write', () => store.write(rows)),
    canWrite: () => canWrite,
  };
}
