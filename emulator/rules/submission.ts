import type { Violation } from '../errors.ts';
import { noSupport } from '../values/picklists.ts';
import { postalCode } from './account.ts';
import { contentRules } from './business.ts';
import { mandatoryMembers } from './mandatory.ts';
import { type Change, listAt, missing, stringAt, valueAt, violation } from './rule.ts';
import { hasSolution } from './stage.ts';

export type RequestedInvolvement = { readonly InvolvementType: string; readonly Visibility: string };

const needsPath = 'PrimaryNeedsFromAws';
const statusPath = 'LifeCycle.ReviewStatus';

/** Members that a submission requires beyond those of a new record. AWS: the data model's column for submission. */
const requiredMembers = [
  needsPath,
  'Project.DeliveryModels',
  'Project.CustomerUseCase',
  'Project.SalesActivities',
];

/**
 * Everything that blocks a submission. The whole record is checked as if it were new: values once accepted may have
 * become invalid since, above all the close date.
 */
export function submissionRules(change: Change, requested: RequestedInvolvement): Violation[] {
  const status = stringAt(change.after, statusPath);
  // A record in the wrong state is not checked any further.
  if (status !== 'Pending Submission' && status !== 'Action Required')
    return [
      violation(
        'ACTION_NOT_PERMITTED',
        statusPath,
        `An opportunity that is ${status ?? 'without a review status'} cannot be submitted`,
      ),
    ];
  return [
    ...(change.settings.createRules === 'strict' ? mandatoryMembers(change) : []),
    ...requiredMembers.filter((path) => valueAt(change.after, path) === undefined).map(missing),
    ...solution(change),
    ...involvement(change, requested),
    ...stage(change),
    ...postalCode(change),
    ...contentRules.flatMap((rule) => rule(change)),
  ];
}

/** AWS: observed in the message of a failed submission, with a code that is in no list. */
function solution({ associated, after }: Change): Violation[] {
  if (hasSolution(associated) || valueAt(after, 'Project.OtherSolutionDescription') !== undefined) return [];
  const message = 'A submission requires an associated solution, or a description of another one';
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
