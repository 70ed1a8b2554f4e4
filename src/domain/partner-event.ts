/** Events of the Selling API: what AWS reports unasked. They say that something changed, not what. */
import { z } from 'zod';

/**
 * What an event is about, by AWS's names in lower case. AWS: Selling API events, ten names. EventBridge's own reference
 * still has the last four, which are the preview's.
 */
export const eventTypes = {
  'opportunity created': 'OPPORTUNITY_CREATED',
  'opportunity updated': 'OPPORTUNITY_UPDATED',
  'engagement created': 'ENGAGEMENT_CREATED',
  'engagement updated': 'ENGAGEMENT_UPDATED',
  'engagement member added': 'MEMBER_ADDED',
  'engagement resource snapshot created': 'SNAPSHOT_CREATED',
  'engagement invitation created': 'INVITATION_CREATED',
  'engagement invitation accepted': 'INVITATION_ACCEPTED',
  'engagement invitation rejected': 'INVITATION_REJECTED',
  'engagement invitation expired': 'INVITATION_EXPIRED',
  'opportunity accepted': 'OPPORTUNITY_UPDATED',
  'opportunity rejected': 'OPPORTUNITY_UPDATED',
  'engagement member joined': 'MEMBER_ADDED',
  'resource snapshot created': 'SNAPSHOT_CREATED',
} as const;

/** An event in the form in which replicas exchange it. */
export const partnerEvent = z.object({
  /** EventBridge's; an event that is delivered twice has the same one. */
  id: z.string(),
  type: z.enum(eventTypes),
  /** When it happened, to the second. */
  time: z.string(),
  /** The opportunity; for a snapshot the opportunity that it shows, which may be another member's. */
  opportunityId: z.string().optional(),
  engagementId: z.string().optional(),
  invitationId: z.string().optional(),
  /** On which side of an invitation this account is. */
  participantType: z.enum(['SENDER', 'RECEIVER']).optional(),
  /** The AWS account that acted, or that the event is about: the new member, the invitation's other side. */
  accountId: z.string().optional(),
  /** The company of that account, if AWS names it. */
  companyName: z.string().optional(),
});

export type PartnerEvent = z.infer<typeof partnerEvent>;
export type PartnerEventType = PartnerEvent['type'];
