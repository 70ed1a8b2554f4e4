/**
 * Whether an opportunity can be submitted to AWS. A submission checks the whole record as if it were new, and more of it:
 * what was accepted once may have become invalid since. Sources are named where they are not the column "required for
 * submission" of the field sheet in AWS's CRM integration samples.
 */
import type { SalesInvolvementType, Visibility } from '../generated/schema-types.ts';
import type { AssociationStep } from './associations.ts';
import { isSubmittable, type Reviewed } from './editability.ts';
import { kindOf } from './entities.ts';
import { labelOf } from './labels.ts';
import { isMissing } from './patch.ts';
import { getIn, isPlainObject, type PlainObject } from './paths.ts';
import { checkRequired } from './rules.ts';
import { noSupport, submissionContent } from './submission-content.ts';
import type { Violation } from './violation.ts';

/** What a caller asks of AWS. */
export type Involvement = { involvementType: SalesInvolvementType; visibility: Visibility };

const solutions = 'relatedEntityIdentifiers.solutions';
const solutionFields = [
  solutions,
  'relatedEntityIdentifiers.awsMarketplaceSolutions',
  'relatedEntityIdentifiers.awsMarketplaceProducts',
];
const otherSolution = 'project.otherSolutionDescription';
const needsField = 'primaryNeedsFromAws';

const has = (record: unknown, field: string): boolean => !isMissing(getIn(record, field));
const hasSolution = (record: unknown): boolean => solutionFields.some((field) => has(record, field));
const needsOf = (record: unknown): unknown[] => {
  const needs = getIn(record, needsField);
  return Array.isArray(needs) ? needs : [];
};

const spendLines = (record: unknown): PlainObject[] => {
  const lines = getIn(record, 'project.expectedCustomerSpend');
  return Array.isArray(lines) ? lines.filter(isPlainObject) : [];
};

/** What a submission requires beyond a new opportunity. */
const required = ['project.deliveryModels', 'project.customerUseCase'];
/** What only a submission to co-sell requires: one for visibility only was recorded without them. */
const requiredToCoSell = [needsField, 'project.salesActivities'];

const missing = (field: string): Violation => {
  const path = field.split('.');
  return { path, field, code: 'REQUIRED_FIELD_MISSING', message: `${labelOf(path)} is required.` };
};

/** AWS was seen to refuse a submission with neither; a description is enough by the field sheet and by observation. */
const lacksSolution: Violation = {
  path: solutions.split('.'),
  field: solutions,
  code: 'REQUIRED_FIELD_MISSING',
  message:
    'A solution, an AWS Marketplace solution or an AWS Marketplace product must be associated, or another solution described.',
};

/** What does not fit the involvement that is asked for (field sheet, and messages of AWS). */
function checkInvolvement(record: unknown, { involvementType, visibility }: Involvement): Violation[] {
  const isCoSell = involvementType === 'Co-Sell';
  const needs = needsOf(record);
  if (needs.length > 0 && needs.includes(noSupport) === isCoSell) {
    const message = isCoSell
      ? 'Primary needs from AWS must not be "Do Not Need Support from AWS Sales Rep" for a submission to co-sell.'
      : 'Primary needs from AWS must be "Do Not Need Support from AWS Sales Rep" for a submission for visibility only.';
    return [{ path: [needsField], field: needsField, code: 'ACTION_NOT_PERMITTED', message }];
  }
  const isSecret = getIn(record, 'nationalSecurity') === 'Yes';
  if (visibility !== 'Limited' || (!isCoSell && !isSecret)) return [];
  const message = isCoSell
    ? 'Visibility must be full for a submission to co-sell.'
    : 'Visibility must be full for an opportunity that concerns national security.';
  return [{ path: ['visibility'], field: needsField, code: 'ACTION_NOT_PERMITTED', message }];
}

/** Keeps the first violation of each field. */
const onePerField = (violations: readonly Violation[]): Violation[] =>
  [...new Map(violations.toReversed().map((one) => [one.field, one])).values()].reverse();

