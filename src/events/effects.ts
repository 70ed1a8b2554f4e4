/** What an event makes stale, in every replica, without a call. */
import type { Account } from '../accounts/account.ts';
import type { PartnerEvent } from '../domain/partner-event.ts';
import { isLater } from './proofs.ts';

/** The record in the cache is not current any more, or at least has to be revalidated. */
function expireOpportunity({ cache, related }: Account, id: string, time: string): void {
  related.awsSummaries.drop(id);
  const known = cache.latest(id)?.lastModifiedDate;
  if (known && isLater(time, known)) cache.merge({ id, isCurrent: false });
  else cache.expire(id);
}

/** Forgets in which engagements an opportunity is. */
function dropAssociations({ related }: Account, opportunityId: string | undefined): void {
  related.associations.drop('all');
  if (opportunityId) related.associations.drop(opportunityId);
}

export function applyEvent(account: Account, event: PartnerEvent): void {
  const { type, opportunityId, engagementId, time } = event;
  if (opportunityId && type.startsWith('OPPORTUNITY')) expireOpportunity(account, opportunityId, time);
  // AWS: a snapshot of AWS's own view tells that this view has changed.
  if (opportunityId && type === 'SNAPSHOT_CREATED') account.related.awsSummaries.drop(opportunityId);
  if (!engagementId) return;
  account.related.engagements.drop(engagementId);
  if (type !== 'ENGAGEMENT_UPDATED') dropAssociations(account, opportunityId);
  account.timeline.note(engagementId, event);
}
