import { badInput } from '../domain/bad-input.ts';
import { maxPageSize } from '../domain/cursors.ts';
import { changeOf } from '../records/sightings.ts';
import { opportunityOf } from './opportunity/query.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    async opportunityChanges(_root, { since, first, filter }, { feed }) {
      if (first < 1 || first > maxPageSize) throw badInput('first', String(first), `1 to ${maxPageSize}`);
      const { rows, cursorAfter, hasMore, asOf } = await feed.changes(since, first, filter);
      const changes = rows.map((row, index) => ({
        ...changeOf(row),
        cursor: () => cursorAfter(index + 1),
      }));
      return { changes, cursor: cursorAfter(rows.length), hasMore, asOf };
    },
  },

  OpportunityChange: {
    changedFields: ({ changedFields }) => (changedFields ? [...changedFields] : null),
    opportunity: ({ kind, summary }, _args, context, info) =>
      kind === 'LOST' ? null : opportunityOf(summary, context, info),
    cursor: ({ cursor }) => cursor(),
  },
};
