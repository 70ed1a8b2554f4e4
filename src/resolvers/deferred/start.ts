import type { GraphQLSchema } from 'graphql';
import type { Account } from '../../accounts/account.ts';
import { calendar } from '../../clock.ts';
import type { ServedAccount } from '../../graphql/context.ts';
import { createDeferredEdits, type DeferredEdits } from '../../jobs/deferred/edits.ts';
import { type DeferredKeeperOptions, startDeferredKeeper } from '../../jobs/deferred/keeper.ts';
import { createDeferredMetrics } from '../../jobs/deferred/metrics.ts';
import type { Jobs } from '../../jobs/open.ts';
import { createSender } from './sender.ts';

/** The kind of the queue's work. */
const kind = 'deferred';

/** The deferred edits of an account. */
export const deferredEditsOf = ({ store, queue, ttlMs }: Jobs): DeferredEdits =>
  createDeferredEdits({ store, queue: queue(kind), now: calendar.now, ttlMs });

/** Sends deferred edits when AWS allows, unless the account is read-only. Returns a function that stops to look for them. */
export function startDeferred(
  account: Account & ServedAccount,
  schema: GraphQLSchema,
  options: Pick<DeferredKeeperOptions, 'intervalMs' | 'log'>,
): () => void {
  if (!account.mayWrite || !account.jobs.isAccepted) return () => {};
  const metrics = createDeferredMetrics(account.name);
  account.jobs.queue(kind).start(createSender(account, schema, metrics));
  const stop = startDeferredKeeper(account, account.deferred, { ...options, metrics, now: calendar.now });
  return () => {
    stop();
    metrics.stop();
  };
}
