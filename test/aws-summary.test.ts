/** AWS's view of an opportunity, through a proxy that gives AWS something to say. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { type Data, gatewayOn } from './kit.ts';
import { type Exchange, tamperingProxy } from './tampering.ts';
import { stopTime } from './time.ts';

let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof tamperingProxy>>;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await tamperingProxy(emulator.url);
});
afterEach(() => proxy.tamper(() => undefined));
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await emulator.stop();
});

/** Has AWS say this about every opportunity. */
const aws = (members: object | ((exchange: Exchange) => unknown)) =>
  proxy.tamper((exchange) => {
    if (exchange.operation !== 'GetAwsOpportunitySummary') return undefined;
    return typeof members === 'function' ? members(exchange) : { ...exchange.answer, ...members };
  });
/** AWS answers that it has no view of the opportunity. */
const noView = () =>
  aws(() => ({
    status: 400,
    body: JSON.stringify({ __type: 'ResourceNotFoundException', Message: 'None.' }),
  }));

const stage = '{ opportunity(id: "O5000002") { id awsSummary { asOf lifeCycle { stage } } } }';
const page = (first: number) =>
  `{ opportunities(first: ${first}) { nodes { id awsSummary { visibility } } } }`;
const fresh = { AWS_SUMMARY_FRESH_MS: '300000' };

const insights = {
  CurrencyCode: 'USD',
  Frequency: 'Monthly',
  TotalAmount: '1200.50',
  TotalOptimizedAmount: '1000',
  TotalPotentialSavingsAmount: '200.50',
  TotalAmountByCategory: { 'MAP Eligible': '700', 'Pathway - Move to Cloud Native': '0' },
  AwsProducts: [
    {
      ProductCode: null,
      ServiceCode: 'AmazonEC2',
      Categories: ['MAP Eligible'],
      Amount: '700',
      Optimizations: [{ Description: 'Use Graviton.', SavingsAmount: '200.50' }],
    },
  ],
};

