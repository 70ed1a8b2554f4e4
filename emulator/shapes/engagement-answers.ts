import { anyString, list, structure } from './shape.ts';

const summary = {
  Id: anyString,
  Arn: anyString,
  Title: anyString,
  CreatedAt: anyString,
  CreatedBy: anyString,
  MemberCount: anyString,
  ModifiedAt: anyString,
  ModifiedBy: anyString,
};

/** GetEngagement. Payloads are unions, whose absent members the service leaves out: they are returned as stored. */
export const engagementAnswer = structure({
  ...summary,
  Description: anyString,
  Contexts: list(structure({ Id: anyString, Type: anyString, Payload: anyString })),
});

/** GetEngagementInvitation. */
export const invitationAnswer = structure({
  Arn: anyString,
  PayloadType: anyString,
  Id: anyString,
  EngagementId: anyString,
  EngagementTitle: anyString,
  Status: anyString,
  InvitationDate: anyString,
  ExpirationDate: anyString,
  SenderAwsAccountId: anyString,
  SenderCompanyName: anyString,
  Receiver: anyString,
  Catalog: anyString,
  RejectionReason: anyString,
  Payload: anyString,
  InvitationMessage: anyString,
  EngagementDescription: anyString,
  ExistingMembers: anyString,
  EnrichmentContext: anyString,
});

/** One row of ListEngagements. */
export const engagementSummary = structure({ ...summary, ContextTypes: list(anyString) });
