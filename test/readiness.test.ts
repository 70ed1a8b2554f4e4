/**
 * What the gateway calls ready, against what AWS's emulator accepts: two implementations of the same pages. `RUNS=1000`
 * runs longer.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inAYear } from './create-input.ts';
import { envelope } from './emulator/kit.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';

let gw: TestGateway;
beforeAll(async () => {
  gw = await gateway();
});
afterAll(() => gw[Symbol.asyncDispose]());

const today = () => new Date().toISOString().slice(0, 10);
const noSupport = 'Do Not Need Support from AWS Sales Rep';

/** A record that can be submitted, in AWS's names. */
const whole = {
  NationalSecurity: 'No',
  OpportunityType: 'Net New Business',
  PrimaryNeedsFromAws: ['Co-Sell - Architectural Validation'],
  Customer: {
    Account: {
      CompanyName: 'Northwind Tidal Energy',
      Industry: 'Energy - Power and Utilities',
      WebsiteUrl: 'https://www.northwind-tidal.example',
      Address: { CountryCode: 'US', StateOrRegion: 'Maine', PostalCode: '04101', City: 'Portland' },
    },
  },
  Project: {
    Title: 'Forecasts for tidal turbines',
    CustomerBusinessProblem: 'Turbines are serviced too early, because nobody can tell their wear.',
    DeliveryModels: ['SaaS or PaaS'],
    CustomerUseCase: 'Energy',
    SalesActivities: ['SOW Signed'],
    ExpectedCustomerSpend: [
      { Amount: '2500', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
    ],
  },
  LifeCycle: { ReviewStatus: 'Pending Submission', Stage: 'Qualified', TargetCloseDate: inAYear },
  Marketing: { Source: 'None' },
  RelatedEntityIdentifiers: { Solutions: ['S-1234567'] },
};

const query = `query ($id: ID!, $involvementType: SalesInvolvementType!, $visibility: Visibility!) {
  opportunity(id: $id) {
    submissionReadiness(involvementType: $involvementType, visibility: $visibility) {
      ready upstreamCalls warnings { path message }
      blockers { path code message field sent allowedValues }
    }
  }
}`;
let ids = 7_000_000;

/** Stores a record under an id of its own; returns the id. */
async function store(record: object): Promise<string> {
  const id = `O${ids++}`;
  await gw.emulator.control('PUT', `opportunities/${id}`, record);
  return id;
}

type Asked = { involvementType: 'CO_SELL' | 'FOR_VISIBILITY_ONLY'; visibility: 'FULL' | 'LIMITED' };
const coSell: Asked = { involvementType: 'CO_SELL', visibility: 'FULL' };

async function readinessOf(record: object, asked = coSell): Promise<Data> {
  const { data, errors } = await gw.query(query, { id: await store(record), ...asked });
  expect(errors).toBeUndefined();
  return data.opportunity.submissionReadiness;
}

/** Submits an opportunity to the emulator itself; returns the fields that it refuses. */
async function refusedFields(Identifier: string, { involvementType, visibility }: Asked): Promise<string[]> {
  const response = await fetch(gw.emulator.url, {
    method: 'POST',
    headers: envelope('StartEngagementFromOpportunityTask'),
    body: JSON.stringify({
      Catalog: 'Sandbox',
      ClientToken: Identifier,
      Identifier,
      AwsSubmission: {
        InvolvementType: involvementType === 'CO_SELL' ? 'Co-Sell' : 'For Visibility Only',
        Visibility: visibility === 'FULL' ? 'Full' : 'Limited',
      },
    }),
  });
  const { TaskStatus, Message } = (await response.json()) as Data;
  if (TaskStatus === 'COMPLETE') return [];
  expect(TaskStatus).toBe('FAILED');
  const fields = [...String(Message).matchAll(/(?:^|;)[A-Z_]+ ([\w.]+):/g)].map(([, field = '']) => field);
  // The one field whose name AWS was observed to shorten.
  const full = 'project.expectedCustomerSpend.currencyCode';
  return [...new Set(fields.map((field) => field.replace(/^ExpectedCustomerSpend\.CurrencyCode$/, full)))];
}

/** Mostly the first value, sometimes another one, or none. */
const mostly = <T>(usual: T, ...others: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(usual) },
    ...[...others, null].map((one) => fc.constant(one)),
  );

