/** What an answer says of its cost: AWS's quota is small, and who spends it should see it. */
import type { ApolloServerPlugin } from '@apollo/server';
import { facts, type Operation } from '../../upstream/operations.ts';
import { secondsFor } from '../../upstream/quota/estimate.ts';
import type { Context } from '../context.ts';

/** The tries that went out to AWS for a request, by class of the quota. */
export function callsOf({ request }: Pick<Context, 'request'>) {
  const count = { read: 0, write: 0 };
  for (const [operation, calls] of Object.entries(request.calls))
    count[facts[operation as Operation].callClass] += calls;
  return count;
}

/** The cost report of a request, for `extensions.upstream`. */
function reportOf(context: Context) {
  const { request, quota } = context;
  const left = quota.remaining24h();
  return {
    calls: request.calls,
    cached: request.cached,
    waitedMs: Math.round(request.waitedMs),
    quota: {
      read: { perSecond: quota.perSecond.read, remaining24h: left.read },
      write: { perSecond: quota.perSecond.write, remaining24h: left.write },
    },
  };
}

/**
 * Puts the number of upstream calls into the header `X-Upstream-Calls`, and, if `inExtensions`, the whole report into
 * `extensions.upstream`: calls by operation, records that cost none, milliseconds waited, and what is left of the quota.
 * A dry run is answered with its estimate and nothing else.
 */
export function costReport({ inExtensions }: { inExtensions: boolean }): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const count = callsOf(contextValue);
          const { request, quota } = contextValue;
          const wasPlanned = request.isDryRun && 'data' in singleResult;
          if (wasPlanned) {
            const dryRun = {
              calls: request.calls,
              cached: request.cached,
              seconds: secondsFor(count, quota),
            };
            response.body.singleResult = { data: null, extensions: { upstream: { dryRun } } };
          } else if (inExtensions)
            singleResult.extensions = { ...singleResult.extensions, upstream: reportOf(contextValue) };
          response.http.headers.set(
            'x-upstream-calls',
            String(request.isDryRun ? 0 : count.read + count.write),
          );
        },
      };
    },
  };
}
