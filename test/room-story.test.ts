/** A room from both sides: one partner has submitted and invited, the other has accepted, and each works on its own opportunity. */
import { expect, test } from 'vitest';
import type { Data } from './kit.ts';
import { firstPartner, role, secondPartner, sharedRoom } from './shared-room.ts';

const view = (room: string) => `{ engagement(id: "${room}") {
  members { accountId companyName }
  opportunities { createdBy ours opportunity { id } latestSnapshot { revision payload { ... on OpportunitySummaryView { lifecycle { stage nextSteps reviewStatus } } } } }
  sharing { healthy problems jobs { id status opportunity { id } } }
} }`;
const callsOfView = {
  ListEngagements: 1,
  ListEngagementMembers: 1,
  ListEngagementResourceAssociations: 1,
  GetSellingSystemSettings: 1,
  ListResourceSnapshotJobs: 1,
  GetResourceSnapshotJob: 1,
  ListResourceSnapshots: 1,
  GetResourceSnapshot: 2,
};

test('two partners share a room: each sees who is in it, what the other shows, and whether its own sharing works', async () => {
  await using on = await sharedRoom();
  const { one, other, room } = on;
  for (const [partner, account] of [
    [one, firstPartner],
    [other, secondPartner],
  ] as const) {
    await partner.setRole(role(account));
    const { data } = await partner.query(
      `mutation { ensureEngagementSharing(input: { engagementId: "${room}" }) { jobs { status } userErrors { message } } }`,
    );
    expect(data.ensureEngagementSharing).toEqual({ jobs: [{ status: 'RUNNING' }], userErrors: [] });
  }
  await on.control('POST', `opportunities/${one.id}/review`, { decision: 'Approved' });
  await one.patch(one.id, { lifeCycle: { nextSteps: 'Agree on the scope' } });
  await other.patch(other.id, { lifeCycle: { nextSteps: 'Send the offer' } });

  const mine = await one.query(view(room));
  const theirs = await other.query(view(room));
  for (const [partner, { data, errors, calls }] of [
    [one, mine],
    [other, theirs],
  ] as const) {
    expect(errors).toBeUndefined();
    const { members, opportunities, sharing } = data.engagement;
    expect(members.map(({ accountId }: Data) => accountId).toSorted()).toEqual(
      expect.arrayContaining([firstPartner, secondPartner]),
    );
    expect(opportunities.filter(({ ours }: Data) => ours)).toMatchObject([
      { opportunity: { id: partner.id } },
    ]);
    expect(sharing).toMatchObject({
      healthy: true,
      problems: [],
      jobs: [{ status: 'RUNNING', opportunity: { id: partner.id } }],
    });
    const read = { GetOpportunity: calls.GetOpportunity, ListOpportunities: calls.ListOpportunities };
    expect({ ...calls, ...read }).toEqual({ ...callsOfView, ...read });
  }
  // What each last reported, the same from both sides.
  const reported = ({ data }: Data) =>
    data.engagement.opportunities.map(({ createdBy, latestSnapshot }: Data) => [
      createdBy,
      latestSnapshot.payload.lifecycle,
    ]);
  expect(reported(mine)).toEqual(reported(theirs));
  expect(reported(mine)).toEqual(
    expect.arrayContaining([
      [firstPartner, { stage: 'PROSPECT', nextSteps: 'Agree on the scope', reviewStatus: 'APPROVED' }],
      [secondPartner, { stage: 'PROSPECT', nextSteps: 'Send the offer', reviewStatus: 'APPROVED' }],
    ]),
  );

  // The history of each is of its own opportunity.
  const steps = async ({ query, id }: typeof one) => {
    const { data } = await query(
      `{ opportunity(id: "${id}") { history { nodes { changes { field to } } } } }`,
    );
    return data.opportunity.history.nodes
      .flatMap(({ changes }: Data) => changes)
      .filter(({ field }: Data) => field === 'lifecycle.nextSteps')
      .map(({ to }: Data) => to);
  };
  expect([await steps(one), await steps(other)]).toEqual([['Agree on the scope'], ['Send the offer']]);
});
