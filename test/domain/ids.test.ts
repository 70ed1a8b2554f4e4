/** Which type an id belongs to. */
import { describe, expect, test } from 'vitest';
import { invitationIdOf, leadIdOf, leadPartsOf, typeOfId } from '../../src/domain/ids.ts';

const invitation = 'engi-0123456789abc';
const engagement = 'eng-0123456789abcd';

describe('the form of an id determines its type', () => {
  test.each([
    ['O1234567', 'Opportunity'],
    ['S-1234567', 'Solution'],
    [engagement, 'Engagement'],
    [invitation, 'EngagementInvitation'],
    [`${engagement}/1`, 'Lead'],
    [`${engagement}/12`, 'Lead'],
    ['job-0123456789abc', 'ResourceSnapshotJob'],
    ['engagement-from-opportunity-task/task-0123456789abc', 'EngagementFromOpportunityTask'],
    ['engagement-by-accepting-invitation-task/task-0123456789abc', 'EngagementByAcceptingInvitationTask'],
    ['opportunity-from-engagement-task/task-0123456789abc', 'OpportunityFromEngagementTask'],
    ['prospecting-from-engagement-task/task-0123456789abcd', 'ProspectingFromEngagementTask'],
  ])('%s is of the type %s', (id, type) => {
    expect(typeOfId(id)).toBe(type);
  });

  test.each([
    '',
    'O',
    'o1',
    ` ${engagement}`,
    `${engagement}\n`,
    `${engagement}/`,
    `${engagement}/0`,
    `${engagement}/01`,
    `${engagement}/1/2`,
    'eng-0123456789abc',
    'engi-0123456789abcd',
    'task-0123456789abc',
    'engagement-from-opportunity-task/task-0123456789abcd',
    'prospecting-from-engagement-task/task-0123456789abc',
    'job-0123456789ABC',
  ])('%j is of none', (id) => {
    expect(typeOfId(id)).toBeUndefined();
  });
});

test.each([
  invitation,
  `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement-invitation/${invitation}`,
])('the id of an invitation that AWS names %s is the end of it', (name) => {
  expect(invitationIdOf(name)).toBe(invitation);
});

test("a lead's id is made of its engagement and its context", () => {
  const parts = { engagementId: engagement, contextId: '12' };
  expect(leadPartsOf(`${engagement}/12`)).toEqual(parts);
  expect(leadIdOf(parts.engagementId, parts.contextId)).toBe(`${engagement}/12`);
});
