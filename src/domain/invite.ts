/** The content of an invitation, from an opportunity. AWS checks it against nothing, so it is taken from the record. */
import type { Input } from '../upstream/operations.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import { labelOf } from './labels.ts';
import { isEmpty } from './patch.ts';
import { getIn } from './paths.ts';

/** A company has at most nine others in an engagement, invited ones included (AWS: multi-partner opportunities). */
export const maxMembers = 10;

/** The members of an invitation that AWS requires, and the fields of a record that have them (API reference). */
const customer = {
  industry: 'customer.account.industry',
  companyName: 'customer.account.companyName',
  websiteUrl: 'customer.account.websiteUrl',
  countryCode: 'customer.account.address.countryCode',
};
const project = {
  title: 'project.title',
  businessProblem: 'project.customerBusinessProblem',
  targetCompletionDate: 'lifeCycle.targetCloseDate',
};

/** The fields that a record lacks for an invitation, each with a message. */
export const missingForInvitation = (record: OpportunityRecord): { field: string; message: string }[] =>
  Object.values({ ...customer, ...project })
    .filter((field) => isEmpty(getIn(record, field)))
    .map((field) => {
      const message = `${labelOf(field.split('.'))} is missing: an invitation needs it of the opportunity.`;
      return { field, message };
    });

type Payload = NonNullable<
  Input<'CreateEngagementInvitation'>['invitation']['payload']['opportunityInvitation']
>;

const withoutNulls = <Members extends object>(members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as Members;

/** The part of an invitation that describes an opportunity, which has all that it needs. */
export function invitationContent(record: OpportunityRecord): Pick<Payload, 'customer' | 'project'> {
  const valuesOf = (fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, getIn(record, field)]));
  const spend = (record.project?.expectedCustomerSpend ?? []).flatMap((one) =>
    one ? withoutNulls(one) : [],
  );
  // AWS's own values: the types are those of what is there.
  return {
    customer: valuesOf(customer),
    project: { ...valuesOf(project), expectedCustomerSpend: spend },
  } as Pick<Payload, 'customer' | 'project'>;
}
