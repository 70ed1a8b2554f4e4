/** What recordings of AWS, and integrators, have shown against the documents: a test each. */
import { describe, expect, test } from 'vitest';
import { type Body, edited, submittableCreate, testEmulator, validCreate, violations } from './kit.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const noSupport = 'Do Not Need Support from AWS Sales Rep';
const create = async (edits: Body = {}, from: Body = submittableCreate()): Promise<string> => {
  const { body } = await on.wire('CreateOpportunity', edited(from, edits));
  expect(violations(body)).toEqual([]);
  return String(body.Id);
};
const start = async (Identifier: string, InvolvementType: string) =>
  (
    await on.wire('StartEngagementFromOpportunityTask', {
      Catalog,
      Identifier,
      ClientToken: Identifier,
      AwsSubmission: { InvolvementType },
    })
  ).body;

describe('AWS', () => {
  test('stores a spend for any other company as one for AWS', async () => {
    const id = await create({
      'Project.ExpectedCustomerSpend': [
        { Amount: '1', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'Acme Robotics' },
      ],
    });
    expect(await on.read(id)).toMatchObject({
      Project: { ExpectedCustomerSpend: [{ TargetCompany: 'AWS' }] },
    });
  });

  test('takes a submission for visibility without needs and sales activities, and writes the need for no support', async () => {
    const id = await create({ PrimaryNeedsFromAws: null, 'Project.SalesActivities': null });
    expect(await start(id, 'For Visibility Only')).toMatchObject({ TaskStatus: 'COMPLETE' });
    expect(await on.read(id)).toMatchObject({ PrimaryNeedsFromAws: [noSupport] });
  });

  test('takes a create without state and postal code, and refuses its submission', async () => {
    const id = await create({ 'Customer.Account.Address': { CountryCode: 'US' } });
    expect((await start(id, 'Co-Sell')).Message).toBe(
      ['postalCode', 'stateOrRegion']
        .map((name) => `customer.account.address.${name}`)
        .map((field) => `REQUIRED_FIELD_MISSING ${field}:${field} is required`)
        .join(';'),
    );
  });

  test('begins the history of next steps with the first update', async () => {
    const id = await create({
      'LifeCycle.NextSteps': 'Call',
      'LifeCycle.NextStepsHistory': [{ Value: 'Call', Time: '2031-05-14T12:00:00Z' }],
    });
    expect(await on.read(id)).toMatchObject({ LifeCycle: { NextSteps: 'Call', NextStepsHistory: null } });
    await on.change(id, { 'LifeCycle.NextSteps': 'Sign' });
    expect(await on.read(id)).toMatchObject({ LifeCycle: { NextStepsHistory: [{ Value: 'Sign' }] } });
  });

  test('returns the empty lists of a summary’s related entities, not null', async () => {
    const id = await create();
    await start(id, 'Co-Sell');
    const { body } = await on.wire('GetAwsOpportunitySummary', { Catalog, RelatedOpportunityIdentifier: id });
    expect(body.RelatedEntityIds).toEqual({
      AwsProducts: [],
      Solutions: [],
      AwsMarketplaceSolutions: [],
      AwsMarketplaceProducts: [],
    });
  });

  test('gives invitations an alias, a title of forty characters, and nanoseconds exactly fifteen days apart', async () => {
    const id = await create({ 'Project.Title': 'x'.repeat(60) });
    await start(id, 'Co-Sell');
    const { body } = await on.wire('ListEngagementInvitations', { Catalog, ParticipantType: 'SENDER' });
    const [invitation] = body.EngagementInvitationSummaries as [Body];
    expect(invitation).toMatchObject({
      EngagementTitle: 'x'.repeat(40),
      Receiver: { Account: { Alias: 'AWS' } },
    });
    const parts = (date: unknown) => /^(\d{4}-\d\d-)(\d\d)(T.*\.\d{9}Z)$/.exec(String(date)) ?? [];
    const [, month, day, time] = parts(invitation.InvitationDate);
    expect(parts(invitation.ExpirationDate).slice(1)).toEqual([month, String(Number(day) + 15), time]);
  });
});

describe('contested recordings are switches', () => {
  test('an update without a marketing source is refused with updatedMarketing: required', async () => {
    const id = await create();
    const without = { 'Marketing.Source': null };
    expect((await on.change(id, without)).status).toBe(200);
    await on.control('POST', 'settings', { updatedMarketing: 'required' });
    expect(violations((await on.change(id, without)).body)).toEqual([
      ['REQUIRED_FIELD_MISSING', 'marketing.source'],
    ]);
    expect((await on.change(id, { 'Marketing.Source': 'None' })).status).toBe(200);
  });

  test.each([
    ['Pending Submission', 'Approved', false, true],
    ['Pending Submission', 'Submitted', false, false],
    ['Action Required', 'Submitted', true, false],
    ['Submitted', 'Approved', true, true],
  ])(
    'an update in the Sandbox from %s to %s is accepted: %s, and %s with simulatedReview: pending',
    async (from, to, usual, observed) => {
      for (const [simulatedReview, isAccepted] of [
        ['submitted', usual],
        ['pending', observed],
      ] as const) {
        await on.control('POST', 'reset', { seed: false });
        await on.control('POST', 'settings', { simulatedReview });
        const id = await create({}, validCreate());
        await on.control('PATCH', `opportunities/${id}`, { LifeCycle: { ReviewStatus: from } });
        const { body } = await on.change(id, { 'LifeCycle.ReviewStatus': to });
        expect(violations(body)).toEqual(
          isAccepted ? [] : [['ACTION_NOT_PERMITTED', 'lifeCycle.reviewStatus']],
        );
      }
    },
  );

  test('an industry of Other without its name is taken with otherIndustry: optional', async () => {
    const other = edited(validCreate(), { 'Customer.Account.Industry': 'Other' });
    expect(violations((await on.wire('CreateOpportunity', other)).body)).toEqual([
      ['REQUIRED_FIELD_MISSING', 'customer.account.otherIndustry'],
    ]);
    await on.control('POST', 'settings', { otherIndustry: 'optional' });
    expect((await on.wire('CreateOpportunity', other)).status).toBe(200);
  });
});
