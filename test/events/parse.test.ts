import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEvent } from '../../src/events/parse.ts';

const filter = { accountId: '691709974417', catalog: 'Sandbox' };

/** AWS: recorded in February 2025. */
const recorded = {
  version: '0',
  id: 'c7d1a1c4-0000-4000-8000-000000000001',
  'detail-type': 'Opportunity Updated',
  source: 'aws.partnercentral-selling',
  account: '691709974417',
  time: '2025-02-19T04:20:25Z',
  region: 'us-east-1',
  resources: [],
  detail: { schemaVersion: '1', catalog: 'Sandbox', opportunity: { identifier: 'O5465588' } },
};
const parse = (event: unknown) => parseEvent(JSON.stringify(event), filter);
const eventOf = (name: string, detail: object) =>
  parse({ ...recorded, 'detail-type': name, detail: { catalog: 'Sandbox', ...detail } });
const { id, time } = recorded;

const engagementId = 'eng-0123456789abcd';
const invitationId = 'engi-0123456789abc';
const invitation = {
  arn: `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement-invitation/${invitationId}`,
  id: invitationId,
  engagementId,
  senderAccountId: '111122223333',
  receiverAccountId: '691709974417',
  participantType: 'RECEIVER',
  payloadType: 'OpportunityInvitation',
};
const ofInvitation = { invitationId, engagementId, participantType: 'RECEIVER', accountId: '111122223333' };
const snapshot = {
  arn: 'arn:any',
  engagementId,
  resourceType: 'Opportunity',
  resourceId: 'O5465588',
  createdBy: '111122223333',
  targetMemberAccounts: [],
  resourceSnapshotTemplateName: 'OpportunitySummaryView',
};
const ofSnapshot = { engagementId, opportunityId: 'O5465588', accountId: '111122223333' };
const member = { accountId: '111122223333', companyName: 'Acme' };

describe('an event of AWS', () => {
  test('a recorded event is read', () => {
    expect(parse(recorded)).toEqual({
      event: { id, time, type: 'OPPORTUNITY_UPDATED', opportunityId: 'O5465588' },
    });
  });

  test.each<[name: string, detail: object, expected: object]>([
    [
      'Opportunity Created',
      { opportunity: { identifier: 'O1' } },
      { type: 'OPPORTUNITY_CREATED', opportunityId: 'O1' },
    ],
    [
      'Opportunity Updated',
      { opportunity: { identifier: 'O1' } },
      { type: 'OPPORTUNITY_UPDATED', opportunityId: 'O1' },
    ],
    [
      'Engagement Created',
      { engagement: { engagementArn: 'arn:any', engagementId, CreatedBy: '111122223333', ContextTypes: [] } },
      { type: 'ENGAGEMENT_CREATED', engagementId, accountId: '111122223333' },
    ],
    [
      'Engagement Updated',
      { engagement: { engagementId, LastModifiedAt: time, LastModifiedBy: 'aws' } },
      { type: 'ENGAGEMENT_UPDATED', engagementId, accountId: 'aws' },
    ],
    [
      'Engagement Member Added',
      { engagement: { id: engagementId }, engagementMember: member },
      { type: 'MEMBER_ADDED', engagementId, ...member },
    ],
    [
      'Engagement Resource Snapshot Created',
      { resourceSnapshot: snapshot },
      { type: 'SNAPSHOT_CREATED', ...ofSnapshot },
    ],
    ...['Created', 'Accepted', 'Rejected', 'Expired'].map((what): [string, object, object] => [
      `Engagement Invitation ${what}`,
      { engagementInvitation: invitation },
      { type: `INVITATION_${what.toUpperCase()}`, ...ofInvitation },
    ]),
  ])('the detail type %s is read', (name, detail, expected) => {
    expect(eventOf(name, detail)).toEqual({ event: { id, time, ...expected } });
  });

  test.each<[name: string, detail: object, type: string]>([
    ['Opportunity Accepted', { opportunity: { identifier: 'O1' } }, 'OPPORTUNITY_UPDATED'],
    ['Opportunity Rejected', { opportunity: { identifier: 'O1' } }, 'OPPORTUNITY_UPDATED'],
    ['Engagement Member Joined', { engagement: { id: engagementId } }, 'MEMBER_ADDED'],
    ['Resource Snapshot Created', { resourceSnapshot: snapshot }, 'SNAPSHOT_CREATED'],
  ])("the preview's name %s is read as its successor", (name, detail, type) => {
    expect(eventOf(name, detail)).toMatchObject({ event: { type } });
  });

  test('names and participant types are compared without their case', () => {
    const detail = { ENGAGEMENTINVITATION: { ...invitation, participantType: 'Sender' } };
    expect(eventOf('engagement INVITATION accepted', detail)).toEqual({
      event: {
        id,
        time,
        type: 'INVITATION_ACCEPTED',
        ...ofInvitation,
        participantType: 'SENDER',
        accountId: '691709974417',
      },
    });
  });

  test('an id may come as an ARN', () => {
    const arn = `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement/${engagementId}`;
    expect(eventOf('Engagement Updated', { engagement: { engagementArn: arn } })).toMatchObject({
      event: { engagementId },
    });
    const { arn: invitationArn } = invitation;
    expect(
      eventOf('Engagement Invitation Expired', { engagementInvitation: { arn: invitationArn } }),
    ).toMatchObject({
      event: { invitationId },
    });
  });
});

describe('a message without an event for this account', () => {
  test.each([
    ['another account', { account: '111122223333' }],
    ['another source', { source: 'aws.s3' }],
    ['another catalog', { detail: { ...recorded.detail, catalog: 'AWS' } }],
    ['no catalog', { detail: { opportunity: { identifier: 'O1' } } }],
  ])('an event of %s is foreign', (_what, members) => {
    expect(parse({ ...recorded, ...members })).toEqual({ skipped: 'foreign' });
  });

  test('a type that this release does not know is unknown', () => {
    expect(parse({ ...recorded, 'detail-type': 'Opportunity Celebrated' })).toEqual({ skipped: 'unknown' });
  });

  test.each([
    ['text', 'hello'],
    ['an empty text', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['an object', '{}'],
    ['an event without an id', JSON.stringify({ ...recorded, id: undefined })],
    ['an event whose detail is a string', JSON.stringify({ ...recorded, detail: 'O1' })],
  ])('%s is not an event', (_what, body) => {
    expect(parseEvent(body, filter)).toEqual({ problem: "not an event in EventBridge's envelope" });
  });

  test('a known event without its time or its id is malformed, and the problem quotes nothing of it', () => {
    expect(parse({ ...recorded, time: 'yesterday' })).toEqual({
      problem: 'OPPORTUNITY_UPDATED without a time',
    });
    expect(eventOf('Opportunity Updated', { opportunity: { identifier: 'Acme' } })).toEqual({
      problem: 'OPPORTUNITY_UPDATED without a valid opportunityId',
    });
    expect(eventOf('Engagement Member Added', {})).toEqual({
      problem: 'MEMBER_ADDED without a valid engagementId',
    });
    expect(eventOf('Engagement Invitation Created', { engagementInvitation: { id: 7 } })).toEqual({
      problem: 'INVITATION_CREATED without a valid invitationId',
    });
  });

  test('no message is an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.jsonValue(), (body, detail) => {
        parseEvent(body, filter);
        parse({ ...recorded, detail });
        parse({ ...recorded, detail: { catalog: 'Sandbox', opportunity: detail, engagement: detail } });
      }),
    );
  });
});
