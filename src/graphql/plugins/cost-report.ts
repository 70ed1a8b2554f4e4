/** Reports the upstream cost in each response: AWS's quota is small, and callers should see what they use. */
import { type Operation, operationFacts } from '../../upstream/operations.ts';
import { secondsFor } from '../../upstream/quota/estimate.ts';
import type { CallClass } from '../../upstream/quota/windows.ts';
import type { Context } from '../context.ts';
import type { Step } from './in-sequence.ts';

/** The AWS calls that a request has made, by quota class; each attempt counts. */
export function callsOf({ request }: Pick<Context, 'request'>) {
  const count: Partial<Record<CallClass, number>> = {};
  for (const [operation, calls] of Object.entries(request.calls)) {
    const { callClass } = operationFacts[operation as Operation];
    count[callClass] = (count[callClass] ?? 0) + calls;
  }
  return count;
}

/** The calls of all classes. */
export const totalOf = (calls: ReturnType<typeof callsOf>): number =>
  Object.values(calls).reduce((sum, made) => sum + made, 0);

/** The cost report of a request, for `extensions.upstream`. */
function reportOf(context: Context) {
  const { request, quota } = context;
  return {
    calls: request.calls,
    cached: request.cached,
    waitedMs: Math.round(request.waitedMs),
    quota: {
      read: { perSecond: quota.perSecond.read, remaining24h: quota.remaining24h('read') },
      write: { perSecond: quota.perSecond.write, remaining24h: quota.remaining24h('write') },
    },
  };
}

/**
 * Sets the header `X-Upstream-Calls` to the number of upstream calls. `inExtensions` adds `extensions.upstream`: calls by
 * operation, cached records, milliseconds waited, and the remaining quota. A dry run returns its estimate only.
 */
export function costReport({ inExtensions }: { inExtensions: boolean }): Step {
  return {
    willSendResponse({ response, contextValue }) {
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
          limit: request.maxCalls,
        };
        response.body.singleResult = { data: null, extensions: { upstream: { dryRun } } };
      } else if (inExtensions)
        singleResult.extensions = { ...singleResult.extensions, upstream: reportOf(contextValue) };
      response.http.headers.set('x-upstream-calls', String(request.isDryRun ? 0 : totalOf(count)));
    },
  };
}