const account = fc.record({
  CompanyName: mostly('Northwind', ''),
  Industry: mostly('Energy - Power and Utilities', 'Other', 'Government'),
  OtherIndustry: fc.constantFrom(null, null, 'Tidal', ''),
  WebsiteUrl: mostly(
    'https://www.northwind.example',
    'localhost',
    'north wind.example',
    'northwind.example/a?b=c',
    'x.~',
  ),
  Address: fc.oneof(
    { weight: 6, arbitrary: fc.constant(whole.Customer.Account.Address) },
    fc.record({
      CountryCode: fc.constantFrom('US', 'GB', 'NL', 'JP', 'SE', 'IE', 'HK', 'AE', 'SV', 'PT', 'XX', null),
      StateOrRegion: fc.constantFrom('Maine', 'ME', 'Utrecht', '', null),
      PostalCode: fc.constantFrom(
        '04101',
        '04101-1234',
        'SW1A 1AA',
        '3511 AB',
        '100-0001',
        'SE-12345',
        'D02 AF30',
        '1101',
        'x',
        '',
        null,
      ),
    }),
  ),
});
const line = fc.record({
  Amount: mostly('2500', '0', '-1', '0.01', '1000000000000000', '1000000000000001', ''),
  CurrencyCode: mostly('USD', 'EUR', 'GBP'),
  Frequency: fc.constant('Monthly'),
  TargetCompany: mostly('AWS', 'Self', 'Acme'),
});
const project = fc.record({
  Title: mostly('Forecasts'),
  CustomerBusinessProblem: mostly('Turbines are serviced too early.'),
  DeliveryModels: mostly(['SaaS or PaaS'], []),
  CustomerUseCase: mostly('Migration / Database Migration', 'Migration/Database Migration', 'Knitting'),
  SalesActivities: mostly(['SOW Signed'], []),
  ApnPrograms: mostly(['Windows'], ['Knitting']),
  AwsPartition: fc.constantFrom(null, null, null, 'aws-eusc'),
  CompetitorName: fc.constantFrom(null, null, 'Oracle Cloud', '*Other'),
  OtherCompetitorNames: fc.constantFrom(null, null, null, 'Acme'),
  OtherSolutionDescription: fc.constantFrom(null, 'Wear forecasts', ''),
  RelatedOpportunityIdentifier: fc.constantFrom(null, 'O5000002'),
  ExpectedCustomerSpend: fc.oneof(
    { weight: 5, arbitrary: fc.constant(whole.Project.ExpectedCustomerSpend) },
    fc.array(line, { maxLength: 3 }),
  ),
  ExpectedContractDuration: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    fc.constantFrom('0', '1', '99', '144', '145', '1.5').map((Value) => ({ Term: 'Months', Value })),
  ),
});
const marketing = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom({ Source: 'None' }, null) },
  fc.record({
    Source: fc.constantFrom('None', 'Marketing Activity', null),
    AwsFundingUsed: fc.constantFrom('Yes', 'No', null),
    CampaignName: fc.constantFrom('Spring', null, null),
    Channels: fc.constantFrom(['Email'], [], null),
    UseCases: fc.constantFrom(['AI/ML'], ['AI / ML'], ['Knitting'], [], null),
  }),
);
const lifeCycle = fc.record({
  ReviewStatus: mostly('Pending Submission', 'Action Required', 'Submitted', 'Approved', 'Rejected'),
  Stage: fc.constantFrom('Prospect', 'Qualified', 'Committed', 'Launched', 'Closed Lost', null),
  ClosedLostReason: fc.constantFrom(null, null, 'Price'),
  TargetCloseDate: fc.oneof(
    { weight: 6, arbitrary: fc.constant(inAYear) },
    fc.constantFrom('2020-01-01', '2299-01-01', null),
    fc.constant(null).map(today),
  ),
});
const revenue = fc.record({
  EffectiveDate: fc.constantFrom('2027-01-01', '2028-01-01', '2027-02-30', null),
  ExpirationDate: fc.constantFrom('2027-06-01', null),
});
const associated = fc.constantFrom<object | null>(
  { Solutions: [] },
  { AwsProducts: ['AmazonEC2Linux'] },
  {
    AwsMarketplaceProducts: [
      'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/SaaSProduct/prod-1',
    ],
  },
  null,
);
/** A part of a record as it is in the whole one, or any other. */
const part = (usual: unknown, other: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(usual) }, other);
const record = fc.record({
  NationalSecurity: mostly('No', 'Yes'),
  OpportunityType: mostly('Net New Business', 'Flat Renewal', 'Expansion'),
  PrimaryNeedsFromAws: mostly(
    ['Co-Sell - Deal Support'],
    [noSupport],
    [noSupport, 'Co-Sell - Deal Support'],
    [],
  ),
  Customer: part(whole.Customer, fc.record({ Account: account })),
  Project: part(whole.Project, project),
  LifeCycle: part(whole.LifeCycle, lifeCycle),
  Marketing: part(whole.Marketing, marketing),
  SoftwareRevenue: part(null, revenue),
  RelatedEntityIdentifiers: part(whole.RelatedEntityIdentifiers, associated),
});
const asked = fc.record<Asked>({
  involvementType: fc.constantFrom('CO_SELL', 'CO_SELL', 'FOR_VISIBILITY_ONLY'),
  visibility: fc.constantFrom('FULL', 'FULL', 'LIMITED'),
});

