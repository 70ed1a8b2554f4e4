/** Bulk jobs and deferred edits of an account with row-level views: each keeps the view of its creator, and acts within it. */
import { isLimited, isWithin, type View } from '../domain/view.ts';
import type { BulkJobs, Commanded } from './bulk/jobs.ts';
import type { BulkJob } from './bulk/model.ts';
import type { RowPage } from './bulk/rows.ts';
import type { DeferredEdits } from './deferred/edits.ts';
import { opportunityOfEdit } from './deferred/model.ts';

/** The jobs that are read at a time for one page, and how often. */
const readSize = 100;
const maxReads = 20;

/** Whose jobs they are. */
type Viewing = { caller: string; view: View };

/** A caller with a limited view sees the own jobs: those that were created with the same view, or with less. */
const isSeen = (job: BulkJob, { caller, view }: Viewing): boolean =>
  !isLimited(view) || (job.caller === caller && job.view !== undefined && isWithin(job.view, view));

/** The bulk jobs of an account as a caller sees them. What is not seen is as if there was none. */
export function bulkJobsIn(bulk: BulkJobs, viewing: Viewing): BulkJobs {
  const { view } = viewing;

  async function read(id: string): Promise<BulkJob | undefined> {
    const job = await bulk.read(id);
    return job && isSeen(job, viewing) ? job : undefined;
  }
  const ifSeen =
    (command: (id: string) => Promise<Commanded>) =>
    async (id: string): Promise<Commanded> =>
      (await read(id)) ? command(id) : { job: undefined, isRefused: false };

  async function list(first: number, after: string | undefined): Promise<RowPage<BulkJob>> {
    if (!isLimited(view)) return bulk.list(first, after);
    const found: BulkJob[] = [];
    let last = after;
    for (let reads = 1; ; reads++) {
      const page = await bulk.list(readSize, last);
      last = page.items.at(-1)?.id ?? last;
      found.push(...page.items.filter((job) => isSeen(job, viewing)));
      const items = found.slice(0, first);
      if (found.length > first || !page.hasNextPage) return { items, hasNextPage: found.length > first };
      if (reads === maxReads) return { items, hasNextPage: true, ...(last !== undefined && { end: last }) };
    }
  }

  return {
    ...bulk,
    read,
    list,
    create: (newJob) => bulk.create({ ...newJob, view }),
    pause: ifSeen(bulk.pause),
    resume: ifSeen(bulk.resume),
    cancel: ifSeen(bulk.cancel),
    delete: async (id) => ((await read(id)) ? bulk.delete(id) : false),
  };
}

/**
 * The deferred edits of an account as a caller sees them: those of the opportunities that the caller sees.
 *
 * @param load reads an opportunity as the caller sees it; null if there is none @throws Fault
 */
export function deferredEditsIn(
  deferred: DeferredEdits,
  view: View,
  load: (opportunityId: string) => Promise<object | null>,
): DeferredEdits {
  return {
    ...deferred,
    async read(id) {
      const opportunityId = opportunityOfEdit(id);
      if (!opportunityId || (isLimited(view) && (await load(opportunityId)) === null)) return undefined;
      return deferred.read(id);
    },
    put: (added) => deferred.put({ ...added, view }),
  };
}
