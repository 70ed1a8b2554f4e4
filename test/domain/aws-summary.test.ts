import { describe, expect, test } from 'vitest';
import { differencesOf, isTakenUp } from '../../src/domain/aws-summary.ts';
import type { AwsSummary, OpportunityRecord } from '../../src/upstream/wire.ts';

const own = { catalog: 'AWS', relatedOpportunityId: 'O1', origin: 'Partner Referral' } as const;

describe('AWS has taken a deal up', () => {
  test.each<[what: string, members: AwsSummary, expected: boolean]>([
    ['not if it has only where the deal comes from', {}, false],
    ['not if everything else is null', { lifeCycle: null, involvementType: null, insights: null }, false],
    ['not if everything else is empty', { opportunityTeam: [], lifeCycle: {}, cosellMotion: '' }, false],
    ['not if everything else is null inside', { lifeCycle: { stage: null, nextStepsHistory: [] } }, false],
    ['if it names its involvement', { involvementType: 'Co-Sell' }, true],
    ['if it has a stage', { lifeCycle: { stage: 'Engaged' } }, true],
    ['if a score is zero', { insights: { opportunityQuality: { score: 0 } } }, true],
  ])('%s', (_, members, expected) => expect(isTakenUp({ ...own, ...members })).toBe(expected));
});

const record = (members: object) => members as OpportunityRecord;
const spend = (amount: string | null, more: object = {}) => ({
  amount,
  currencyCode: 'USD' as const,
  frequency: 'Monthly' as const,
  targetCompany: 'AWS',
  ...more,
});

describe('the differences between two views', () => {
  test.each<[what: string, partner: object, aws: AwsSummary, expected: object[]]>([
    [
      'none where AWS has none',
      { lifeCycle: { stage: 'Launched' }, relatedEntityIdentifiers: { solutions: ['S-1'] } },
      { lifeCycle: null, project: {}, relatedEntityIds: { solutions: null } },
      [],
    ],
    [
      'none between equal views',
      { lifeCycle: { stage: 'Launched', targetCloseDate: '2027-01-01' } },
      { lifeCycle: { stage: 'Launched', targetCloseDate: '2027-01-01' } },
      [],
    ],
    [
      'a stage that only AWS has',
      { lifeCycle: { stage: 'Prospect' } },
      { lifeCycle: { stage: 'Engaged' } },
      [{ field: 'lifeCycle.stage', partner: 'Prospect', aws: 'Engaged' }],
    ],
    [
      'a reason that only AWS gives',
      { lifeCycle: null },
      { lifeCycle: { closedLostReason: 'Price' } },
      [{ field: 'lifeCycle.closedLostReason', partner: null, aws: 'Price' }],
    ],
    [
      'a date',
      { lifeCycle: { targetCloseDate: '2027-01-01' } },
      { lifeCycle: { targetCloseDate: '2027-02-01' } },
      [{ field: 'lifeCycle.targetCloseDate', partner: '2027-01-01', aws: '2027-02-01' }],
    ],
    [
      'no amount that is only written otherwise',
      { project: { expectedCustomerSpend: [spend('531')] } },
      { project: { expectedCustomerSpend: [spend('531.0')] } },
      [],
    ],
    [
      'an amount',
      { project: { expectedCustomerSpend: [spend('531.50')] } },
      { project: { expectedCustomerSpend: [spend('600')] } },
      [
        {
          field: 'project.expectedCustomerSpend',
          partner: '531.5 USD Monthly AWS',
          aws: '600 USD Monthly AWS',
        },
      ],
    ],
    [
      'no solutions in another order',
      { relatedEntityIdentifiers: { solutions: ['S-2', 'S-1'] } },
      { relatedEntityIds: { solutions: ['S-1', 'S-2'] } },
      [],
    ],
    [
      'a solution that AWS lacks',
      { relatedEntityIdentifiers: { solutions: ['S-2', 'S-1'] } },
      { relatedEntityIds: { solutions: [] } },
      [{ field: 'relatedEntityIdentifiers.solutions', partner: 'S-1, S-2', aws: null }],
    ],
    [
      'no empty list beside none',
      { relatedEntityIdentifiers: { solutions: null } },
      { relatedEntityIds: { solutions: [] } },
      [],
    ],
  ])('include %s', (_, partner, aws, expected) => {
    expect(differencesOf(record(partner), aws)).toEqual(expected);
  });
});