test('blockers of random records are what the emulator refuses, field by field, and what is ready it accepts', async () => {
  let ready = 0;
  const numRuns = Number(process.env.RUNS ?? 100);
  const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};
  await fc.assert(
    fc.asyncProperty(record, asked, async (stored, asked) => {
      const id = await store(stored);
      const { data } = await gw.query(query, { id, ...asked });
      const readiness = data.opportunity.submissionReadiness;
      const blocked: string[] = readiness.blockers.map(({ field }: Data) => field);
      expect(blocked.toSorted()).toEqual((await refusedFields(id, asked)).toSorted());
      expect(readiness.ready).toBe(blocked.length === 0);
      if (readiness.ready) ready += 1;
    }),
    { numRuns, ...seed },
  );
  // Otherwise it would say nothing about what is accepted.
  expect(ready).toBeGreaterThan(numRuns / 20);
}, 600_000);

describe('readiness', () => {
  test('an opportunity that lacks nothing is ready, at no call beyond the record', async () => {
    const id = await store(whole);
    const { data, calls } = await gw.query(query, { id, ...coSell });
    expect(data.opportunity.submissionReadiness).toEqual({
      ready: true,
      upstreamCalls: 4,
      warnings: [],
      blockers: [],
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('a blocker has the path where a submission takes the correction, and the allowed values', async () => {
    const { Project, ...rest } = whole;
    const { DeliveryModels: _, ...project } = Project;
    const lacking = { ...rest, Project: project, RelatedEntityIdentifiers: {} };
    const { ready, blockers, upstreamCalls } = await readinessOf(lacking);
    expect([ready, upstreamCalls]).toEqual([false, 1]);
    expect(blockers).toEqual([
      {
        path: ['input', 'patch', 'project', 'deliveryModels'],
        code: 'REQUIRED_FIELD_MISSING',
        message: 'Delivery models is required.',
        field: 'project.deliveryModels',
        sent: false,
        allowedValues: expect.arrayContaining(['SAAS_OR_PAAS']),
      },
      {
        path: ['input', 'associate', 'solutions'],
        code: 'REQUIRED_FIELD_MISSING',
        message: expect.stringContaining('must be associated'),
        field: 'relatedEntityIdentifiers.solutions',
        sent: false,
        allowedValues: null,
      },
    ]);
  });

  test.each<[string, Asked, object, string[], string]>([
    [
      'needs that do not fit co-selling',
      coSell,
      { PrimaryNeedsFromAws: [noSupport] },
      ['input', 'patch', 'primaryNeedsFromAws'],
      'Primary needs from AWS must not be "Do Not Need Support from AWS Sales Rep" for a submission to co-sell.',
    ],
    [
      'needs that do not fit visibility only',
      { involvementType: 'FOR_VISIBILITY_ONLY', visibility: 'LIMITED' },
      {},
      ['input', 'patch', 'primaryNeedsFromAws'],
      'Primary needs from AWS must be "Do Not Need Support from AWS Sales Rep" for a submission for visibility only.',
    ],
    [
      'limited visibility of a co-sell opportunity',
      { involvementType: 'CO_SELL', visibility: 'LIMITED' },
      {},
      ['input', 'visibility'],
      'Visibility must be full for a submission to co-sell.',
    ],
    [
      'a review status in which nothing can be submitted',
      coSell,
      { LifeCycle: { ...whole.LifeCycle, ReviewStatus: 'In review' } },
      ['input', 'id'],
      'An opportunity can be submitted in the review status Pending Submission or Action Required; it is In review.',
    ],
  ])('%s is a blocker', async (_, asked, change, path, message) => {
    const { ready, blockers } = await readinessOf({ ...whole, ...change }, asked);
    expect(ready).toBe(false);
    expect(blockers).toMatchObject([{ path, message, code: 'ACTION_NOT_PERMITTED' }]);
  });

  test('points that AWS’s pages dispute are warnings, and block nothing', async () => {
    const { ready, warnings } = await readinessOf({
      ...whole,
      Project: { ...whole.Project, OtherSolutionDescription: 'Wear forecasts' },
      LifeCycle: { ...whole.LifeCycle, ReviewStatus: 'Action Required', Stage: 'Prospect' },
      Marketing: { Source: 'None', AwsFundingUsed: 'No' },
      RelatedEntityIdentifiers: {},
    });
    expect(ready).toBe(true);
    expect(warnings.map(({ path }: Data) => path.join('.'))).toEqual([
      'input.associate.solutions',
      'input.patch.lifeCycle.stage',
      'input.id',
      'input.patch.marketing.awsFundingUsed',
    ]);
  });
});
