import { describe, expect, test } from 'vitest';
import { type Body, edited, testEmulator, violations } from '../kit.ts';

const on = testEmulator({ seed: true });
const accountIdField = 'customer.account.awsAccountId';
const solutionsField = 'relatedEntityIdentifiers.solutions';

/** Sets members of a seeded record. */
const plant = (id: string, members: Body) => on.control('PATCH', `opportunities/${id}`, members);
const stageOf = (body: Body) => (body.LifeCycle as Body).Stage;
const statusOf = (body: Body) => (body.LifeCycle as Body).ReviewStatus;

describe('stages', () => {
  test.each(['Technical Validation', 'Business Validation', 'Committed', 'Prospect'])(
    'accepts a stage change from Qualified to %s',
    async (stage) => {
      expect((await on.change('O5000002', { 'LifeCycle.Stage': stage })).status).toBe(200);
      expect(stageOf(await on.read('O5000002'))).toBe(stage);
    },
  );

  test('requires a reason to close a deal as lost', async () => {
    const lost = { 'LifeCycle.Stage': 'Closed Lost' };
    expect(violations((await on.change('O5000002', lost)).body)).toEqual([
      ['REQUIRED_FIELD_MISSING', 'lifeCycle.closedLostReason'],
    ]);
    const why = { ...lost, 'LifeCycle.ClosedLostReason': 'Price' };
    expect((await on.change('O5000002', why)).status).toBe(200);
  });

  test('refuses a reason for a deal that is not lost', async () => {
    const { body } = await on.change('O5000002', { 'LifeCycle.ClosedLostReason': 'Price' });
    expect(violations(body)).toEqual([['INVALID_VALUE', 'lifeCycle.closedLostReason']]);
  });

  test.each(['Committed', 'Launched'])(
    'requires an associated solution, of any of three kinds, for %s',
    async (stage) => {
      await plant('O5000002', { RelatedEntityIdentifiers: { Solutions: [] } });
      const { body } = await on.change('O5000002', { 'LifeCycle.Stage': stage });
      expect(violations(body)).toEqual([['INVALID_VALUE', solutionsField]]);
      await plant('O5000002', { RelatedEntityIdentifiers: { AwsMarketplaceProducts: ['arn:aws:x'] } });
      expect((await on.change('O5000002', { 'LifeCycle.Stage': stage })).status).toBe(200);
    },
  );

  test('requires an AWS account for Launched, or software revenue with launchRevenue: required', async () => {
    const launch = { 'LifeCycle.Stage': 'Launched' };
    const without = { ...launch, 'Customer.Account.AwsAccountId': null };
    expect(violations((await on.change('O5000002', without)).body)).toEqual([
      ['REQUIRED_FIELD_MISSING', accountIdField],
    ]);
    const short = { ...launch, 'Customer.Account.AwsAccountId': 'abc' };
    expect(violations((await on.change('O5000002', short)).body)).toEqual([
      ['INVALID_STRING_FORMAT', accountIdField],
    ]);

    await plant('O5000002', { SoftwareRevenue: null });
    await on.control('POST', 'settings', { launchAccount: 'optional', launchRevenue: 'required' });
    const fields = violations((await on.change('O5000002', without)).body).map(([, field]) => field);
    expect(fields).toEqual(
      ['deliveryModel', 'value', 'effectiveDate', 'expirationDate'].map((name) => `softwareRevenue.${name}`),
    );
    await on.control('POST', 'settings', { launchRevenue: 'optional' });
    expect((await on.change('O5000002', without)).status).toBe(200);
  });

  test('does not require of a launched record what it was launched without', async () => {
    await plant('O5000005', {
      Customer: { Account: { AwsAccountId: null } },
      RelatedEntityIdentifiers: null,
    });
    expect((await on.change('O5000005', {})).status).toBe(200);
  });
});

