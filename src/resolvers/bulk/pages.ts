/** The stored items of a job as its files need them: page by page, and all of them. */
import type { GraphQLSchema } from 'graphql';
import type { BulkItemOutcome } from '../../generated/schema-types.ts';
import type { BulkJobs } from '../../jobs/bulk/jobs.ts';
import type { BulkJob, NumberedItem } from '../../jobs/bulk/model.ts';

/** The items that are in memory at a time. */
const itemsPerPage = 100;

export type Download = {
  job: BulkJob;
  bulk: Pick<BulkJobs, 'items'>;
  schema: GraphQLSchema;
  /** Only items with one of these outcomes. */
  outcomes: readonly BulkItemOutcome[] | undefined;
};

/** The items of a job, a page at a time. */
export async function* pagesOf({
  job,
  bulk,
  outcomes,
}: Pick<Download, 'job' | 'bulk' | 'outcomes'>): AsyncGenerator<readonly NumberedItem[]> {
  let after = -1;
  for (let hasNextPage = true; hasNextPage; ) {
    const page = await bulk.items(job, { first: itemsPerPage, after, ...(outcomes && { outcomes }) });
    if (page.items.length > 0) yield page.items;
    after = page.items.at(-1)?.index ?? after;
    hasNextPage = page.hasNextPage && page.items.length > 0;
  }
}

/** The job was deleted while its results were read: without the last record the file is not taken for a whole one. */
export function assertWhole({ job: { total }, outcomes }: Download, rows: number): void {
  if (!outcomes && rows !== total) throw new Error('The bulk job was deleted while its results were read.');
}

/** The last line of JSON Lines: without it, the download is not complete; `rows` is the number of lines before it. */
export const lastLine = ({ status }: BulkJob, rows: number): string =>
  `${JSON.stringify({ end: { rows, status } })}\n`;
