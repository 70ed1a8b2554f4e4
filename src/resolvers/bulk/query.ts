import { badInput, quoted } from '../../domain/bad-input.ts';
import { idForms } from '../../domain/ids.ts';
import type { RowPage } from '../../jobs/bulk/rows.ts';
import { checkFirst } from '../../records/paging.ts';
import { loaderFor } from '../opportunity/query.ts';
import type { Resolvers } from '../types.generated.ts';
import { modelOfItem } from './models.ts';

/** The cursor of a row: what it is sorted by. */
const cursorOf = (position: string | number): string => Buffer.from(String(position)).toString('base64url');

/** @throws Fault BAD_USER_INPUT for a cursor that the list did not return */
function positionOf(cursor: string, form: RegExp): string {
  const position = Buffer.from(cursor, 'base64url').toString();
  if (form.test(position)) return position;
  throw badInput('after', quoted(cursor), 'a cursor that this list returned, such as pageInfo.endCursor');
}

function connectionOf<Item>(
  { items, hasNextPage, end }: RowPage<Item>,
  positionOf: (item: Item) => string | number,
) {
  const edges = items.map((node) => ({ node, cursor: cursorOf(positionOf(node)) }));
  const pageInfo = {
    hasNextPage,
    hasPreviousPage: false,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: end === undefined ? (edges.at(-1)?.cursor ?? null) : cursorOf(end),
  };
  return { edges, nodes: items, pageInfo };
}

export const resolvers: Resolvers = {
  Query: {
    async bulkJob(_root, { id }, { account }) {
      if (!idForms.BulkJob.test(id)) throw badInput('id', quoted(id), "a bulk job's id");
      return (await account.bulk.read(id)) ?? null;
    },
    async bulkJobs(_root, { first, after }, { account }) {
      checkFirst(first);
      const page = await account.bulk.list(first, after ? positionOf(after, idForms.BulkJob) : undefined);
      return connectionOf(page, ({ id }) => id);
    },
  },
  BulkJob: {
    createdBy: ({ caller }) => caller,
    waitingFor: (job, _args, { account }) => account.bulk.waitingFor(job),
    estimatedEnd: (job, _args, { account }) => account.bulk.estimatedEnd(job),
    async items(job, { first, after, outcomes }, { account }) {
      checkFirst(first);
      const start = after ? Number(positionOf(after, /^\d{1,6}$/)) : -1;
      const page = await account.bulk.items(job, { first, after: start, ...(outcomes && { outcomes }) });
      const items = page.items.map((item) => modelOfItem(item, job));
      return connectionOf({ ...page, items }, ({ index }) => index);
    },
  },
  BulkItem: {
    opportunity: ({ id }, _args, { loaders }, info) =>
      id && idForms.Opportunity.test(id) ? loaderFor(info, loaders).load(id) : null,
  },
};
