/** The row-level views of requests: the part of an account that the caller sees. */
import type { Account } from '../accounts/account.ts';
import { accountIn, viewOf } from '../accounts/view.ts';
import { isLimited, type View } from '../domain/view.ts';
import type { BulkJobs } from '../jobs/bulk/jobs.ts';
import type { DeferredEdits } from '../jobs/deferred/edits.ts';
import { bulkJobsIn, deferredEditsIn } from '../jobs/view.ts';
import { createViewer, type Viewer } from '../records/viewer.ts';
import type { CallerRequest } from './caller-request.ts';

type Viewing = Pick<CallerRequest, 'caller' | 'claims' | 'view'>;

/** What a caller sees of the opportunities; undefined where there is no rule for that. */
const viewFor = ({ view: rule }: Pick<Account, 'view'>, { view, claims }: Viewing): View | undefined =>
  rule && (view ?? viewOf(rule, claims));

/** The bulk jobs of an account as a caller sees them. */
export function bulkJobsFor(account: Pick<Account, 'view'> & { bulk: BulkJobs }, viewing: Viewing): BulkJobs {
  const view = viewFor(account, viewing);
  return view ? bulkJobsIn(account.bulk, { caller: viewing.caller, view }) : account.bulk;
}

/**
 * An account as the caller of a request sees it.
 *
 * @param load reads an opportunity as the caller sees it; null if there is none
 * @returns the very account where there is no rule, and no viewer for those who see everything
 */
export function accountFor<A extends Account & { bulk: BulkJobs; deferred: DeferredEdits }>(
  served: A,
  request: CallerRequest,
  load: (id: string) => Promise<object | null>,
): { account: A; viewer: Viewer | undefined } {
  const view = viewFor(served, request);
  if (!view) return { account: served, viewer: undefined };
  const bulk = bulkJobsFor(served, request);
  const deferred = deferredEditsIn(served.deferred, view, load);
  if (!isLimited(view)) return { account: { ...served, bulk, deferred }, viewer: undefined };
  return {
    account: { ...accountIn(served, view), bulk, deferred },
    viewer: createViewer(view, request, served),
  };
}
