import DataLoader from 'dataloader';
import type { Clock } from '../clock.ts';
import { decodePicklists } from '../domain/decode.ts';
import { Fault } from '../fault.ts';
import type { Quota } from '../upstream/quota/governor.ts';
import type { OpportunityRecord } from '../upstream/records.ts';
import { backoff } from '../upstream/retry.ts';
import type { Versions } from './cache.ts';
import type { Reader, Reads } from './coalesce.ts';

/** Reads an opportunity whole, past everything that is held; null when AWS knows none. @throws Fault */
export type ReadOpportunity = (id: string) => Promise<OpportunityRecord | null>;

/** What the reads of a request work with. */
export type ReadTools = { reader: Reader; reads: Reads; versions: Versions; quota: Quota; clock: Clock };

/** How often an old answer is asked for again, some seconds in all, before it is believed. */
const mostLagReads = 8;

/**
 * The read behind every whole record. AWS can answer with an older version for some seconds after a write: what this
 * process has shown or written already is then taken from its memory, or where it holds only the date, asked for again.
 *
 * @param isShared whether the call may be one that another request has under way
 */
export function createRead(tools: ReadTools, { isShared }: { isShared: boolean }): ReadOpportunity {
  const { reader, reads, versions, clock } = tools;
  const { send, request } = reader;

  async function get(id: string): Promise<OpportunityRecord | null> {
    try {
      const answer = isShared
        ? await reads.get(id, reader)
        : decodePicklists(await send('GetOpportunity', { identifier: id }));
      return { ...answer, id };
    } catch (error) {
      if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  return async (id) => {
    for (let tries = 1; ; tries++) {
      const record = await get(id);
      if (!versions.isOutdated(id, record?.lastModifiedDate)) {
        if (record) versions.hold(record);
        return record;
      }
      const newest = versions.newest(id);
      if (newest) return newest;
      // What is known is only a date. AWS shows a write within seconds: when it does not, the date was misunderstood.
      if (tries >= mostLagReads) versions.forget(id);
      const late = new Fault(
        'UPSTREAM_UNAVAILABLE',
        'AWS still answers with an older version than has been written.',
      );
      const wait = backoff(tries, { first: 100, most: 1_000 }, clock.random());
      if (clock.now() + wait >= request.deadline) throw late;
      await clock.sleep(wait, reader.signal).catch(() => {
        throw late;
      });
    }
  };
}

const settled = <T>(promise: Promise<T>): Promise<T | Error> => promise.catch((error: Error) => error);

/**
 * The loaders of one request: nothing is read twice in it, and everything it shows of a record comes from one version.
 * AWS has no batch get, so whole records are one call each, side by side; the quota and the client's connections bound how many at
 * once. What is held and current costs nothing, and what is held and may be current is proven twenty to a call.
 */
export function createLoaders(tools: ReadTools) {
  const { reader, reads, versions, quota } = tools;
  const { request } = reader;
  /** One record is as cheap to read as to look up, unless it can share a look-up that must wait for the quota anyway. */
  const isBatchCheaper = (ids: readonly string[]) => ids.length > 1 || quota.isWaitedFor('read');
  const read = createRead(tools, { isShared: true });

  function held(id: string): OpportunityRecord | undefined {
    const record = request.isUncached ? undefined : versions.fresh(id);
    if (record) request.cached += 1;
    return record;
  }

  /** Asks AWS's list for an opportunity; what it shows proves what is held. Undefined where it says nothing of use. */
  async function listed(id: string): Promise<OpportunityRecord | undefined> {
    const summary = await reads.summary(id, reader);
    if (!summary || versions.isOutdated(id, summary.lastModifiedDate)) return undefined;
    versions.prove(id, summary.lastModifiedDate);
    return summary;
  }

  const opportunity = new DataLoader<string, OpportunityRecord | null>(async (ids) => {
    const isProvable = (id: string) =>
      !request.isUncached && !versions.fresh(id) && versions.newest(id) !== undefined;
    const provable = versions.isCaching ? ids.filter(isProvable) : [];
    // Where the proof fails, the record is read.
    if (provable.length > 0 && isBatchCheaper(provable))
      await Promise.all(provable.map((id) => settled(listed(id))));
    return Promise.all(ids.map((id) => held(id) ?? settled(read(id))));
  });

  const summary = new DataLoader<string, OpportunityRecord | null>((ids) =>
    Promise.all(
      ids.map((id) => {
        const record = held(id);
        if (record) return record;
        // What a list does not show, or not yet, the record tells.
        if (!isBatchCheaper(ids)) return settled(opportunity.load(id));
        return settled(listed(id).then((found) => found ?? opportunity.load(id)));
      }),
    ),
  );

  return {
    /** An opportunity by its id, whole; null when AWS knows none. */
    opportunity,
    /** An opportunity by its id, with at least what AWS's list shows of it; null when AWS knows none. */
    summary,
  };
}
