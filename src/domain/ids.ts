/** AWS's identifiers: which type of the graph an id belongs to follows from its form. */
import { badInput, quoted } from './bad-input.ts';

const opportunityId = 'O[0-9]{1,19}';
const engagementId = 'eng-[0-9a-z]{14}';

/** The kinds of tasks as their ARNs name them, by the type of the graph. */
export const kindOfTask = { EngagementFromOpportunityTask: 'engagement-from-opportunity-task' } as const;

/** A type of the graph whose objects are tasks. */
export type TaskType = keyof typeof kindOfTask;

/** The end of a task's ARN. Its last part alone is the same for all kinds. */
const taskForm = (type: TaskType): RegExp => new RegExp(`^${kindOfTask[type]}/task-[0-9a-z]{13}$`);

/** The forms of ids, by the type of the graph that has them. */
export const idForms = {
  Opportunity: new RegExp(`^${opportunityId}$`),
  Engagement: new RegExp(`^${engagementId}$`),
  Solution: /^S-[0-9]{1,19}$/,
  EngagementFromOpportunityTask: taskForm('EngagementFromOpportunityTask'),
};

/** An opportunity's id in words, for messages. */
export const expectedOpportunityId = "an opportunity's id such as O1234567";

/** The ARN of an opportunity as AWS documents it for IAM; the id is its last part. */
const opportunityArn = new RegExp(
  `^arn:[\\w-]+:partnercentral:[\\w-]*:\\d*:catalog/\\w+/opportunity/(${opportunityId})$`,
);

/** The ARN of an engagement, which belongs to no account. */
const engagementArn = new RegExp(
  `^arn:[\\w-]+:partnercentral:[\\w-]*:\\d*:catalog/\\w+/engagement/(${engagementId})$`,
);

/** A type of the graph that can be fetched by its id alone. */
export type NodeType = keyof typeof idForms;

const types = Object.keys(idForms) as NodeType[];

/** The type that an id belongs to; undefined for anything else. */
export function typeOfId(id: string): NodeType | undefined {
  return types.find((type) => idForms[type].test(id));
}

/** Checks whether a string has the form of an id, so that it may be logged. */
export const isKnownId = (id: string): boolean => typeOfId(id) !== undefined;

/** The id in an opportunity's ARN; undefined for any other string. */
export const idInArn = (arn: string): string | undefined => opportunityArn.exec(arn)?.[1];

/** The id in an engagement's ARN; undefined for any other string. */
export const engagementIdInArn = (arn: string): string | undefined => engagementArn.exec(arn)?.[1];

/** Rejects a string that cannot be an opportunity's id before a call is spent on it. @throws Fault BAD_USER_INPUT */
export function assertOpportunityId(id: string, field = 'id'): void {
  if (!idForms.Opportunity.test(id)) throw badInput(field, quoted(id), expectedOpportunityId);
}
