/** Brings a change into the cache, and with it onto every screen. */
import type { ApolloClient } from '@apollo/client';
import { placeDeal } from '../board/documents.ts';
import type { ChangeFragment } from '../gql/graphql.ts';
import { dealFragment } from '../shell/deal.ts';
import { Version } from './documents.ts';

/** Queries that the gateway's index answers, at no upstream call. */
const derived = ['Attention', 'AttentionGroup', 'Totals'];
const pauseMs = 2_000;
let isWaiting = false;

/** Reads counts, sums and the attention list again, once for all changes of two seconds, if they are on the page. */
function refreshDerived(client: ApolloClient): void {
  if (isWaiting) return;
  isWaiting = true;
  setTimeout(() => {
    isWaiting = false;
    for (const query of client.getObservableQueries())
      if (derived.includes(query.queryName ?? '')) void query.refetch();
  }, pauseMs);
}

/**
 * Replaces a record in the cache, unless the cache has this version or a newer one: a late change never overwrites what was
 * saved since. What the change does not contain is removed with the old version, so a page that shows it reads it again.
 */
export function applyChange(client: ApolloClient, change: ChangeFragment): void {
  refreshDerived(client);
  const { cache } = client;
  const id = cache.identify({ __typename: 'Opportunity', id: change.id });
  if (!id) return;
  const known = cache.readFragment({ id, fragment: Version })?.lastModifiedDate;
  if (known && Date.parse(known) >= Date.parse(change.lastModifiedDate) && change.kind !== 'LOST') return;
  cache.batch({
    update(records) {
      records.evict({ id });
      const { opportunity } = change;
      if (!opportunity) return;
      records.writeFragment({ id, fragment: dealFragment, fragmentName: 'deal', data: opportunity });
      placeDeal(records, opportunity);
    },
  });
}
