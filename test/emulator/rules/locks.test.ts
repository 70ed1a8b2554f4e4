import { describe, expect, test } from 'vitest';
import { type Body, testEmulator, violations } from '../kit.ts';

const on = testEmulator({ seed: true });

/** A seeded record in each state. */
const ids = {
  'Pending Submission': 'O5000001',
  Approved: 'O5000002',
  'Action Required': 'O5000003',
  Submitted: 'O5000004',
  Launched: 'O5000005',
  'Closed Lost': 'O5000006',
};

/** A different value for every member that can be locked, by the field name of the violation. */
const changes: Record<string, Body> = {
  primaryNeedsFromAws: {
    PrimaryNeedsFromAws: [
      'Co-Sell - Deal Support',
      'Co-Sell - Technical Consultation',
      'Co-Sell - Business Presentation',
    ],
  },
  nationalSecurity: { NationalSecurity: null },
  partnerOpportunityIdentifier: { PartnerOpportunityIdentifier: 'CRM-new' },
  opportunityType: { OpportunityType: null },
  'customer.account.companyName': { 'Customer.Account.CompanyName': 'Another' },
  'customer.account.industry': { 'Customer.Account.Industry': 'Mining' },
  'customer.account.websiteUrl': { 'Customer.Account.WebsiteUrl': 'www.other.example' },
  'customer.account.duns': { 'Customer.Account.Duns': '111111111' },
  'customer.account.address.city': { 'Customer.Account.Address.City': 'Elsewhere' },
  'customer.account.address.streetAddress': { 'Customer.Account.Address.StreetAddress': '1 New Street' },
  'customer.contacts': { 'Customer.Contacts': [{ FirstName: 'Lena' }] },
  'project.title': { 'Project.Title': 'Another title' },
  'project.customerBusinessProblem': {
    'Project.CustomerBusinessProblem': 'A problem of quite another kind.',
  },
  'project.expectedCustomerSpend': {
    'Project.ExpectedCustomerSpend': [
      { Amount: '7', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
    ],
  },
  'project.deliveryModels': { 'Project.DeliveryModels': ['Other'] },
  'project.additionalComments': { 'Project.AdditionalComments': 'New.' },
  'softwareRevenue.deliveryModel': { 'SoftwareRevenue.DeliveryModel': 'Pay-as-you-go' },
  'lifeCycle.targetCloseDate': { 'LifeCycle.TargetCloseDate': '2032-02-29' },
  'lifeCycle.nextSteps': { 'LifeCycle.NextSteps': 'New' },
  'lifeCycle.stage': { 'LifeCycle.Stage': 'Business Validation' },
};

const closed = [
  'opportunityType',
  'project.deliveryModels',
  'project.additionalComments',
  'softwareRevenue.deliveryModel',
];
const asked = [
  'partnerOpportunityIdentifier',
  'customer.account.websiteUrl',
  'customer.account.address.city',
  'customer.account.address.streetAddress',
  'project.customerBusinessProblem',
  'project.expectedCustomerSpend',
  'lifeCycle.targetCloseDate',
];
const fixed = [
  'nationalSecurity',
  'partnerOpportunityIdentifier',
  'customer.account.companyName',
  'customer.account.industry',
  'customer.account.websiteUrl',
  'project.title',
  'project.customerBusinessProblem',
  'softwareRevenue.deliveryModel',
];
const all = Object.keys(changes);
const open: Record<keyof typeof ids, string[]> = {
  'Pending Submission': all.filter((field) => field !== 'lifeCycle.stage'),
  Approved: all.filter((field) => !fixed.includes(field)),
  'Action Required': asked,
  Submitted: [],
  Launched: closed,
  'Closed Lost': closed,
};

const { read, change: update } = on;

describe('locked members', () => {
  test.each(Object.entries(ids) as [keyof typeof ids, string][])(
    'refuses changes to the members that are locked while %s, by name',
    async (state, id) => {
      // Known initial values, so that every edit is a change.
      await on.control('PATCH', `opportunities/${id}`, {
        NationalSecurity: 'No',
        Project: { DeliveryModels: ['Resell'], AdditionalComments: 'Old.', ExpectedContractDuration: null },
        SoftwareRevenue: { DeliveryModel: 'Contract' },
      });
      const before = await read(id);
      const verdicts: Record<string, unknown> = {};
      for (const [field, edits] of Object.entries(changes)) {
        const { body } = await update(id, edits);
        verdicts[field] = violations(body)[0];
        await on.control('PUT', `opportunities/${id}`, before);
      }
      const expected = all.map((field) => [
        field,
        open[state].includes(field) ? undefined : ['ACTION_NOT_PERMITTED', field],
      ]);
      expect(verdicts).toEqual(Object.fromEntries(expected));
    },
  );

  test('locks everything while In review or Rejected, and nothing in an unknown state', async () => {
    for (const [ReviewStatus, count] of [
      ['In review', 1],
      ['Rejected', 1],
      ['Pondering', 0],
    ]) {
      await on.control('PATCH', 'opportunities/O5000004', { LifeCycle: { ReviewStatus } });
      const { body } = await update('O5000004', { 'LifeCycle.NextSteps': 'Call' });
      expect(violations(body), String(ReviewStatus)).toHaveLength(Number(count));
    }
  });

  test('reports every locked member at once', async () => {
    const { body } = await update('O5000002', {
      ...changes['project.title'],
      ...changes['customer.account.industry'],
    });
    expect(violations(body)).toEqual([
      ['ACTION_NOT_PERMITTED', 'customer.account.industry'],
      ['ACTION_NOT_PERMITTED', 'project.title'],
    ]);
  });

  test('reports a member that is both required and locked as required', async () => {
    const { body } = await update('O5000002', { 'Project.Title': null });
    expect(violations(body)).toEqual([['REQUIRED_FIELD_MISSING', 'project.title']]);
  });

  test('accepts changes to unknown members in every state', async () => {
    for (const id of Object.values(ids)) {
      expect((await update(id, { Forecast: 'B', 'Project.Carbon': { Tons: 3 } })).status, id).toBe(200);
      expect((await update(id, { Forecast: null, 'Project.Carbon': null })).status, id).toBe(200);
    }
  });
});

describe('co-selling', () => {
  const noSupport = 'Do Not Need Support from AWS Sales Rep';

  test.each<[unknown]>([[null], [[]], [[noSupport]]])(
    'refuses to change approved co-selling to the needs %j',
    async (needs) => {
      const { body } = await update('O5000002', { PrimaryNeedsFromAws: needs });
      expect(violations(body)).toEqual([['ACTION_NOT_PERMITTED', 'primaryNeedsFromAws']]);
    },
  );

  test('accepts a change from visibility to co-selling', async () => {
    await on.control('PATCH', 'opportunities/O5000002', { PrimaryNeedsFromAws: [noSupport] });
    expect((await update('O5000002', { PrimaryNeedsFromAws: ['Co-Sell - Deal Support'] })).status).toBe(200);
  });
});

describe('contested locks are switches', () => {
  test.each<[string, string, string, string]>([
    ['stageWhilePending', 'allow', 'Pending Submission', 'lifeCycle.stage'],
    ['approvedIdentity', 'editable', 'Approved', 'customer.account.industry'],
    ['approvedIdentity', 'editable', 'Approved', 'partnerOpportunityIdentifier'],
    ['approvedRevenue', 'editable', 'Approved', 'softwareRevenue.deliveryModel'],
  ])('%s: %s lets %s records change %s', async (name, value, state, field) => {
    const id = ids[state as keyof typeof ids];
    const edits = {
      ...changes[field],
      ...(field.startsWith('software') ? { 'SoftwareRevenue.DeliveryModel': 'Contract' } : {}),
    };
    await on.control('PATCH', `opportunities/${id}`, { SoftwareRevenue: { DeliveryModel: 'Subscription' } });
    expect((await update(id, edits)).status).toBe(400);
    await on.control('POST', 'settings', { [name]: value });
    expect((await update(id, edits)).status).toBe(200);
  });

  test('keeps locked members of a closed deal and changes the rest with closedEdits: ignore', async () => {
    await on.control('POST', 'settings', { closedEdits: 'ignore' });
    const before = await read('O5000005');
    const { status } = await update('O5000005', {
      'Project.Title': 'Another',
      'Project.AdditionalComments': 'New.',
    });
    expect(status).toBe(200);
    const { Title } = before.Project as Body;
    expect((await read('O5000005')).Project).toMatchObject({ Title, AdditionalComments: 'New.' });
  });
});
