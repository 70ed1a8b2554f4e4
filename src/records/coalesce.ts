/**
 * Reads that requests share: the same call is not sent twice at once, and look-ups by id that need no more than a
 * summary go out twenty to a call.
 */
import { Fault } from '../fault.ts';
import { type Input, idsPerCall } from '../upstream/operations.ts';
import type { Send, UpstreamRequest } from '../upstream/send.ts';
import type { ListPage, OpportunityRecord, OpportunitySummary } from '../upstream/wire.ts';
import type { RecordCache } from './cache.ts';

/** One request's way to AWS: how it sends, and until when it waits for what it reads. */
export type RequestScope = { send: Send; request: UpstreamRequest; signal: AbortSignal };

/** How much longer a request must have than the one it joined, to try again where that one has failed. */
const worthwhileMs = 1_000;

/** A read in flight, and the request that began it. */
type InFlight<T> = { answer: Promise<T>; by: RequestScope };

/** Look-ups that go out as one call, and the callers who wait for it. Until it goes out it takes more. */
type Batch = { ids: Set<string>; callers: Set<string>; isOut: boolean } & InFlight<
  Map<string, OpportunitySummary>
>;

/** What a page shows. */
export const summariesOf = (page: ListPage) => (page.opportunitySummaries ?? []) as OpportunitySummary[];

/** The answer, or a fault as soon as the signal is aborted. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () =>
      reject(new Fault('UPSTREAM_UNAVAILABLE', 'AWS did not answer before the request ended.'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

export function createCoalescer(cache: RecordCache) {
  const inFlight = new Map<string, InFlight<unknown>>();
  const batches = new Set<Batch>();

  /** Joins what another request has begun. When that fails for the other's sake alone, this one tries by itself. */
  async function join<T>(
    { answer, by }: InFlight<T>,
    scope: RequestScope,
    retry: () => Promise<T>,
  ): Promise<T> {
    try {
      return await unlessAborted(answer, scope.signal);
    } catch (error) {
      const hasMoreTime = scope.request.deadline - by.request.deadline > worthwhileMs;
      const isAbandoned = by !== scope && by.signal.aborted; // whoever began it has disconnected
      const mayHelp =
        isAbandoned ||
        (hasMoreTime && error instanceof Fault && (error.isTransient || error.isDeadlineBound));
      if (mayHelp && !scope.signal.aborted) return retry();
      throw error;
    }
  }

  /** The answer to a call that may be in flight already. `key` says which call it is. */
  function coalesce<T>(key: string, scope: RequestScope, call: () => Promise<T>): Promise<T> {
    const retry = () => coalesce(key, scope, call);
    const running = inFlight.get(key) as InFlight<T> | undefined;
    if (running) return join(running, scope, retry);
    const answer = call().finally(() => inFlight.delete(key));
    inFlight.set(key, { answer, by: scope });
    return answer;
  }

  function openBatch(scope: RequestScope): Batch {
    const ids = new Set<string>();
    const callers = new Set<string>();
    // The input is asked for when the call goes out: what comes while it waits for the quota is still included.
    const input = () => {
      opened.isOut = true;
      return { identifier: [...ids], maxResults: idsPerCall };
    };
    const ask = async () => {
      try {
        const page = await scope.send('ListOpportunities', input, callers);
        return new Map(summariesOf(page).map((summary) => [summary.id, summary]));
      } finally {
        batches.delete(opened);
      }
    };
    const opened: Batch = { ids, callers, isOut: false, by: scope, answer: Promise.resolve().then(ask) };
    opened.answer.catch(() => {}); // whoever joins hears of a failure; no one else needs to
    batches.add(opened);
    return opened;
  }

  /** The batch that has an opportunity already, or else takes one more. */
  function batchFor(id: string, scope: RequestScope): Batch {
    const all = [...batches];
    const hasRoom = ({ ids, isOut }: Batch) => !isOut && ids.size < idsPerCall;
    return all.find(({ ids }) => ids.has(id)) ?? all.find(hasRoom) ?? openBatch(scope);
  }

  /** What a list shows of an opportunity; undefined when it shows none. */
  async function summary(id: string, scope: RequestScope): Promise<OpportunitySummary | undefined> {
    const batch = batchFor(id, scope);
    batch.ids.add(id);
    batch.callers.add(scope.request.caller);
    const wanted = { answer: batch.answer.then((found) => found.get(id)), by: batch.by };
    return join(wanted, scope, () => summary(id, scope));
  }

  return {
    /** A whole record as AWS has it. @throws Fault NOT_FOUND and others */
    get: (id: string, scope: RequestScope): Promise<OpportunityRecord> =>
      coalesce(`GetOpportunity ${id}`, scope, () => getRecord(id, scope.send)),

    /** A page of AWS's list, or one that was read a moment ago. What it shows revalidates what is cached. */
    list(input: Input<'ListOpportunities'>, scope: RequestScope): Promise<ListPage> {
      const { request } = scope;
      const key = cache.pageKey(input);
      const cached = request.isUncached ? undefined : cache.getFreshPage(key);
      if (cached) {
        request.cached += 1;
        return Promise.resolve(cached);
      }
      return coalesce(`ListOpportunities ${key}`, scope, async () => {
        const page = await scope.send('ListOpportunities', input);
        const summaries = summariesOf(page);
        // A list can lag behind: what is older than what is known proves nothing, and is not answered again.
        const current = summaries.filter(
          ({ id, lastModifiedDate }) => !cache.isOutdated(id, lastModifiedDate),
        );
        for (const { id, lastModifiedDate } of current) cache.revalidate(id, lastModifiedDate);
        if (current.length === summaries.length) cache.putPage(key, page);
        return page;
      });
    },

    summary,
  };
}

export type Coalescer = ReturnType<typeof createCoalescer>;

/** A whole record, read by a call of its own. @throws Fault NOT_FOUND and others */
export async function getRecord(id: string, send: Send): Promise<OpportunityRecord> {
  // The only place where an answer becomes a record: GetOpportunity answers it whole.
  return { ...((await send('GetOpportunity', { identifier: id })) as OpportunityRecord), id };
}
