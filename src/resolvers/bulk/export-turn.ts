/**
 * The turns of an export. The first one lists the selection and stores a summary for each opportunity; whole records are
 * then read some at a time. A crash while it is listed begins it again; after that, only what is missing is read.
 */
import type { GraphQLSchema } from 'graphql';
import { calendar } from '../../clock.ts';
import type { OpportunityFilter, UserError } from '../../generated/schema-types.ts';
import type { Context, ServedAccount } from '../../graphql/context.ts';
import { writeItems } from '../../jobs/bulk/create.ts';
import {
  type BulkJob,
  type ItemResult,
  keys,
  maxExported,
  type NewItem,
  type NumberedItem,
} from '../../jobs/bulk/model.ts';
import { createProgress } from '../../jobs/bulk/progress.ts';
import { deleteItems } from '../../jobs/bulk/remove.ts';
import type { TurnOf } from '../../jobs/bulk/worker.ts';
import type { OpportunitySummary } from '../../upstream/wire.ts';
import { notFound, wholeError } from '../user-errors.ts';
import { inBackground } from './background.ts';
import { waitingAfter } from './performer.ts';
import { plainOpportunity } from './plain.ts';

/** What an export selects, as its job has it. */
export type ExportOptions = { filter: OpportunityFilter | null; detail: 'SUMMARY' | 'DETAILS' };

/** The opportunities of one list call. */
const pageSize = 100;

/** The records that are read in a turn. */
const recordsPerTurn = 20;

/** An export writes nothing. */
const noWrites = { beforeWrite: async () => {} };

const resultOf = (id: string | null, userErrors: readonly UserError[] = []): ItemResult => ({
  outcome: userErrors.length > 0 ? 'FAILED' : 'DONE',
  id,
  userErrors,
  warnings: [],
  steps: [],
});

class TooMany extends Error {}

/** All opportunities of a selection, once each. @throws TooMany, Fault */
async function* summariesOf(
  filter: OpportunityFilter | null,
  inContext: <T>(work: (context: Context) => Promise<T>) => Promise<T>,
): AsyncGenerator<OpportunitySummary> {
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const { edges, hasNextPage, endCursor } = await inContext(({ records }) =>
      records.page({
        first: pageSize,
        filter,
        // What is changed or created meanwhile does not move what is still to be listed.
        sort: { sortBy: 'CreatedDate', sortOrder: 'ASCENDING' },
        ...(after && { after }),
      }),
    );
    for (const { summary: node } of edges) {
      if (seen.has(node.id)) continue;
      if (seen.size === maxExported) throw new TooMany();
      seen.add(node.id);
      yield node;
    }
    after = hasNextPage ? (endCursor ?? edges.at(-1)?.cursor) : undefined;
  } while (after !== undefined);
}

export function createExportTurn(account: ServedAccount, schema: GraphQLSchema): TurnOf {
  const { rows } = account.bulk;
  const progress = createProgress(rows, calendar.now);

  /** Stores the opportunities of the selection, whole if their summaries are all that is selected. */
  async function list(job: BulkJob, signal: AbortSignal): Promise<void> {
    const { filter, detail } = job.options as ExportOptions;
    const { id, caller, scopes, view } = job;
    const inContext = <T>(work: (context: Context) => Promise<T>) =>
      inBackground(account, { id, caller, scopes, view, signal }, noWrites, work);
    async function* items(): AsyncGenerator<NewItem> {
      for await (const summary of summariesOf(filter, inContext)) {
        signal.throwIfAborted();
        const source = plainOpportunity(summary, schema);
        yield {
          input: { id: summary.id },
          writes: 0,
          source,
          ...(detail === 'SUMMARY' && { result: resultOf(summary.id) }),
        };
      }
    }
    const write = (source: AsyncIterable<NewItem> | Iterable<NewItem>) =>
      writeItems(
        id,
        { items: source, field: 'input.filter', options: {} },
        Date.parse(job.expiresAt),
        { rows },
        maxExported,
      );
    await deleteItems(id, rows);
    // If the job is deleted meanwhile, the items that are still being stored do not outlast it, even after a crash.
    const leftover = { key: keys.leftover(id), expiresAt: Date.parse(job.expiresAt) };
    await rows.store.write([{ ...leftover, value: JSON.stringify(calendar.now()) }]);
    const { total, failed } = await write(items()).catch(async (error: unknown) => {
      if (!(error instanceof TooMany)) throw error;
      await deleteItems(id, rows);
      const message = `More than ${maxExported} opportunities match. Narrow the filter, by createdDate for example.`;
      return write([
        { input: null, writes: 0, userErrors: [wholeError('TOO_MANY_VALUES', message, ['filter'])] },
      ]);
    });
    const done = detail === 'SUMMARY' ? total - failed : 0;
    const changed = await rows.change(id, (now) => ({
      job: { ...now, isListed: true, total, done, failed },
      rows: [{ ...leftover, value: undefined }],
    }));
    if (!changed) await deleteItems(id, rows);
  }

  /** Reads the records of some items. @returns false if there was none to read */
  async function readSome(job: BulkJob, signal: AbortSignal): Promise<boolean> {
    const open = await rows.openItems(job, recordsPerTurn);
    const [first] = open;
    if (!first) return false;
    const { id, caller, scopes, view } = job;
    const records = await inBackground(
      account,
      { id, caller, scopes, view, signal },
      noWrites,
      ({ loaders }) => Promise.all(open.map(({ item }) => loaders.opportunity.load(String(item.input?.id)))),
    );
    const settled = open.map((numbered: NumberedItem, index) => {
      const record = records[index];
      const target = String(numbered.item.input?.id);
      const result = record ? resultOf(target) : resultOf(null, [notFound(target)]);
      const source = record ? plainOpportunity(record, schema) : numbered.item.source;
      return { numbered: { ...numbered, item: { ...numbered.item, source } }, result };
    });
    await progress.record(id, settled, first.index);
    return true;
  }

  /** @returns whether the export is done */
  async function goOn(job: BulkJob, signal: AbortSignal): Promise<boolean> {
    if (job.isListed) return !(await readSome(job, signal));
    await list(job, signal);
    return (job.options as ExportOptions).detail === 'SUMMARY';
  }

  return async (job, signal) => {
    try {
      if (await goOn(job, signal)) await progress.finish(job.id);
      return true;
    } catch (error) {
      const waiting = signal.aborted ? undefined : waitingAfter(error);
      if (!waiting) throw error;
      await progress.wait(job.id, waiting);
      return false;
    }
  };
}
