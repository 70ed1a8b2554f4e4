import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysLeft, type Invitation, sideOf } from '../../src/domain/invitations.ts';

const invitation = (members: object): Invitation => ({ id: 'engi-0123456789abc', ...members });
const now = '2031-05-14T12:00:00Z';

describe('the days left to answer an invitation', () => {
  test.each([
    ['include the current one', 'PENDING', '2031-05-14T12:00:00.001Z', 1],
    ['are whole days', 'PENDING', '2031-05-15T12:00:00Z', 1],
    ['count a day that has begun', 'PENDING', '2031-05-15T12:00:01Z', 2],
    ['are fifteen of a new invitation', 'PENDING', '2031-05-29T12:00:00.000000001Z', 15],
    ['are none at its end', 'PENDING', now, 0],
    ['are none after its end', 'PENDING', '2031-05-01T00:00:00Z', 0],
    ['are none of an accepted one', 'ACCEPTED', '2031-05-20T12:00:00Z', 0],
    ['are none of a rejected one', 'REJECTED', '2031-05-20T12:00:00Z', 0],
    ['are unknown without a date', 'PENDING', null, null],
    ['are unknown if the date is none', 'PENDING', 'soon', null],
  ])('%s', (_, status, expirationDate, expected) => {
    expect(daysLeft(invitation({ status, expirationDate }), now)).toBe(expected);
  });

  test('are 0 exactly when its end has come, and never less', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }), (end) => {
        const left = daysLeft(invitation({ status: 'PENDING', expirationDate: end.toISOString() }), now);
        expect(left).toBe(Math.max(0, Math.ceil((end.getTime() - Date.parse(now)) / 86_400_000)));
      }),
    );
  });
});

test('AWS’s own invitations, and those to it, show whose side the account is on', () => {
  const receiver = (awsAccountId: string) => ({ receiver: { account: { awsAccountId } } });
  expect(sideOf(invitation({ senderAwsAccountId: 'aws' }))).toBe('RECEIVER');
  expect(sideOf(invitation({ senderAwsAccountId: '1', ...receiver('aws') }))).toBe('SENDER');
  expect(sideOf(invitation({ senderAwsAccountId: '1', ...receiver('2') }))).toBeUndefined();
  expect(sideOf(invitation({ participantType: 'SENDER', ...receiver('2') }))).toBe('SENDER');
});
