/** AWS's identifiers: which type of the graph an id belongs to follows from its form. */
import { badInput, quoted } from './bad-input.ts';

const opportunityId = 'O[0-9]{1,19}';
const engagementId = 'eng-[0-9a-z]{14}';
const invitationId = 'engi-[0-9a-z]{13}';

/** The kinds of tasks as their ARNs name them, by the type of the graph. */
export const kindOfTask = {
  EngagementFromOpportunityTask: 'engagement-from-opportunity-task',
  EngagementByAcceptingInvitationTask: 'engagement-by-accepting-invitation-task',
  OpportunityFromEngagementTask: 'opportunity-from-engagement-task',
  ProspectingFromEngagementTask: 'prospecting-from-engagement-task',
} as const;

/** A type of the graph whose objects are tasks. */
export type TaskType = keyof typeof kindOfTask;
export const taskTypes = Object.keys(kindOfTask) as TaskType[];

/** The type of a task by the beginning of its id, regardless of AWS's own part of it. */
export function taskTypeOf(id: string): TaskType {
  const type = taskTypes.find((type) => id.startsWith(`${kindOfTask[type]}/`));
  if (!type) throw new Error(`${id} is not the id of a task`);
  return type;
}

/** The end of a task's ARN. Its last part alone does not show the kind. */
const taskForm = (type: TaskType, length = 13): RegExp =>
  new RegExp(`^${kindOfTask[type]}/task-[0-9a-z]{${length}}$`);

/** A revision of a snapshot: the end of its ARN, in its parts. */
export const snapshotForm = new RegExp(
  `^engagement/(${engagementId})/resource/Opportunity/(${opportunityId})/template/([a-zA-Z0-9]{3,80})/snapshot/([1-9][0-9]{0,8})$`,
);

/** The forms of ids, by the type of the graph that has them (API reference). A lead is a context of an engagement. */
export const idForms = {
  Opportunity: new RegExp(`^${opportunityId}$`),
  Engagement: new RegExp(`^${engagementId}$`),
  EngagementInvitation: new RegExp(`^${invitationId}$`),
  Lead: new RegExp(`^${engagementId}/[1-9][0-9]{0,2}$`),
  Solution: /^S-[0-9]{1,19}$/,
  ResourceSnapshot: snapshotForm,
  ResourceSnapshotJob: /^job-[0-9a-z]{13}$/,
  /** This gateway's own. */
  BulkJob: /^bulk-[0-9a-f]{22}$/,
  EngagementFromOpportunityTask: taskForm('EngagementFromOpportunityTask'),
  EngagementByAcceptingInvitationTask: taskForm('EngagementByAcceptingInvitationTask'),
  OpportunityFromEngagementTask: taskForm('OpportunityFromEngagementTask'),
  ProspectingFromEngagementTask: taskForm('ProspectingFromEngagementTask', 14),
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

/** AWS's `Id` of an invitation, which some answers give as its ARN. */
export const invitationIdOf = (idOrArn: string): string => idOrArn.slice(idOrArn.lastIndexOf('/') + 1);

/** A lead's id in its parts. */
export function leadPartsOf(id: string): { engagementId: string; contextId: string } {
  const [engagementId = '', contextId = ''] = id.split('/');
  return { engagementId, contextId };
}

/** The id of the lead in a context of an engagement. */
export const leadIdOf = (engagementId: string, contextId: string): string => `${engagementId}/${contextId}`;

/** The id in an opportunity's ARN; undefined for any other string. */
export const idInArn = (arn: string): string | undefined => opportunityArn.exec(arn)?.[1];

/** The id in an engagement's ARN; undefined for any other string. */
export const engagementIdInArn = (arn: string): string | undefined => engagementArn.exec(arn)?.[1];

/** Rejects a string that cannot be an opportunity's id before a call is spent on it. @throws Fault BAD_USER_INPUT */
export function assertOpportunityId(id: string, field = 'id'): void {
  if (!idForms.Opportunity.test(id)) throw badInput(field, quoted(id), expectedOpportunityId);
}

/** The same for a lead's id. @throws Fault BAD_USER_INPUT */
export function assertLeadId(id: string, field = 'id'): void {
  if (!idForms.Lead.test(id)) throw badInput(field, quoted(id), "a lead's id such as eng-0123456789abcd/1");
}