/**
 * What AWS is certain to refuse in a submission. A path is the record's, except for `id` and `visibility`, which are the
 * caller's. What depends on other objects, such as whether a related opportunity exists, only AWS can decide.
 *
 * @param today the day before the earliest target close date, `YYYY-MM-DD`
 */
export function submissionBlockers(record: Reviewed, involvement: Involvement, today: string): Violation[] {
  if (isSubmittable(record)) return contentBlockers(record, involvement, today);
  const status = record.lifeCycle?.reviewStatus ?? 'unknown';
  const message = `An opportunity can be submitted in the review status Pending Submission or Action Required; it is ${status}.`;
  return [{ path: ['id'], field: 'lifeCycle.reviewStatus', code: 'ACTION_NOT_PERMITTED', message }];
}

/** The same for a record of which the review status does not matter, such as one that is about to be created. */
export function contentBlockers(record: unknown, involvement: Involvement, today: string): Violation[] {
  const fields = involvement.involvementType === 'Co-Sell' ? [...required, ...requiredToCoSell] : required;
  return onePerField([
    ...checkRequired(record),
    ...fields.filter((field) => !has(record, field)).map(missing),
    ...(hasSolution(record) || has(record, otherSolution) ? [] : [lacksSolution]),
    ...checkInvolvement(record, involvement),
    ...submissionContent(record, today),
  ]);
}

/** A record with associations as they will be after some steps. */
export function withAssociations(record: PlainObject, steps: readonly AssociationStep[]): PlainObject {
  const before = getIn(record, 'relatedEntityIdentifiers');
  const associated: Record<string, unknown> = isPlainObject(before) ? { ...before } : {};
  for (const { action, type, id } of steps) {
    const { member } = kindOf(type);
    const known = associated[member];
    const others = Array.isArray(known) ? known.filter((one) => one !== id) : [];
    associated[member] = action === 'ASSOCIATE' ? [...others, id] : others;
  }
  return { ...record, relatedEntityIdentifiers: associated };
}

/** A point on which AWS's pages disagree, so that AWS may refuse the submission. */
export type Doubt = { path: string[]; message: string };

/** What AWS's pages dispute about submitting a record. Where nothing is certain to be refused, AWS decides. */
export function submissionDoubts(record: unknown): Doubt[] {
  const doubts: [boolean, string, string][] = [
    [
      // The guide on associations makes a solution mandatory; a description was seen to be enough.
      !hasSolution(record) && has(record, otherSolution),
      solutions,
      "No solution is associated. AWS's guide requires one for a submission; AWS has so far accepted a description of another solution in its place.",
    ],
    [
      // The API reference; AWS's own recordings submit prospects.
      getIn(record, 'lifeCycle.stage') === 'Prospect',
      'lifeCycle.stage',
      "The stage is Prospect. AWS's API reference requires a qualified opportunity for a submission; AWS has so far accepted prospects.",
    ],
    [
      // The field sheet allows it; AWS's own connector does not.
      getIn(record, 'lifeCycle.reviewStatus') === 'Action Required',
      'id',
      'AWS has requested changes. By one of its pages an opportunity is submitted again after them, by another an update is enough.',
    ],
    [
      // The field sheet forbids it; integrations in production send it.
      getIn(record, 'marketing.source') === 'None' && getIn(record, 'marketing.awsFundingUsed') === 'No',
      'marketing.awsFundingUsed',
      "AWS's field sheet requires this field to be empty if the marketing source is None; AWS has so far accepted No.",
    ],
    [
      // The guide to deal sizing; older pages have it stored as AWS, and AWS's own connector sends others.
      spendLines(record).some(({ targetCompany }) => targetCompany !== 'AWS' && targetCompany !== 'Self'),
      'project.expectedCustomerSpend',
      "A line of the expected spend is for another company than AWS or Self. AWS's guide allows these two only; AWS has so far stored any other as AWS.",
    ],
  ];
  return doubts.flatMap(([applies, field, message]) =>
    applies ? [{ path: field.split('.'), message }] : [],
  );
}
