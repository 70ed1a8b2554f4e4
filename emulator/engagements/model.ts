/**
 * What several accounts share. Members in AWS's PascalCase are as the API returns them; those in lower case are the
 * emulator's own. Like records, these are immutable: a write stores a new one.
 */
import type { JsonObject } from '../json.ts';
import type { Opportunity } from '../records/record.ts';

/** An AWS account id of twelve digits, or `aws`. */
export type AccountId = string;

/** AWS as a member, sender, receiver or creator. */
export const aws: AccountId = 'aws';

export type Member = { AccountId: AccountId; CompanyName: string; WebsiteUrl: string | null };

export type ContextType = 'CustomerProject' | 'Lead' | 'ProspectingResult';

/** What an engagement is about. The ids of an engagement's contexts are `1`, `2`, and so on. */
export type Context = {
  Id: string;
  Type: ContextType;
  Payload?: JsonObject;
  /** The opportunity that a lead has been converted to. */
  opportunity?: string;
};

/** A room that companies share. */
export type Engagement = {
  Id: string;
  Arn: string;
  Catalog: string;
  Title: string;
  Description: string;
  CreatedAt: string;
  CreatedBy: AccountId;
  /** The lock of its contexts, to the nanosecond. Always later than the one before. */
  ModifiedAt: string;
  ModifiedBy: AccountId;
  Contexts: Context[];
  /** In the order in which they joined; the creator is first. */
  members: Member[];
};

/** That an opportunity is shared in an engagement, by its owner. */
export type ResourceAssociation = {
  Catalog: string;
  EngagementId: string;
  ResourceType: 'Opportunity';
  ResourceId: string;
  CreatedBy: AccountId;
};

export type InvitationStatus = 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'EXPIRED';

export type Invitation = {
  Id: string;
  Arn: string;
  Catalog: string;
  EngagementId: string;
  /** Forty characters at most. */
  EngagementTitle: string;
  EngagementDescription: string;
  PayloadType: 'OpportunityInvitation' | 'LeadInvitation';
  Payload: JsonObject;
  InvitationMessage: string;
  Status: InvitationStatus;
  InvitationDate: string;
  /** Null if it never expires. */
  ExpirationDate: string | null;
  RejectionReason?: string;
  SenderAwsAccountId: AccountId;
  SenderCompanyName: string;
  Receiver: { Account: { AwsAccountId: AccountId; Alias: string } };
  /** The opportunity of an AWS referral, which exists before its receiver may see it. */
  referral?: Opportunity;
  /** The id of the opportunity that the acceptance has made. */
  opportunity?: string;
};

/** What an opportunity's owner shares of it in an engagement, at one time. */
export type Snapshot = {
  Arn: string;
  Catalog: string;
  CreatedBy: AccountId;
  CreatedAt: string;
  EngagementId: string;
  ResourceType: 'Opportunity';
  ResourceId: string;
  ResourceSnapshotTemplateName: string;
  /** From 1 on, by engagement, resource and template. */
  Revision: number;
  Payload: JsonObject;
  TargetMemberAccounts: AccountId[];
};

/** Takes a snapshot whenever its opportunity changes in what the template shows. */
export type SnapshotJob = {
  Id: string;
  Arn: string;
  Catalog: string;
  EngagementId: string;
  ResourceType: 'Opportunity';
  ResourceId: string;
  ResourceArn: string;
  ResourceSnapshotTemplateName: string;
  CreatedAt: string;
  Status: 'Running' | 'Stopped';
  LastSuccessfulExecutionDate?: string;
  LastFailure?: string;
  owner: AccountId;
};

/** The tasks of the API, as in the names of the operations that start them. */
export type TaskKind =
  | 'engagement-from-opportunity'
  | 'engagement-by-accepting-invitation'
  | 'opportunity-from-engagement'
  | 'prospecting-from-engagement';

/** A task in progress or finished. `answer` has the members that its start and its list return. */
export type Task = {
  kind: TaskKind;
  account: AccountId;
  catalog: string;
  /** The request that started it, without its client token. */
  input: JsonObject;
  answer: JsonObject & { TaskId: string; TaskArn: string; TaskStatus: string; StartTime: string };
};

/** AWS's involvement in an opportunity, from its first submission on. */
export type Involvement = {
  InvolvementType: string;
  Visibility: string;
  /** Default: the partner. */
  Origin?: 'AWS Referral';
};

/** Of an opportunity or a snapshot job. */
export type Tag = { Key: string; Value: string };

/** Two partners that may invite each other. */
export type Connection = { accounts: [AccountId, AccountId] };

/** Something that happens by itself at a time of the emulator's clock. `id` is a task, opportunity or invitation. */
export type DueTask = {
  at: number;
  what: 'task' | 'review' | 'expiry' | 'contacts';
  account: AccountId;
  catalog: string;
  id: string;
};
