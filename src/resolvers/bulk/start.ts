/** Bulk jobs of an account, wired together with the graph that carries out their items. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Account } from '../../accounts/account.ts';
import { calendar } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { ServedAccount } from '../../graphql/context.ts';
import { type BulkJobs, createBulkJobs } from '../../jobs/bulk/jobs.ts';
import { createBulkMetrics } from '../../jobs/bulk/metrics.ts';
import { createJobQuota } from '../../jobs/bulk/quota.ts';
import { startBulkWorker, type WorkerOptions } from '../../jobs/bulk/worker.ts';
import type { Jobs } from '../../jobs/open.ts';
import { createExportTurn } from './export-turn.ts';
import { createPerformer } from './performer.ts';

/** The bulk jobs of an account. They are carried out once `startBulk` is called. */
export const bulkJobsOf = (config: Config, account: Account, jobs: Jobs): BulkJobs =>
  createBulkJobs({
    store: jobs.store,
    queue: jobs.queue('bulk'),
    now: calendar.now,
    ttlMs: jobs.ttlMs,
    quota: createJobQuota(config, account.quota).writes,
  });

/** Carries out the bulk jobs of an account, those of earlier processes as well. @returns a function that stops it */
export function startBulk(
  config: Config,
  account: ServedAccount,
  schema: GraphQLSchema,
  log: FastifyBaseLogger,
  { sweepMs }: Pick<WorkerOptions, 'sweepMs'> = {},
): () => void {
  const { clock, jobs, bulk, quota } = account;
  if (!jobs.isAccepted) return () => {};
  const performer = createPerformer({
    account,
    schema,
    hasQuota: createJobQuota(config, quota).hasLeft,
    log,
  });
  const metrics = createBulkMetrics(account.name);
  const stop = startBulkWorker({
    jobs: bulk,
    queue: jobs.queue('bulk'),
    performer,
    turns: { EXPORT: createExportTurn(account, schema) },
    clock,
    ...(sweepMs !== undefined && { sweepMs }),
    now: calendar.now,
    log,
    metrics,
  });
  return () => {
    stop();
    metrics.stop();
  };
}
