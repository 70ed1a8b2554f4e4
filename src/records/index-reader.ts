/** How the index reads AWS: all opportunities once, and then what has changed. */
import { calendar } from '../clock.ts';
import { earlierKey, instantKey, instantOfKey } from '../domain/instants.ts';
import { Fault } from '../fault.ts';
import { idsPerCall } from '../upstream/operations.ts';
import type { Send } from '../upstream/send.ts';
import { type OpportunitySummary, summariesOf } from '../upstream/wire.ts';
import { inParts } from './batches.ts';
import { type OpportunityIndex, positionOf } from './opportunity-index.ts';
import { maxLagMs, type Sightings } from './sightings.ts';

/** AWS's largest page. */
const maxResults = 100;
/** The most pages of changes that are read at once: more than a day's quota. */
const maxPages = 100_000;
/** AWS may round dates where it compares them. */
export const roundingMs = 1_000;
/** How far the clock of this machine may be ahead of AWS's; AWS refuses signatures that differ by more than five minutes. */
const maxSkewMs = 600_000;

const withoutEnd = () =>
  new Fault('UPSTREAM_UNAVAILABLE', "AWS's list of opportunities does not end, or repeats itself.");

type PageOfChanges = { summaries: OpportunitySummary[]; isLast: boolean };

/**
 * The opportunities that have changed since an instant, in the order of their dates, page by page. Records move while
 * they are paged through, and AWS's tokens may count them, so each page begins at the date where the last one ended, and a token
 * is used only within one second.
 *
 * @param from the key of the instant
 */
export async function* changesSince(from: string, send: Send): AsyncGenerator<PageOfChanges> {
  const tokens = new Set<string>();
  for (let since = from, nextToken: string | undefined, pages = 0; pages < maxPages; pages++) {
    const page = await send('ListOpportunities', {
      lastModifiedDate: since === '' ? undefined : { afterLastModifiedDate: instantOfKey(since) },
      sort: { sortBy: 'LastModifiedDate', sortOrder: 'ASCENDING' },
      maxResults,
      nextToken,
    });
    const summaries = summariesOf(page);
    yield { summaries, isLast: !page.nextToken };
    if (!page.nextToken) return;
    const last = summaries.reduce((latest, one) => (positionOf(one) > latest ? positionOf(one) : latest), '');
    const next = earlierKey(last, roundingMs);
    if (next > since) {
      since = next;
      nextToken = undefined;
      tokens.clear();
    } else {
      nextToken = page.nextToken;
      if (tokens.has(nextToken)) throw withoutEnd();
      tokens.add(nextToken);
    }
  }
  throw withoutEnd();
}

/** Every opportunity, in an order in which none moves, page by page. */
async function* everything(send: Send): AsyncGenerator<OpportunitySummary[]> {
  const tokens = new Set<string>();
  for (let nextToken: string | undefined; ; ) {
    const page = await send('ListOpportunities', {
      sort: { sortBy: 'CreatedDate', sortOrder: 'ASCENDING' },
      maxResults,
      nextToken,
    });
    yield summariesOf(page);
    nextToken = page.nextToken || undefined;
    if (!nextToken) return;
    if (tokens.has(nextToken)) throw withoutEnd();
    tokens.add(nextToken);
  }
}

export function createIndexReader(index: OpportunityIndex, sightings: Sightings) {
  /** The key of the newest date that a list of changes had, or of when it was first asked for. */
  let newest = '';

  /** Reads what has changed since an instant; the index is complete afterwards if it was before that. @throws Fault */
  async function readSince(from: string, send: Send): Promise<void> {
    const startedAt = calendar.instant();
    let last = newest || from;
    for await (const { summaries } of changesSince(from, send))
      for (const summary of sightings.note(summaries))
        if (positionOf(summary) > last) last = positionOf(summary);
    newest = last;
    index.asOf = startedAt;
  }

  /** Looks up opportunities of which a list did not have all. @throws Fault */
  async function lookUp(ids: readonly string[], send: Send): Promise<void> {
    for (const identifier of inParts(ids, idsPerCall)) {
      const page = await send('ListOpportunities', { identifier, maxResults: idsPerCall });
      if (!page.nextToken) sightings.note(summariesOf(page), { asked: identifier });
    }
  }

  return {
    /** Reads every opportunity: one call for each hundred. @throws Fault */
    async build(send: Send): Promise<void> {
      const before = earlierKey(instantKey(calendar.instant()), maxSkewMs);
      for await (const summaries of everything(send)) sightings.note(summaries);
      // What has changed since may have been listed before.
      await readSince(before, send);
    },

    /** Reads what has changed since the last time, and what may have appeared late: usually one call. @throws Fault */
    poll: (send: Send): Promise<void> => readSince(earlierKey(newest, maxLagMs), send),

    /** Reads every opportunity again, and looks up those that AWS has not listed. @throws Fault */
    async sweep(send: Send): Promise<void> {
      const known = new Set(index.summaries().map(({ id }) => id));
      for await (const summaries of everything(send))
        for (const { id } of sightings.note(summaries)) known.delete(id);
      await lookUp([...known], send);
    },

    /** Looks up again those that were missing. @throws Fault */
    lookUpMissing: (send: Send): Promise<void> => lookUp(sightings.missing(), send),

    /** The key of the newest date that was listed, for the replica that goes on from there. */
    newest: () => newest,
    continueFrom(key: string): void {
      if (key > newest) newest = key;
    },
  };
}

export type IndexReader = ReturnType<typeof createIndexReader>;
