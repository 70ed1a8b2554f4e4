import { shareAwsView } from '../engagements/aws-snapshot.ts';
import { awsInvolvement } from '../engagements/aws-view.ts';
import { answerAsAws } from '../engagements/save.ts';
import { ownKey } from '../engagements/store.ts';
import { engageAws } from '../engagements/submission.ts';
import { addTags } from '../engagements/tag.ts';
import { getIn } from '../json.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { earlier } from './earlier.ts';

const dayMs = 86_400_000;

/** The tags of two of the opportunities that examples may rely on. */
const tags = [
  ['O5000002', [{ Key: 'team', Value: 'north' }]],
  [
    'O5000005',
    [
      { Key: 'team', Value: 'south' },
      { Key: 'cost-centre', Value: '4711' },
    ],
  ],
] as const;

/**
 * Gives the seeded opportunities what their submissions and reviews would have made: engagements, snapshots with their
 * jobs, invitations and AWS's answers, at the times at which they would have happened, and without events.
 */
export function seedEngagements(own: PartnerState): void {
  const { accountId, engagements, store } = own;
  const role = `arn:aws:iam::${accountId}:role/PartnerCentralSnapshots`;
  for (const catalog of ['Sandbox', 'AWS']) engagements.jobRoles.set(ownKey(accountId, catalog), role);
  for (const record of store.all()) seedSubmission(own, record);
  for (const [id, list] of tags) addTags(own, String(store.get('Sandbox', id)?.Arn), [...list]);
}

function seedSubmission(own: PartnerState, record: Opportunity): void {
  const involvement = awsInvolvement(record, own);
  if (!involvement) return;
  const status = getIn(record, 'LifeCycle', 'ReviewStatus');
  const created = Date.parse(record.CreatedDate);
  const modified = Date.parse(record.LastModifiedDate);
  // An approved deal has moved on since; the others have not changed since their review or, without one, submission.
  const isApproved = status === 'Approved';
  const isReviewed = isApproved || status === 'Rejected' || status === 'Action Required';
  const reviewed = isApproved ? created + 5 * dayMs : modified;
  const submission = earlier(own, isReviewed ? reviewed - dayMs : modified);
  own.engagements.involvements.set(ownKey(own.accountId, record.Catalog, record.Id), involvement);
  const { engagement } = engageAws(submission, record);
  if (!isApproved && status !== 'Rejected') return;
  const review = earlier(own, reviewed);
  answerAsAws(review, engagement, isApproved ? 'ACCEPTED' : 'REJECTED');
  shareAwsView(review, engagement, record);
}
