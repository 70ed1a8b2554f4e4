import type { Engagement, Invitation, Member, Snapshot } from '../engagements/model.ts';
import type { JsonObject } from '../json.ts';

/** What happened, in AWS's words and shapes; the account and the time are added when it is published. */
export type Happening = { detailType: DetailType; resources: string[]; detail: JsonObject };

export type DetailType =
  | 'Opportunity Created'
  | 'Opportunity Updated'
  | 'Engagement Created'
  | 'Engagement Updated'
  | 'Engagement Member Added'
  | 'Engagement Resource Snapshot Created'
  | `Engagement Invitation ${'Created' | 'Accepted' | 'Rejected' | 'Expired'}`;

const happening = (detailType: DetailType, detail: JsonObject, resources: string[] = []): Happening => ({
  detailType,
  resources,
  detail,
});

/** AWS: the event identifies only which opportunity it is. */
const opportunityEvent =
  (detailType: DetailType) =>
  (catalog: string, identifier: string): Happening =>
    happening(detailType, { schemaVersion: '1', catalog, opportunity: { identifier } });

export const opportunityCreated = opportunityEvent('Opportunity Created');
export const opportunityUpdated = opportunityEvent('Opportunity Updated');

/** AWS mixes the cases of names here. */
export const engagementCreated = (engagement: Engagement): Happening =>
  happening('Engagement Created', {
    catalog: engagement.Catalog,
    engagement: {
      engagementArn: engagement.Arn,
      engagementId: engagement.Id,
      CreatedAt: engagement.CreatedAt,
      CreatedBy: engagement.CreatedBy,
      ContextTypes: contextTypes(engagement),
    },
  });

export const engagementUpdated = (engagement: Engagement): Happening =>
  happening('Engagement Updated', {
    catalog: engagement.Catalog,
    engagement: {
      engagementArn: engagement.Arn,
      engagementId: engagement.Id,
      LastModifiedAt: engagement.ModifiedAt,
      LastModifiedBy: engagement.ModifiedBy,
      ContextTypes: contextTypes(engagement),
    },
  });

/** The types of an engagement's contexts, each once. */
export const contextTypes = ({ Contexts }: Engagement): string[] => [
  ...new Set(Contexts.map(({ Type }) => Type)),
];

export const memberAdded = ({ Catalog, Id }: Engagement, member: Member): Happening =>
  happening('Engagement Member Added', {
    catalog: Catalog,
    engagement: { id: Id },
    engagementMember: { accountId: member.AccountId, companyName: member.CompanyName },
  });

export const snapshotCreated = (snapshot: Snapshot): Happening =>
  happening('Engagement Resource Snapshot Created', {
    catalog: snapshot.Catalog,
    resourceSnapshot: {
      arn: snapshot.Arn,
      engagementId: snapshot.EngagementId,
      resourceType: snapshot.ResourceType,
      resourceId: snapshot.ResourceId,
      createdBy: snapshot.CreatedBy,
      targetMemberAccounts: snapshot.TargetMemberAccounts,
      resourceSnapshotTemplateName: snapshot.ResourceSnapshotTemplateName,
    },
  });

const invitationNames = {
  PENDING: 'Created',
  ACCEPTED: 'Accepted',
  REJECTED: 'Rejected',
  EXPIRED: 'Expired',
} as const;

/** The event of an invitation's status. The participant is the account that receives the event. */
export const invitationEvent = (invitation: Invitation, participantType: string): Happening =>
  happening(
    `Engagement Invitation ${invitationNames[invitation.Status]}`,
    {
      schemaVersion: '1.0',
      catalog: invitation.Catalog,
      engagementInvitation: {
        arn: invitation.Arn,
        id: invitation.Id,
        engagementId: invitation.EngagementId,
        senderAccountId: invitation.SenderAwsAccountId,
        receiverAccountId: invitation.Receiver.Account.AwsAccountId,
        participantType,
        payloadType: invitation.PayloadType,
        ...(invitation.Status === 'PENDING' && {
          senderCompanyName: invitation.SenderCompanyName,
          expirationDate: invitation.ExpirationDate,
        }),
      },
    },
    [invitation.Arn],
  );
