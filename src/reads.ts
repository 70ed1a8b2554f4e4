/**
 * Reads that requests share: the same call is not sent twice at once, and look-ups by id that need no more than a
 * summary go out twenty to a call.
 */
import { idsPerCall } from './domain/pages.ts';
import { Fault } from './fault.ts';
import type { ListPage, OpportunityRecord } from './upstream/records.ts';
import type { Request, Send } from './upstream/send.ts';

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

/** A batch of look-ups that still takes more, until its call goes out. */
type Batch = { ids: Set<string> } & Shared<Map<string, OpportunityRecord>>;

export function createReads() {
  const underWay = new Map<string, Shared<unknown>>();
  let batch: Batch | undefined;

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
    const opened: Batch = {
      ids,
      by: reader,
      // The input is asked for when the call goes out: what comes while it waits for its turn still gets on.
      answer: Promise.resolve().then(async () => {
        const page = await reader.send('ListOpportunities', () => {
          if (batch === opened) batch = undefined;
          return { identifier: [...ids], maxResults: idsPerCall };
        });
        return new Map(
          (page.opportunitySummaries ?? []).map((summary) => [
            summary.id ?? '',
            summary as OpportunityRecord,
          ]),
        );
      }),
    };
    // Whoever joins hears of a failure; nobody else needs to.
    opened.answer.catch(() => {
      if (batch === opened) batch = undefined;
    });
    return opened;
  }

  return {
    /** A whole record as AWS has it. @throws Fault NOT_FOUND and others */
    get: (id: string, reader: Reader) =>
      share(`GetOpportunity ${id}`, reader, () => reader.send('GetOpportunity', { identifier: id })),

    /** A page of AWS's list. */
    list: (input: Parameters<typeof listKey>[0], reader: Reader): Promise<ListPage> =>
      share(listKey(input), reader, () => reader.send('ListOpportunities', input)),

    /** What a list shows of an opportunity; undefined when it shows none. */
    async summary(id: string, reader: Reader): Promise<OpportunityRecord | undefined> {
      if (!batch || (batch.ids.size >= idsPerCall && !batch.ids.has(id))) batch = openBatch(reader);
      const joined = batch;
      joined.ids.add(id);
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

function listKey(input: Parameters<Send>[1] & object): string {
  return `ListOpportunities ${JSON.stringify(input)}`;
}

export type Reads = ReturnType<typeof createReads>;
