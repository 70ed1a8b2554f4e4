import type { Violation } from '../errors.ts';
import { noSupport } from '../values/picklists.ts';
import { postalCode } from './account.ts';
import { contentRules } from './business.ts';
import { mandatoryAtSubmission } from './mandatory.ts';
import { type Change, listAt, missing, stringAt, valueAt, violation } from './rule.ts';
import { hasSolution } from './stage.ts';

export type RequestedInvolvement = { readonly InvolvementType: string; readonly Visibility: string };

const needsPath = 'PrimaryNeedsFromAws';
const statusPath = 'LifeCycle.ReviewStatus';

/** Members that a submission requires beyond those of a new record. AWS: the data model's column for submission. */
const requiredMembers = ['Project.DeliveryModels', 'Project.CustomerUseCase'];

/** Those that only a submission for co-selling requires. AWS: recorded for a submission for visibility only. */
const coSellMembers = [needsPath, 'Project.SalesActivities'];

/** Whether a record can be submitted in its review status; if not, nothing else of it is checked. */
export const isSubmittable = ({ after, settings }: Pick<Change, 'after' | 'settings'>): boolean => {
  const status = stringAt(after, statusPath);
  return (
    status === 'Pending Submission' ||
    (status === 'Action Required' && settings.submitActionRequired === 'allow')
  );
};

/**
 * Everything that blocks a submission. The whole record is checked as if it were new: values once accepted may have
 * become invalid since, above all the close date.
 */
export function submissionRules(change: Change, requested: RequestedInvolvement): Violation[] {
  if (!isSubmittable(change)) {
    const status = stringAt(change.after, statusPath) ?? 'without a review status';
    const message = `An opportunity that is ${status} cannot be submitted`;
    return [violation('ACTION_NOT_PERMITTED', statusPath, message)];
  }
  const members = requested.InvolvementType === 'Co-Sell' ? coSellMembers : [];
  return [
    ...mandatoryAtSubmission(change),
    ...[...members, ...requiredMembers]
      .filter((path) => valueAt(change.after, path) === undefined)
      .map(missing),
    ...solution(change),
    ...involvement(change, requested),
    ...stage(change),
    ...postalCode(change),
    ...contentRules.flatMap((rule) => rule(change)),
  ];
}

/** AWS: observed in the message of a failed submission, with a code that is in no list. */
function solution({ associated, after, settings }: Change): Violation[] {
  const isDescribed = valueAt(after, 'Project.OtherSolutionDescription') !== undefined;
  if (hasSolution(associated) || (isDescribed && settings.submitSolution === 'any')) return [];
  const message =
    settings.submitSolution === 'any'
      ? 'A submission requires an associated solution, or a description of another one'
      : 'A submission requires an associated solution';
  return [violation('BUSINESS_VALIDATION_EXCEPTION', 'RelatedEntityIdentifiers.Solutions', message)];
}

/** The involvement requested of AWS must match the record's primary needs. AWS: the data model; observed. */
function involvement({ after }: Change, { InvolvementType, Visibility }: RequestedInvolvement): Violation[] {
  const coSell = InvolvementType === 'Co-Sell';
  const needs = listAt(after, needsPath);
  if (needs.length > 0 && needs.includes(noSupport) === coSell)
    return [
      violation(
        'ACTION_NOT_PERMITTED',
        needsPath,
        `Involvement ${InvolvementType} does not match the primary needs`,
      ),
    ];
  if (Visibility === 'Limited' && (coSell || after.NationalSecurity === 'Yes'))
    return [
      violation(
        'ACTION_NOT_PERMITTED',
        needsPath,
        'Limited visibility is only for visibility-only opportunities, and not for national security',
      ),
    ];
  return [];
}

/** AWS: the reference requires a qualified opportunity for a submission; in the recordings this is not enforced. */
function stage({ after, settings }: Change): Violation[] {
  if (settings.submitStage === 'any' || stringAt(after, 'LifeCycle.Stage') !== 'Prospect') return [];
  return [
    violation(
      'INVALID_RESOURCE_STATE',
      'LifeCycle.Stage',
      'An opportunity can be submitted from stage Qualified on',
    ),
  ];
}
