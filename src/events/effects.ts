/** What an event makes stale, in every replica, without a call. */
import type { Account } from '../accounts/account.ts';
import type { PartnerEvent } from '../domain/partner-event.ts';
import { followInvitations } from '../records/invitation-caches.ts';
import { isLater } from './proofs.ts';

const isOfOpportunity = ({ type }: PartnerEvent): boolean =>
  type === 'OPPORTUNITY_CREATED' || type === 'OPPORTUNITY_UPDATED';

/** The record in the cache is not current any more, or at least has to be revalidated. */
export function expireOpportunity({ cache }: Account, event: PartnerEvent): void {
  const { opportunityId: id, time } = event;
  if (!id || !isOfOpportunity(event)) return;
  const known = cache.latest(id)?.lastModifiedDate;
  if (known && isLater(time, known)) cache.merge({ id, isCurrent: false });
  else cache.expire(id);
}

/** Drops what is cached around the objects of an event. */
export function dropRelated({ related, invitations }: Account, event: PartnerEvent): void {
  const { type, opportunityId, engagementId, invitationId } = event;
  // AWS's view has no date of its own, and a snapshot is made of it whenever AWS changes it.
  if (opportunityId) related.awsSummaries.drop(opportunityId);
  if (invitationId) followInvitations(invitations, { type: 'EngagementInvitation', id: invitationId });
  if (!engagementId) return;
  related.engagements.drop(engagementId);
  if (type === 'ENGAGEMENT_UPDATED') return;
  for (const key of ['all', engagementId, opportunityId]) if (key) related.associations.drop(key);
  related.snapshots.drop(engagementId);
  if (opportunityId) related.snapshots.drop(`${engagementId}/${opportunityId}`);
}

/**
 * The opportunities that have to be looked up: the one that has changed, or those of an engagement that this account may
 * not see any more. AWS: after a rejection the partner loses access to the opportunity.
 */
export function opportunitiesOf({ related }: Account, event: PartnerEvent): string[] {
  const { type, opportunityId, engagementId, participantType } = event;
  if (opportunityId && isOfOpportunity(event)) return [opportunityId];
  const isTurnedDown = type === 'INVITATION_REJECTED' || type === 'INVITATION_EXPIRED';
  if (!isTurnedDown || participantType !== 'RECEIVER' || !engagementId) return [];
  const known = related.associations.get(engagementId) ?? related.associations.get('all');
  return (known?.resourcesIn.get(engagementId) ?? []).map(({ resourceId }) => resourceId);
}
