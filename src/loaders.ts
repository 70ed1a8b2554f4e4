import DataLoader from 'dataloader';
import { backoff, type Clock } from './clock.ts';
import { decodePicklists } from './domain/decode.ts';
import { Fault } from './fault.ts';
import type { OpportunityRecord } from './upstream/records.ts';
import type { Request, Send } from './upstream/send.ts';
import type { Versions } from './versions.ts';

/** Reads an opportunity whole, past the loader's memory; null when AWS knows none. @throws Fault */
export type ReadOpportunity = (id: string) => Promise<OpportunityRecord | null>;

/**
 * The read behind every whole record. AWS can answer with an older version for some seconds after a write: what this
 * process has shown or written already is then taken from its memory, or where it holds only the date, asked for again.
 */
export function createReader(
  send: Send,
  versions: Versions,
  request: Request,
  clock: Clock,
): ReadOpportunity {
  async function get(id: string): Promise<OpportunityRecord | null> {
    try {
      return { ...decodePicklists(await send('GetOpportunity', { identifier: id })), id };
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
      const late = new Fault(
        'UPSTREAM_UNAVAILABLE',
        'AWS still answers with an older version than has been written.',
      );
      const wait = backoff(tries, { first: 100, most: 1_000 }, clock.random());
      if (clock.now() + wait >= request.deadline) throw late;
      await clock.sleep(wait, request.signal).catch(() => {
        throw late;
      });
    }
  };
}

/**
 * The loaders of one request. AWS has no batch get, so a batch is one call per distinct id, side by side; the client's
 * ten connections bound how many at once. What a loader buys is that a request never reads one record twice, and that
 * everything it shows of a record comes from one version.
 */
export function createLoaders(read: ReadOpportunity) {
  return {
    /** An opportunity by its id, whole; null when AWS knows none. */
    opportunity: new DataLoader<string, OpportunityRecord | null>((ids) =>
      Promise.all(ids.map((id) => read(id).catch((error: Error) => error))),
    ),
  };
}
