/** What all connections have in common. */
import type { PageInfo } from '../generated/schema-types.ts';
import type { Page } from '../records/paging.ts';

type Connection = Pick<Page<unknown>, 'hasNextPage' | 'endCursor'> & { edges: readonly { cursor: string }[] };

/** The `pageInfo` of a connection. AWS's lists can only be paged forward. */
export const pageInfoOf = ({ edges, hasNextPage, endCursor }: Connection): PageInfo => ({
  hasNextPage,
  hasPreviousPage: false,
  startCursor: edges[0]?.cursor ?? null,
  endCursor: endCursor ?? edges.at(-1)?.cursor ?? null,
});
