/** Filters and the order of AWS's list of engagements. */
import type { EngagementFilter } from '../generated/schema-types.ts';
import type { Input } from '../upstream/operations.ts';
import type { EngagementSummary } from '../upstream/wire.ts';
import { badInput, quoted } from './bad-input.ts';
import { conditionValues, type Order, orderBy } from './filters.ts';
import { idForms } from './ids.ts';

export type EngagementListInput = Input<'ListEngagements'>;

/** An AWS account as a filter takes it (API reference, ListEngagements and ListEngagementInvitations). */
const account = /^\w{1,12}$/;
/** The most types of contexts in a filter (API reference, ListEngagements). */
const maxContextTypes = 5;

/** The values of a condition that are to have a form. @throws Fault BAD_USER_INPUT */
function formed(name: string, list: readonly string[] | null | undefined, form: RegExp, expected: string) {
  for (const [index, value] of (list ?? []).entries())
    if (!form.test(value)) throw badInput(`filter.${name}[${index}]`, quoted(value), expected);
  return conditionValues(name, list);
}

/** The AWS accounts of a condition. @throws Fault BAD_USER_INPUT */
export const accountValues = (name: string, list: readonly string[] | null | undefined) =>
  formed(name, list, account, 'an AWS account: 12 digits, an alias, or aws');

/** A filter in AWS's members. Absent, null and empty conditions filter nothing. @throws Fault BAD_USER_INPUT */
export function engagementInput(filter: EngagementFilter): EngagementListInput {
  const { ids, createdBy, excludeCreatedBy, contextTypes, excludeContextTypes } = filter;
  return {
    engagementIdentifier: formed('ids', ids, idForms.Engagement, expectedEngagementId),
    createdBy: accountValues('createdBy', createdBy),
    excludeCreatedBy: accountValues('excludeCreatedBy', excludeCreatedBy),
    contextTypes: conditionValues('contextTypes', contextTypes, maxContextTypes),
    excludeContextTypes: conditionValues('excludeContextTypes', excludeContextTypes, maxContextTypes),
    sort: { sortBy: 'CreatedDate', sortOrder: 'DESCENDING' },
  };
}

/** The order of the list. */
export const latestEngagementsFirst: Order<EngagementSummary> = orderBy(
  ({ createdAt }) => createdAt ?? '',
  'DESCENDING',
);

/** An engagement's id in words, for messages. */
export const expectedEngagementId = "an engagement's id such as eng-0123456789abcd";

/** Rejects a string that cannot be an engagement's id before a call is spent on it. @throws Fault BAD_USER_INPUT */
export function assertEngagementId(id: string, field = 'id'): void {
  if (!idForms.Engagement.test(id)) throw badInput(field, quoted(id), expectedEngagementId);
}