describe('reviews by an update in the Sandbox', () => {
  test.each([
    ['Submitted', 'Approved'],
    ['Submitted', 'Action Required'],
    ['Submitted', 'Rejected'],
    ['In review', 'Approved'],
    ['Action Required', 'Approved'],
    ['Action Required', 'Rejected'],
    ['Action Required', 'Submitted'],
  ])('accepts an update of the review status from %s to %s, with comments', async (from, to) => {
    await plant('O5000004', { LifeCycle: { ReviewStatus: from } });
    const decision = {
      'LifeCycle.ReviewStatus': to,
      'LifeCycle.ReviewComments': 'So be it.',
      'LifeCycle.ReviewStatusReason': 'Other',
    };
    expect((await on.change('O5000004', decision)).status).toBe(200);
    expect(await on.read('O5000004')).toMatchObject({
      LifeCycle: { ReviewStatus: to, ReviewComments: 'So be it.', ReviewStatusReason: 'Other' },
    });
  });

  test.each([
    ['Pending Submission', 'Submitted'],
    ['Pending Submission', 'Approved'],
    ['Submitted', 'Pending Submission'],
    ['Submitted', 'In review'],
    ['Approved', 'Submitted'],
    ['Rejected', 'Approved'],
    [null, 'Pending Submission'],
  ])('refuses an update of the review status from %s to %s', async (from, to) => {
    await plant('O5000004', { LifeCycle: { ReviewStatus: from } });
    const { body } = await on.change('O5000004', { 'LifeCycle.ReviewStatus': to });
    expect(violations(body)).toEqual([['ACTION_NOT_PERMITTED', 'lifeCycle.reviewStatus']]);
  });

  test('refuses an update of the review status outside the Sandbox, and ignores review comments', async () => {
    const record = (await on.control('GET', 'opportunities/O5000004')).body;
    await on.control('PUT', 'opportunities/O5000004?catalog=AWS', record);
    await on.control('PATCH', 'opportunities/O5000004?catalog=AWS', {
      LifeCycle: { ReviewComments: 'Theirs.' },
    });
    const query = { Catalog: 'AWS', Identifier: 'O5000004' };
    const { body } = await on.wire('GetOpportunity', query);
    const update = (edits: Body) => on.wire('UpdateOpportunity', edited({ ...body, ...query }, edits));
    const refused = await update({ 'LifeCycle.ReviewStatus': 'Approved' });
    expect(violations(refused.body)).toEqual([['ACTION_NOT_PERMITTED', 'lifeCycle.reviewStatus']]);
    expect((await update({ 'LifeCycle.ReviewComments': 'Mine.' })).status).toBe(200);
    expect((await on.wire('GetOpportunity', query)).body).toMatchObject({
      LifeCycle: { ReviewComments: 'Theirs.' },
    });
  });

  test('refuses other changes along with a review status, unless the previous state allows them', async () => {
    const approve = { 'LifeCycle.ReviewStatus': 'Approved' };
    const { body } = await on.change('O5000004', { ...approve, 'Project.Title': 'Another' });
    expect(violations(body)).toEqual([['ACTION_NOT_PERMITTED', 'project.title']]);
    expect(
      (await on.change('O5000003', { ...approve, 'LifeCycle.TargetCloseDate': '2032-02-29' })).status,
    ).toBe(200);
  });
});

describe('updates in Action Required', () => {
  const fix = { 'LifeCycle.TargetCloseDate': '2032-02-29' };

  test('keeps an updated record in Action Required, or submits it with afterActionRequired: submit', async () => {
    await on.change('O5000003', fix);
    expect(statusOf(await on.read('O5000003'))).toBe('Action Required');
    await on.control('POST', 'settings', { afterActionRequired: 'submit' });
    await on.change('O5000003', fix);
    expect(statusOf(await on.read('O5000003'))).toBe('Submitted');
  });
});

describe('records without a review status', () => {
  test('locks the stage of a record without a review status, which can be neither reset nor submitted', async () => {
    expect((await on.change('O5000001', { 'LifeCycle.ReviewStatus': undefined })).status).toBe(200);
    expect(statusOf(await on.read('O5000001'))).toBeNull();
    const back = await on.change('O5000001', { 'LifeCycle.ReviewStatus': 'Pending Submission' });
    expect(violations(back.body)).toEqual([['ACTION_NOT_PERMITTED', 'lifeCycle.reviewStatus']]);
    const ahead = await on.change('O5000001', { 'LifeCycle.Stage': 'Qualified' });
    expect(violations(ahead.body)).toEqual([['ACTION_NOT_PERMITTED', 'lifeCycle.stage']]);
    const submission = { Catalog: 'Sandbox', Identifier: 'O5000001', InvolvementType: 'Co-Sell' };
    const submitted = await on.wire('SubmitOpportunity', submission);
    expect(violations(submitted.body)).toEqual([['ACTION_NOT_PERMITTED', 'lifeCycle.reviewStatus']]);
  });
});

describe('stored values', () => {
  test('accepts an unchanged update of a record that breaks every rule', async () => {
    await plant('O5000001', {
      NationalSecurity: 'Yes',
      OpportunityType: 'Flat Renewal',
      PrimaryNeedsFromAws: ['Do Not Need Support from AWS Sales Rep', 'Co-Sell - Deal Support'],
      PartnerOpportunityIdentifier: 'CRM-10003',
      Customer: {
        Account: {
          Industry: 'Other',
          OtherIndustry: null,
          WebsiteUrl: 'nowhere',
          Address: { CountryCode: 'US', StateOrRegion: 'WA', PostalCode: 'x' },
        },
      },
      Project: {
        CompetitorName: 'Akamai',
        OtherCompetitorNames: 'Others',
        CustomerUseCase: 'Nothing',
        ApnPrograms: ['Doors'],
        AwsPartition: 'aws-eusc',
        ExpectedContractDuration: { Term: 'Months', Value: '900' },
        ExpectedCustomerSpend: [
          { Amount: '0', CurrencyCode: 'JPY', Frequency: 'Monthly', TargetCompany: 'Acme' },
        ],
      },
      Marketing: { Source: 'None', UseCases: ['Things'], AwsFundingUsed: 'No' },
      SoftwareRevenue: { EffectiveDate: '2031-06-02', ExpirationDate: '2031-06-01' },
      LifeCycle: { ClosedLostReason: 'Price', TargetCloseDate: '2020-02-31' },
    });
    const before = await on.read('O5000001');
    const { body } = await on.change('O5000001', {});
    expect(violations(body)).toEqual([]);
    expect(await on.read('O5000001')).toEqual({ ...before, LastModifiedDate: body.LastModifiedDate });
    expect((await on.change('O5000001', { 'LifeCycle.NextSteps': 'Fix it' })).status).toBe(200);
  });
});
