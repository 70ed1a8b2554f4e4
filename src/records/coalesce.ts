/**
 * Reads that requests share: the same call is not sent twice at once, and look-ups by id that need no more than a
 * summary go out twenty to a call.
 */

import { idsPerCall, summariesOf } from '../domain/cursors.ts';
import { decodePicklists } from '../domain/decode.ts';
import { Fault } from '../fault.ts';
import type { Input } from '../upstream/operations.ts';
import type { ListPage, OpportunityRecord } from '../upstream/records.ts';
import type { Request, Send } from '../upstream/send.ts';
import type { Versions } from './cache.ts';

/** A request that reads: how it sends, and until when anybody waits for what it reads. */
export type Reader = { send: Send; request: Request; signal: AbortSignal };

/** How much longer a request must have than the one it joined, to try again where that one has failed. */
const worthwhileMs = 1_000;

/** A read under way, on behalf of the request that began it. */
type Shared<T> = { answer: Promise<T>; by: Reader };

/** The answer, or the signal's reason if that comes first. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () =>
      reject(new Fault('UPSTREAM_UNAVAILABLE', 'AWS did not answer before the request ended.'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Look-ups that go out as one call, and the callers who wait for it. Until it goes out it takes more. */
type Batch = { ids: Set<string>; callers: Set<string>; isOut: boolean } & Shared<
  Map<string, OpportunityRecord>
>;

export function createReads(versions: Versions) {
  const underWay = new Map<string, Shared<unknown>>();
  const batches = new Set<Batch>();

  /** Joins what another request has begun. When that fails for the other's sake alone, this one tries by itself. */
  async function join<T>({ answer, by }: Shared<T>, reader: Reader, again: () => Promise<T>): Promise<T> {
    try {
      return await unlessAborted(answer, reader.signal);
    } catch (error) {
      const hasMoreTime = reader.request.deadline - by.request.deadline > worthwhileMs;
      const isAlone = by !== reader && by.signal.aborted; // who began it has gone
      const mayHelp = isAlone || (hasMoreTime && error instanceof Fault && error.isTransient);
      if (mayHelp && !reader.signal.aborted) return again();
      throw error;
    }
  }

  /** The answer to a call that may be under way already. `key` says which call it is. */
  function share<T>(key: string, reader: Reader, call: () => Promise<T>): Promise<T> {
    const again = () => share(key, reader, call);
    const running = underWay.get(key) as Shared<T> | undefined;
    if (running) return join(running, reader, again);
    const answer = call().finally(() => underWay.delete(key));
    underWay.set(key, { answer, by: reader });
    return answer;
  }

  function openBatch(reader: Reader): Batch {
    const ids = new Set<string>();
    const callers = new Set<string>();
    // The input is asked for when the call goes out: what comes while it waits for its turn still gets on.
    const input = () => {
      opened.isOut = true;
      return { identifier: [...ids], maxResults: idsPerCall };
    };
    const ask = async () => {
      try {
        const page = await reader.send('ListOpportunities', input, callers);
        return new Map(summariesOf(page).map((summary) => [summary.id, decodePicklists(summary)]));
      } finally {
        batches.delete(opened);
      }
    };
    const opened: Batch = { ids, callers, isOut: false, by: reader, answer: Promise.resolve().then(ask) };
    opened.answer.catch(() => {}); // whoever joins hears of a failure; nobody else needs to
    batches.add(opened);
    return opened;
  }

  /** The batch that has an opportunity already, or else takes one more. */
  function batchFor(id: string, reader: Reader): Batch {
    const all = [...batches];
    const hasRoom = ({ ids, isOut }: Batch) => !isOut && ids.size < idsPerCall;
    return all.find(({ ids }) => ids.has(id)) ?? all.find(hasRoom) ?? openBatch(reader);
  }

  return {
    /** A whole record as AWS has it. @throws Fault NOT_FOUND and others */
    get: (id: string, reader: Reader) =>
      share(`GetOpportunity ${id}`, reader, async () =>
        decodePicklists(await reader.send('GetOpportunity', { identifier: id })),
      ),

    /** A page of AWS's list, or one that was read a moment ago. What it shows proves what is held. */
    list(input: Input<'ListOpportunities'>, reader: Reader): Promise<ListPage> {
      const { request } = reader;
      const key = versions.pageKey(input);
      const held = request.isUncached ? undefined : versions.freshPage(key);
      if (held) {
        request.cached += 1;
        return Promise.resolve(held);
      }
      return share(`ListOpportunities ${key}`, reader, async () => {
        const answer = await reader.send('ListOpportunities', input);
        const summaries = summariesOf(answer).map(decodePicklists);
        const page = { ...answer, opportunitySummaries: summaries };
        // A list can lag behind: what is older than what is known proves nothing, and is not shown again.
        const current = summaries.filter(
          ({ id, lastModifiedDate }) => !versions.isOutdated(id, lastModifiedDate),
        );
        for (const { id, lastModifiedDate } of current) versions.prove(id, lastModifiedDate);
        if (current.length === summaries.length) versions.holdPage(key, page);
        return page;
      });
    },

    /** What a list shows of an opportunity; undefined when it shows none. */
    async summary(id: string, reader: Reader): Promise<OpportunityRecord | undefined> {
      const joined = batchFor(id, reader);
      joined.ids.add(id);
      joined.callers.add(reader.request.caller);
      const again = async () =>
        new Map(
          [[id, await this.summary(id, reader)]].filter(([, found]) => found) as [
            string,
            OpportunityRecord,
          ][],
        );
      return (await join(joined, reader, again)).get(id);
    },
  };
}

export type Reads = ReturnType<typeof createReads>;
