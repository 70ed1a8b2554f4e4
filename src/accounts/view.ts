/** Row-level views of an account: what each caller sees of it. */
import { isInView, type View } from '../domain/view.ts';
import type { OpportunityIndex } from '../records/opportunity-index.ts';
import type { WatchedParts } from '../records/watched.ts';
import type { ViewRule } from '../settings/accounts.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';
import type { Account } from './account.ts';
import { type Claims, claimValues } from './claims.ts';

/** The most prefixes that a view has: each opportunity is compared with them. */
const maxPrefixes = 100;

/**
 * The view of a caller. Without a fitting value of the claim it is empty. A prefix that begins with another one is left out, and so are
 * those beyond the limit, the last ones in their order.
 */
export function viewOf({ claim, prefixes }: ViewRule, claims: Claims): View {
  const values = claimValues(claims, claim);
  const own = prefixes
    ? values.flatMap((value) => (Object.hasOwn(prefixes, value) ? (prefixes[value] ?? []) : []))
    : values;
  const sorted = [...new Set(own)].sort();
  const shortest: string[] = [];
  for (const prefix of sorted) {
    // What begins with a prefix directly follows it in this order.
    const last = shortest.at(-1);
    if (last === undefined || !prefix.startsWith(last)) shortest.push(prefix);
  }
  return { prefixes: shortest.slice(0, maxPrefixes) };
}

/** The member of an index that changes. A getter in a literal would be kept for each request, far longer than it lasts. */
class Current implements Pick<OpportunityIndex, 'asOf'> {
  private readonly index: OpportunityIndex;

  constructor(index: OpportunityIndex) {
    this.index = index;
  }

  get asOf() {
    return this.index.asOf;
  }
}

function indexIn(index: OpportunityIndex, view: View): OpportunityIndex {
  const sees = (summary: OpportunitySummary) => isInView(view, summary);
  const summaries = () => index.summaries().filter(sees);
  const { asOf: _, ...others } = index;
  return Object.assign(new Current(index), {
    ...others,
    get(id: string) {
      const row = index.get(id);
      return row && sees(row.summary) ? row : undefined;
    },
    summaries,
    inOrder: () => index.inOrder().filter(({ summary }) => sees(summary)),
    from: (key: Parameters<OpportunityIndex['from']>[0]) =>
      index.from(key).filter(({ summary }) => sees(summary)),
    idOf: (identifier: string) =>
      isInView(view, { partnerOpportunityIdentifier: identifier }) ? index.idOf(identifier) : undefined,
    size: () => summaries().length,
  });
}

/** Invitations and leads have no identifier of the partner's. Of submissions only those are reported whose opportunity is in the index. */
const watchedIn = (watched: WatchedParts): WatchedParts => ({
  ...watched,
  get: (part) => (part === 'submissions' ? watched.get(part) : undefined),
});

/**
 * The same account for a caller who sees a part of it: what the index and the changes have of the rest is not there. Records are
 * filtered where they are read, see `Viewer`.
 */
export function accountIn<A extends Account>(account: A, view: View): A {
  const { changes, index, watched } = account;
  return {
    ...account,
    changes: {
      ...changes,
      listen: (listener) =>
        changes.listen((change) => {
          if (change.type !== 'Opportunity' || isInView(view, change.summary)) listener(change);
        }),
    },
    index: index && indexIn(index, view),
    watched: watchedIn(watched),
  };
}
