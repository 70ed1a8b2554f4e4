/** What one request sees of AWS's answers, if its caller has a row-level view. */
import { isInView, type View } from '../domain/view.ts';
import { madeUpDate } from '../upstream/dry-run-answers.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import type { OpportunityIndex } from './opportunity-index.ts';

/** The view of one request. Where there is no rule there is none, so that nothing is checked. */
export type Viewer = {
  view: View;
  /** Checks whether the caller sees an opportunity. What a dry run makes up is seen. */
  sees(opportunity: OpportunitySummary): boolean;
  /** The same for the id of one that something refers to: twenty that the index lacks are one call. @throws Fault */
  seesId(id: string, scope: RequestScope): Promise<boolean>;
  /** Notes an opportunity of the view that this request has read. */
  admit(id: string): void;
  /** Takes that back: its newest version is not in the view. */
  dismiss(id: string): void;
  isAdmitted(id: string): boolean;
  /** Whether a dry run has made the opportunity up. Then caches must not answer for it: it may be one outside of the view. */
  isMadeUp(id: string): boolean;
};

type ViewedAccount = {
  /** With every opportunity. */
  index: Pick<OpportunityIndex, 'get'> | undefined;
  coalescer: Pick<Coalescer, 'lookUp'>;
};

export function createViewer(
  view: View,
  { isDryRun }: { isDryRun: boolean },
  { index, coalescer }: ViewedAccount,
): Viewer {
  const admitted = new Set<string>();
  const madeUp = new Set<string>();
  function sees(opportunity: OpportunitySummary): boolean {
    if (isInView(view, opportunity)) return true;
    if (!isDryRun || opportunity.lastModifiedDate !== madeUpDate) return false;
    madeUp.add(opportunity.id);
    return true;
  }
  return {
    view,
    sees,
    async seesId(id, scope) {
      const known = index?.get(id)?.summary ?? (await coalescer.lookUp(id, scope));
      return known !== undefined && sees(known);
    },
    admit: (id) => void admitted.add(id),
    dismiss: (id) => void admitted.delete(id),
    isAdmitted: (id) => admitted.has(id),
    isMadeUp: (id) => madeUp.has(id),
  };
}
