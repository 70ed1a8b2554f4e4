import { describe, expect, test } from 'vitest';
import { isSubmittable, locksOf } from '../../src/domain/editability.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';

const record = (reviewStatus: string, stage = 'Prospect', catalog = 'AWS') =>
  ({ id: 'O1', catalog, lifeCycle: { reviewStatus, stage } }) as OpportunityRecord;

const address = ['city', 'countryCode', 'postalCode', 'stateOrRegion', 'streetAddress'].map(
  (name) => `customer.account.address.${name}`,
);
const review = ['lifeCycle.reviewStatus', 'lifeCycle.reviewComments', 'lifeCycle.reviewStatusReason'];
const everyday = [
  'lifeCycle.nextSteps',
  'marketing.source',
  'project.salesActivities',
  'project.competitorName',
  'primaryNeedsFromAws',
  'customer.contacts',
];

describe('locked fields', () => {
  test.each<[string, OpportunityRecord, string[], string[]]>([
    [
      'before the submission',
      record('Pending Submission'),
      review,
      [...address, ...everyday, 'project.title', 'lifeCycle.stage', 'customer.account.companyName'],
    ],
    ['while submitted', record('Submitted'), [...address, ...everyday, ...review, 'project.title'], []],
    ['while in review', record('In review'), [...address, ...everyday, ...review, 'project.title'], []],
    [
      'while AWS asks for changes',
      record('Action Required'),
      [
        ...everyday,
        ...review,
        'project.title',
        'customer.account.companyName',
        'customer.account.industry',
        'lifeCycle.stage',
      ],
      [
        ...address,
        'customer.account.websiteUrl',
        'lifeCycle.targetCloseDate',
        'partnerOpportunityIdentifier',
        'project.customerBusinessProblem',
        'project.expectedCustomerSpend',
      ],
    ],
    [
      'once approved',
      record('Approved', 'Qualified'),
      [
        ...review,
        'customer.account.address.countryCode',
        'customer.account.address.postalCode',
        'customer.account.companyName',
        'customer.account.websiteUrl',
        'nationalSecurity',
        'project.customerBusinessProblem',
        'project.title',
      ],
      [
        ...everyday,
        'lifeCycle.stage',
        'lifeCycle.targetCloseDate',
        'project.expectedCustomerSpend',
        'customer.account.address.city',
        // AWS's documentation contradicts itself about these, so AWS decides.
        'customer.account.industry',
        'customer.account.otherIndustry',
        'customer.account.address.stateOrRegion',
        'partnerOpportunityIdentifier',
        'softwareRevenue.value',
      ],
    ],
    ...['Launched', 'Closed Lost'].map((stage): [string, OpportunityRecord, string[], string[]] => [
      `once ${stage}`,
      record('Approved', stage),
      [...address, ...review, 'lifeCycle.stage', 'lifeCycle.nextSteps', 'project.title', 'marketing.source'],
      [
        'opportunityType',
        'project.additionalComments',
        'project.deliveryModels',
        'project.relatedOpportunityIdentifier',
        'softwareRevenue.value',
      ],
    ]),
    ['in an undocumented status', record('Rejected'), review, [...address, ...everyday, 'project.title']],
  ])('only the right fields are locked %s', (_, one, locked, open) => {
    const { certaintyOf, reason } = locksOf(one);
    const isLocked = (field: string) => certaintyOf(field) === 'locked';
    expect(locked.filter((field) => !isLocked(field))).toEqual([]);
    expect(open.filter(isLocked)).toEqual([]);
    expect(isLocked('lifeCycle.nextStepsHistory')).toBe(true);
    expect(reason).toMatch(/[.]$/);
  });

  test('the fields of the review are not locked in the Sandbox', () => {
    const { certaintyOf } = locksOf(record('Submitted', 'Prospect', 'Sandbox'));
    expect(review.map(certaintyOf)).toEqual(['editable', 'editable', 'editable']);
  });
});

test.each<[string, string, string[]]>([
  ['Pending Submission', 'Prospect', ['customer.account.companyName', 'lifeCycle.stage', 'nationalSecurity']],
  ['Submitted', 'Prospect', []],
  ['Action Required', 'Prospect', []],
  [
    'Approved',
    'Qualified',
    [
      'customer.account.address.stateOrRegion',
      'customer.account.industry',
      'customer.account.otherIndustry',
      'partnerOpportunityIdentifier',
      'primaryNeedsFromAws',
      'softwareRevenue.value',
    ],
  ],
  [
    'Approved',
    'Launched',
    ['opportunityType', 'project.relatedOpportunityIdentifier', 'softwareRevenue.value'],
  ],
])(
  'the uncertain fields in the status %s at the stage %s are those that AWS’s pages disagree on',
  (status, stage, expected) => {
    const fields = [
      ...address,
      ...everyday,
      ...review,
      'customer.account.companyName',
      'customer.account.industry',
      'customer.account.otherIndustry',
      'lifeCycle.stage',
      'nationalSecurity',
      'opportunityType',
      'partnerOpportunityIdentifier',
      'project.relatedOpportunityIdentifier',
      'project.title',
      'softwareRevenue.value',
    ];
    const { certaintyOf } = locksOf(record(status, stage));
    expect(fields.filter((field) => certaintyOf(field) === 'uncertain').sort()).toEqual(expected);
  },
);

test('an opportunity can be submitted only in two statuses', () => {
  const statuses = [
    'Pending Submission',
    'Submitted',
    'In review',
    'Action Required',
    'Approved',
    'Rejected',
  ];
  expect(statuses.filter((status) => isSubmittable(record(status)))).toEqual([
    'Pending Submission',
    'Action Required',
  ]);
});
