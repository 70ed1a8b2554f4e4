/** Work of an account that outlives a request: bulk jobs and deferred edits. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Account } from '../accounts/account.ts';
import type { Config } from '../config.ts';
import type { ServedAccount } from '../graphql/context.ts';
import type { Jobs } from '../jobs/open.ts';
import { bulkJobsOf, startBulk } from './bulk/start.ts';
import { deferredEditsOf, startDeferred } from './deferred/start.ts';

/** Adds its work to an account. It is carried out once `startWork` is called. */
export const withWork = (config: Config, account: Account, jobs: Jobs): ServedAccount => ({
  ...account,
  jobs,
  bulk: bulkJobsOf(config, account, jobs),
  deferred: deferredEditsOf(jobs),
});

/** Carries out the work of an account, that of earlier processes as well. @returns a function that stops it */
export function startWork(
  config: Config,
  account: ServedAccount,
  schema: GraphQLSchema,
  log: FastifyBaseLogger,
): () => void {
  const stops = [
    startBulk(config, account, schema, log),
    startDeferred(account, schema, { intervalMs: config.syncIntervalMs, log }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
