/** What all connections have in common. */
import type { PageInfo } from '../generated/schema-types.ts';

type Connection = { edges: readonly { cursor: string }[]; hasNextPage: boolean };

/** The `pageInfo` of a connection. AWS's lists can only be paged forward. */
export const pageInfoOf = ({ edges, hasNextPage }: Connection): PageInfo => ({
  hasNextPage,
  hasPreviousPage: false,
  startCursor: edges[0]?.cursor ?? null,
  endCursor: edges.at(-1)?.cursor ?? null,
});