describe('awsSummary', () => {
  test('everything that AWS returns is shown, maps as lists of pairs', async () => {
    aws({
      Origin: 'AWS Referral',
      InvolvementType: 'Co-Sell',
      InvolvementTypeChangeReason: 'Customer Requested',
      Visibility: 'Limited',
      CosellMotion: 'Lead with partner',
      LifeCycle: {
        Stage: 'Seller Engaged',
        ClosedLostReason: null,
        TargetCloseDate: '2027-03-04',
        NextSteps: 'Call.',
        NextStepsHistory: [{ Value: 'Mail.', Time: '2026-01-02T03:04:05.123456789Z' }],
      },
      OpportunityTeam: [
        { Email: 'r@amazon.example', FirstName: 'R', LastName: 'M', BusinessTitle: 'AWSSalesRep' },
      ],
      Insights: {
        NextBestActions: 'Meet.',
        EngagementScore: 'High',
        OpportunityQuality: { Score: 87, Trend: 'Up' },
        Recommendations: [{ Type: 'Funding', Details: 'MAP', Attributes: { Program: 'MAP', lower: 'x' } }],
        AwsProductsSpendInsightsBySource: { Partner: insights, AWS: { ...insights, TotalAmount: '1.0' } },
      },
      RelatedEntityIds: { Solutions: ['S-1234567'], AwsProducts: ['AmazonEC2Linux'] },
      Customer: { Contacts: [{ FirstName: 'Ada' }] },
      Project: {
        ExpectedCustomerSpend: [
          { Amount: '5.0', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
        ],
        AwsPartition: 'aws-eusc',
      },
      SoftwareRevenue: {
        Value: { Amount: '10', CurrencyCode: 'EUR' },
        Discount: '15.00',
        EffectiveDate: '2027-01-01',
        ExpirationDate: '2028-01-01',
      },
    });
    await using gw = await gatewayOn(proxy.url);
    const products = `currencyCode frequency totalAmount totalOptimizedAmount totalPotentialSavingsAmount
      totalAmountByCategory { category amount }
      awsProducts { productCode serviceCode categories amount optimizedAmount optimizations { description savingsAmount } }`;
    const { data, errors, calls } = await gw.query(`{ opportunity(id: "O5000002") { awsSummary {
      origin involvementType involvementTypeChangeReason visibility cosellMotion
      lifeCycle { stage closedLostReason targetCloseDate nextSteps nextStepsHistory { value time } }
      opportunityTeam { email firstName lastName businessTitle }
      insights { nextBestActions engagementScore opportunityQuality { score trend }
        recommendations { type details attributes { key value } }
        awsProductsSpendInsightsBySource { partner { ${products} } aws { totalAmount } } }
      relatedEntityIds { solutions awsProducts awsMarketplaceSolutions }
      customer { contacts { firstName } }
      project { expectedCustomerSpend { amount } awsPartition }
      softwareRevenue { value { amount currencyCode } discount effectiveDate expirationDate }
    } } }`);
    expect(errors).toBeUndefined();
    expect(calls).toEqual({ GetOpportunity: 1, GetAwsOpportunitySummary: 1 });
    expect(data.opportunity.awsSummary).toEqual({
      origin: 'AWS_REFERRAL',
      involvementType: 'CO_SELL',
      involvementTypeChangeReason: 'CUSTOMER_REQUESTED',
      visibility: 'LIMITED',
      cosellMotion: 'Lead with partner',
      lifeCycle: {
        stage: 'SELLER_ENGAGED',
        closedLostReason: null,
        targetCloseDate: '2027-03-04',
        nextSteps: 'Call.',
        nextStepsHistory: [{ value: 'Mail.', time: '2026-01-02T03:04:05.123456789Z' }],
      },
      opportunityTeam: [
        { email: 'r@amazon.example', firstName: 'R', lastName: 'M', businessTitle: 'AWS_SALES_REP' },
      ],
      insights: {
        nextBestActions: 'Meet.',
        engagementScore: 'HIGH',
        opportunityQuality: { score: 87, trend: 'Up' },
        recommendations: [
          {
            type: 'Funding',
            details: 'MAP',
            attributes: [
              { key: 'Program', value: 'MAP' },
              { key: 'lower', value: 'x' },
            ],
          },
        ],
        awsProductsSpendInsightsBySource: {
          partner: {
            currencyCode: 'USD',
            frequency: 'MONTHLY',
            totalAmount: '1200.5',
            totalOptimizedAmount: '1000',
            totalPotentialSavingsAmount: '200.5',
            totalAmountByCategory: [
              { category: 'MAP Eligible', amount: '700' },
              { category: 'Pathway - Move to Cloud Native', amount: '0' },
            ],
            awsProducts: [
              {
                productCode: null,
                serviceCode: 'AmazonEC2',
                categories: ['MAP Eligible'],
                amount: '700',
                optimizedAmount: null,
                optimizations: [{ description: 'Use Graviton.', savingsAmount: '200.5' }],
              },
            ],
          },
          aws: { totalAmount: '1' },
        },
      },
      relatedEntityIds: {
        solutions: ['S-1234567'],
        awsProducts: ['AmazonEC2Linux'],
        awsMarketplaceSolutions: null,
      },
      customer: { contacts: [{ firstName: 'Ada' }] },
      project: { expectedCustomerSpend: [{ amount: '5' }], awsPartition: 'AWS_EUSC' },
      softwareRevenue: {
        value: { amount: '10', currencyCode: 'EUR' },
        discount: '15',
        effectiveDate: '2027-01-01',
        expirationDate: '2028-01-01',
      },
    });
  });

  test.each<[what: string, begin: () => void]>([
    ['AWS answers that it has none', noView],
    ['AWS returns an empty one', () => aws(({ answer: { Catalog } }) => ({ Catalog }))],
    [
      'AWS returns one in which everything is null',
      () =>
        aws(({ answer }) => ({
          ...Object.fromEntries(Object.keys(answer).map((name) => [name, null])),
          Catalog: answer.Catalog,
          Origin: 'Partner Referral',
        })),
    ],
  ])('the view is null without an error while %s', async (_, begin) => {
    begin();
    await using gw = await gatewayOn(proxy.url);
    const { data, errors } = await gw.query(
      '{ opportunity(id: "O5000002") { awsSummary { asOf } differences { field } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.opportunity).toEqual({ awsSummary: null, differences: null });
  });

  test('a view of another opportunity is not shown', async () => {
    aws({ RelatedOpportunityId: 'O5000003' });
    await using gw = await gatewayOn(proxy.url);
    const { data, errors } = await gw.query(stage);
    expect(data.opportunity).toEqual({ id: 'O5000002', awsSummary: null });
    expect(errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
  });
});

describe('the cost of awsSummary', () => {
  test('a page costs one call for each opportunity beside the list, as its dry run estimates', async () => {
    await using gw = await gatewayOn(proxy.url);
    const expected = { ListOpportunities: 1, GetAwsOpportunitySummary: 40 };
    const dry = await gw.query(page(40), {}, { 'x-upstream-dry-run': '1' });
    expect([dry.calls, dry.extensions.upstream.dryRun.calls]).toEqual([{}, expected]);
    expect((await gw.query(page(40))).calls).toEqual(expected);
  });

  test('a page that needs more calls than allowed is refused before the first one', async () => {
    await using gw = await gatewayOn(proxy.url, { MAX_UPSTREAM_CALLS: '40' });
    const { errors, calls } = await gw.query(page(40));
    expect([errors?.[0]?.extensions.upstreamCalls, calls]).toEqual([41, {}]);
  });

  test('the view and its differences are read by one call', async () => {
    await using gw = await gatewayOn(proxy.url);
    const { calls } = await gw.query(
      '{ opportunity(id: "O5000002") { awsSummary { asOf } differences { field } } }',
    );
    expect(calls).toEqual({ GetOpportunity: 1, GetAwsOpportunitySummary: 1 });
  });
});

describe('the freshness of awsSummary', () => {
  const calls = async (gw: { query(query: string): Promise<{ calls: Data }> }) =>
    (await gw.query(stage)).calls.GetAwsOpportunitySummary ?? 0;

  test('a view is fresh for as long as the setting allows, and has the time when it was read', async () => {
    using time = stopTime();
    await using gw = await gatewayOn(proxy.url, fresh);
    const first = await gw.query(stage);
    const { asOf } = first.data.opportunity.awsSummary;
    expect(Date.parse(asOf)).not.toBeNaN();
    await time.pass(299_999);
    const second = await gw.query(stage);
    expect(second.data.opportunity.awsSummary.asOf).toBe(asOf);
    expect(second.calls).toEqual({ GetOpportunity: 1 });
    await time.pass(1);
    expect((await gw.query(stage)).calls).toEqual({ GetOpportunity: 1, GetAwsOpportunitySummary: 1 });
  });

  test('that AWS has no view yet is remembered as long', async () => {
    noView();
    await using gw = await gatewayOn(proxy.url, fresh);
    expect([await calls(gw), await calls(gw)]).toEqual([1, 0]);
  });

  test('a write of the opportunity ends it, and one of another does not', async () => {
    await using gw = await gatewayOn(proxy.url, fresh);
    const write = (id: string) =>
      gw.query(
        `mutation { updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "${crypto.randomUUID()}" } } }) {
          changed opportunity { awsSummary { asOf } } } }`,
      );
    expect(await calls(gw)).toBe(1);
    await write('O5000003');
    expect(await calls(gw)).toBe(0);
    const written = await write('O5000002');
    expect(written.data.updateOpportunity.changed).toBe(true);
    expect(written.calls.GetAwsOpportunitySummary).toBe(1);
    expect(await calls(gw)).toBe(0);
  });

  test('a request that must not be answered from the cache is not', async () => {
    await using gw = await gatewayOn(proxy.url, fresh);
    await gw.query(stage);
    const { calls } = await gw.query(stage, {}, { 'cache-control': 'no-cache' });
    expect(calls.GetAwsOpportunitySummary).toBe(1);
  });
});

test('the differences between both views are listed, in AWS’s own text', async () => {
  aws({
    LifeCycle: { Stage: 'Engaged', TargetCloseDate: '2031-01-01' },
    RelatedEntityIds: { Solutions: [] },
  });
  await using gw = await gatewayOn(proxy.url);
  await gw.emulator.patchRecord('O5000002', {
    LifeCycle: { Stage: 'Qualified', TargetCloseDate: '2030-01-01' },
    RelatedEntityIdentifiers: { Solutions: ['S-1234567'] },
  });
  const { data } = await gw.query('{ opportunity(id: "O5000002") { differences { field partner aws } } }');
  expect(data.opportunity.differences).toEqual([
    { field: 'lifeCycle.stage', partner: 'Qualified', aws: 'Engaged' },
    { field: 'lifeCycle.targetCloseDate', partner: '2030-01-01', aws: '2031-01-01' },
    { field: 'relatedEntityIdentifiers.solutions', partner: 'S-1234567', aws: null },
  ]);
});
