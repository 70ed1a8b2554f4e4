/**
 * The fields of an opportunity that can be changed, by review status and stage. AWS documents them on several pages,
 * which partly contradict each other; a field counts as locked or editable only if all pages that mention it agree, and
 * as uncertain else: AWS decides.
 */
import type { OpportunitySummary } from '../upstream/wire.ts';
import { pathsOverlap } from './paths.ts';

/**
 * The rule for one situation. Apart from the uncertain fields, either all fields except `open` are locked, or only
 * those in `locked`.
 */
type Rule = {
  statuses: readonly string[];
  stages?: readonly string[];
  reason: string;
  /** The way to make a locked field editable. */
  remedy: string;
  /** AWS's documentation of the rule. */
  source: string;
  /** The fields on which AWS's pages disagree with each other or with what was observed. */
  uncertain: readonly string[];
} & ({ open: readonly string[] } | { locked: readonly string[] });

const updates = 'Partner Central API developer guide, "Working with opportunity updates"';
const fieldSheet = 'the field sheet of AWS’s CRM integration samples';

/** The rules; the first that matches applies. */
const rules: readonly Rule[] = [
  {
    statuses: ['Pending Submission'],
    locked: [],
    // The guide: every field can be changed. The field sheet: these never; AWS was seen to refuse a new stage.
    uncertain: ['customer.account.companyName', 'lifeCycle.stage', 'nationalSecurity'],
    reason:
      'The opportunity has not been submitted yet: its fields can be changed. AWS is known to reject a new stage until it has approved.',
    remedy: '',
    source: updates,
  },
  {
    statuses: ['Submitted', 'In review'],
    open: [],
    uncertain: [],
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
    uncertain: [],
    reason:
      'AWS requested changes (see the review comments): only the fields it may have asked about can be changed.',
    remedy: 'Fix what AWS asked about and submit again; more can be changed once AWS has approved.',
    source: updates,
  },
  {
    statuses: ['Approved'],
    stages: ['Launched', 'Closed Lost'],
    open: ['project.additionalComments', 'project.deliveryModels'],
    // In one of the field sheets only, or for partners in certain programs only.
    uncertain: ['opportunityType', 'project.relatedOpportunityIdentifier', 'softwareRevenue'],
    reason: 'The deal is launched or lost: AWS rejects or ignores changes to nearly every field.',
    remedy: 'It cannot be changed while the deal is launched or lost.',
    source: `${fieldSheet}, and its testing scenarios`,
  },
  {
    statuses: ['Approved'],
    locked: [
      'customer.account.address.countryCode',
      'customer.account.address.postalCode',
      'customer.account.companyName',
      'customer.account.websiteUrl',
      'nationalSecurity',
      'project.customerBusinessProblem',
      'project.title',
    ],
    // The guide locks the first and the last, a field sheet does not. The guide leaves the others open, which a field
    // sheet or AWS's own behaviour locks; the needs may change in one direction only.
    uncertain: [
      'customer.account.industry',
      'customer.account.otherIndustry',
      'customer.account.address.stateOrRegion',
      'primaryNeedsFromAws',
      'softwareRevenue',
      'partnerOpportunityIdentifier',
    ],
    reason: 'AWS has approved the opportunity: what identifies the deal is frozen, the rest can be changed.',
    remedy: 'This field is frozen as approved by AWS.',
    source: `${updates}, and ${fieldSheet}`,
  },
];

/** The reason in statuses that AWS does not document, such as `Rejected`: every field is uncertain. */
const undocumented =
  'AWS does not document what can be changed in this review status: it decides when the change is sent.';

/** AWS's own fields. In the Sandbox catalog a caller may write them in every status, to act as the reviewer. */
const review: readonly string[] = [
  'lifeCycle.reviewStatus',
  'lifeCycle.reviewComments',
  'lifeCycle.reviewStatusReason',
];

/** Checks whether a field is one of AWS's own, which a partner writes only to act as the reviewer. */
export const isReview = (path: string): boolean => review.includes(path);

const history = 'lifeCycle.nextStepsHistory';

/** The fields that decide, of a record or a summary. */
export type Reviewed = Pick<OpportunitySummary, 'catalog'> & {
  lifeCycle?: Pick<NonNullable<OpportunitySummary['lifeCycle']>, 'reviewStatus' | 'stage'> | null | undefined;
};

/** What is certain of a field: that it can be changed, that it cannot, or nothing. */
export type Certainty = 'editable' | 'locked' | 'uncertain';

/** The locks of a record, and why. */
export type Locks = {
  reason: string;
  remedy: string;
  /** @param path a field of a patch */
  certaintyOf(path: string): Certainty;
};

/** Checks whether a path is one of some fields, or overlaps with one. */
const isAmong = (path: string, fields: readonly string[]): boolean =>
  fields.some((field) => pathsOverlap(path, field));

/** The locks of a record, given the record or its summary. */
export function locksOf({ catalog, lifeCycle }: Reviewed): Locks {
  const [status, stage] = [lifeCycle?.reviewStatus ?? '', lifeCycle?.stage ?? ''];
  const rule = rules.find(
    ({ statuses, stages }) => statuses.includes(status) && (stages?.includes(stage) ?? true),
  );
  return {
    reason: rule?.reason ?? undocumented,
    remedy: rule?.remedy ?? '',
    certaintyOf(path) {
      if (path === history) return 'locked';
      if (isReview(path)) return catalog === 'Sandbox' ? 'editable' : 'locked';
      if (!rule || isAmong(path, rule.uncertain)) return 'uncertain';
      const isLocked = 'open' in rule ? !isAmong(path, rule.open) : isAmong(path, rule.locked);
      return isLocked ? 'locked' : 'editable';
    },
  };
}

/** The review statuses that can follow one in which AWS still has to decide. */
const nextStatuses: Readonly<Record<string, readonly string[]>> = {
  Submitted: ['Action Required', 'Approved'],
  'In review': ['Action Required', 'Approved'],
  'Action Required': ['Approved'],
};

/** Checks whether a field can be changed, or AWS decides about it, once AWS's review has come to a result. */
export function opensLater({ catalog, lifeCycle }: Reviewed, path: string): boolean {
  const next = nextStatuses[lifeCycle?.reviewStatus ?? ''] ?? [];
  return next.some(
    (reviewStatus) =>
      locksOf({ catalog, lifeCycle: { ...lifeCycle, reviewStatus } as Reviewed['lifeCycle'] }).certaintyOf(
        path,
      ) !== 'locked',
  );
}

/** Checks whether a record can be submitted, which AWS accepts in these two statuses only. */
export function isSubmittable({ lifeCycle }: Reviewed): boolean {
  return ['Pending Submission', 'Action Required'].includes(lifeCycle?.reviewStatus ?? '');
}
