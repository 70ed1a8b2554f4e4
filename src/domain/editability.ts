/**
 * The fields of an opportunity that can be changed, by review status and stage. AWS documents them on several pages,
 * which partly contradict each other; a field counts as locked only if all pages that mention it agree, else AWS decides.
 */
import type { OpportunitySummary } from '../upstream/wire.ts';
import { pathsOverlap } from './paths.ts';

/** The rule for one situation: either all fields except `open` are locked, or only those in `locked`. */
type Rule = {
  statuses: readonly string[];
  stages?: readonly string[];
  reason: string;
  /** The way to make a locked field editable. */
  remedy: string;
  /** AWS's documentation of the rule. */
  source: string;
} & ({ open: readonly string[] } | { locked: readonly string[] });

const updates = 'Partner Central API developer guide, "Working with opportunity updates"';
const fieldSheet = 'the field sheet of AWS’s CRM integration samples';

/** The rules; the first that matches applies. */
const rules: readonly Rule[] = [
  {
    statuses: ['Pending Submission'],
    locked: [],
    reason:
      'The opportunity has not been submitted yet: its fields can be changed. AWS is known to reject a new stage until it has approved.',
    remedy: '',
    source: updates,
  },
  {
    statuses: ['Submitted', 'In review'],
    open: [],
    reason: 'AWS is reviewing the opportunity: nothing can be changed until it has decided.',
    remedy: 'Wait until AWS has approved the opportunity or asked for changes.',
    source: updates,
  },
  {
    statuses: ['Action Required'],
    open: [
      'customer.account.address',
      'customer.account.websiteUrl',
      'lifeCycle.targetCloseDate',
      'partnerOpportunityIdentifier',
      'project.customerBusinessProblem',
      'project.expectedCustomerSpend',
    ],
    reason:
      'AWS requested changes (see the review comments): only the fields it may have asked about can be changed.',
    remedy: 'Fix what AWS asked about and submit again; more can be changed once AWS has approved.',
    source: updates,
  },
  {
    statuses: ['Approved'],
    stages: ['Launched', 'Closed Lost'],
    open: [
      'opportunityType',
      'project.additionalComments',
      'project.deliveryModels',
      'project.relatedOpportunityIdentifier',
      'softwareRevenue',
    ],
    reason: 'The deal is launched or lost: AWS rejects or ignores changes to nearly every field.',
    remedy: 'It cannot be changed while the deal is launched or lost.',
    source: `${fieldSheet}, and its testing scenarios`,
  },
  {
    statuses: ['Approved'],
    // Not here, since the pages disagree: industry, otherIndustry, stateOrRegion, softwareRevenue and
    // partnerOpportunityIdentifier.
    locked: [
      'customer.account.address.countryCode',
      'customer.account.address.postalCode',
      'customer.account.companyName',
      'customer.account.websiteUrl',
      'nationalSecurity',
      'project.customerBusinessProblem',
      'project.title',
    ],
    reason: 'AWS has approved the opportunity: what identifies the deal is frozen, the rest can be changed.',
    remedy: 'This field is frozen as approved by AWS.',
    source: `${updates}, and ${fieldSheet}`,
  },
];

/** For statuses that AWS does not document, such as `Rejected`: AWS decides. */
const undocumented: Rule = {
  statuses: [],
  locked: [],
  reason:
    'AWS does not document what can be changed in this review status: it decides when the change is sent.',
  remedy: '',
  source: '',
};

/** AWS's own fields. In the Sandbox catalog a caller may write them in every status, to act as the reviewer. */
const review: readonly string[] = [
  'lifeCycle.reviewStatus',
  'lifeCycle.reviewComments',
  'lifeCycle.reviewStatusReason',
];
const history = 'lifeCycle.nextStepsHistory';

/** The fields that decide, of a record or a summary. */
type Reviewed = Pick<OpportunitySummary, 'catalog'> & {
  lifeCycle?: Pick<NonNullable<OpportunitySummary['lifeCycle']>, 'reviewStatus' | 'stage'> | null | undefined;
};

/** The locked fields of a record, and why. */
export type Locks = {
  reason: string;
  remedy: string;
  /** True if a field, or any field within it, is certainly locked. */
  isLocked(path: string): boolean;
};

/** The locks of a record, given the record or its summary. */
export function locksOf({ catalog, lifeCycle }: Reviewed): Locks {
  const [status, stage] = [lifeCycle?.reviewStatus ?? '', lifeCycle?.stage ?? ''];
  const rule =
    rules.find(({ statuses, stages }) => statuses.includes(status) && (stages?.includes(stage) ?? true)) ??
    undocumented;
  return {
    reason: rule.reason,
    remedy: rule.remedy,
    isLocked(path) {
      if (path === history) return true;
      if (review.includes(path)) return catalog !== 'Sandbox';
      return 'open' in rule
        ? !rule.open.some((open) => pathsOverlap(path, open))
        : rule.locked.some((locked) => pathsOverlap(path, locked));
    },
  };
}

/** Checks whether a record can be submitted, which AWS accepts in these two statuses only. */
export function isSubmittable({ lifeCycle }: Reviewed): boolean {
  return ['Pending Submission', 'Action Required'].includes(lifeCycle?.reviewStatus ?? '');
}
