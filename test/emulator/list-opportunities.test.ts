import {
  ListOpportunitiesCommand,
  type ListOpportunitiesRequest,
  type OpportunitySummary,
  paginateListOpportunities,
  ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, testEmulator } from './kit.ts';

const on = testEmulator({ seed: true });
type Query = Omit<ListOpportunitiesRequest, 'Catalog'>;

const list = (query: Query = {}) =>
  on.client.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox', ...query }));

async function all(query: Query = {}): Promise<OpportunitySummary[]> {
  const found: OpportunitySummary[] = [];
  const pages = paginateListOpportunities(
    { client: on.client, pageSize: 37 },
    { Catalog: 'Sandbox', ...query },
  );
  for await (const page of pages) found.push(...(page.OpportunitySummaries ?? []));
  return found;
}
const ids = (summaries: OpportunitySummary[] | undefined) => summaries?.map((one) => one.Id);

describe('paging', () => {
  test('lists every record exactly once over all pages', async () => {
    expect(new Set(ids(await all())).size).toBe(250);
  });

  test('lists twenty rows by default, and a null token on the last page', async () => {
    expect((await list()).OpportunitySummaries).toHaveLength(20);
    const { body } = await on.wire('ListOpportunities', { Catalog: 'Sandbox', Identifier: ['O5000001'] });
    expect(body.NextToken).toBeNull();
  });

  test('returns no token if the last page is exactly full', async () => {
    const { NextToken } = await list({ Identifier: ['O5000001', 'O5000002'], MaxResults: 2 });
    expect(NextToken).toBeUndefined();
  });

  test('refuses a page token of another query, and one it never issued', async () => {
    const { NextToken } = await list();
    for (const query of [
      { NextToken, LifeCycleStage: ['Prospect' as const] },
      { NextToken: `${NextToken}x` },
      { NextToken: 'AAMA' },
    ])
      expect(await refusal(list(query))).toBeInstanceOf(ValidationException);
  });

  test('accepts a page token with another page size, and with empty filters', async () => {
    const { NextToken } = await list();
    expect((await list({ NextToken, MaxResults: 5 })).OpportunitySummaries).toHaveLength(5);
    const { status } = await on.wire('ListOpportunities', {
      Catalog: 'Sandbox',
      NextToken,
      Identifier: [],
      Sort: null,
    });
    expect(status).toBe(200);
  });

  test('lists every record once even if one is written between two pages', async () => {
    const { NextToken, OpportunitySummaries: first } = await list({ MaxResults: 100 });
    await on.control('PATCH', `opportunities/${first?.[50]?.Id}?touch=true`, { Forecast: 1 });
    const { OpportunitySummaries: second } = await list({
      MaxResults: 100,
      ...(NextToken ? { NextToken } : {}),
    });
    expect(new Set(ids([...(first ?? []), ...(second ?? [])])).size).toBe(200);
  });
});

describe('filters: all must match, any value of a list may', () => {
  const cases: [string, Query, (one: OpportunitySummary) => boolean][] = [
    [
      'ids',
      { Identifier: ['O5000003', 'O5000007', 'O1'] },
      (one) => ['O5000003', 'O5000007'].includes(one.Id ?? ''),
    ],
    [
      'stages',
      { LifeCycleStage: ['Launched', 'Closed Lost'] },
      (one) => /Launched|Closed Lost/.test(one.LifeCycle?.Stage ?? ''),
    ],
    [
      'review statuses',
      { LifeCycleReviewStatus: ['In review'] },
      (one) => one.LifeCycle?.ReviewStatus === 'In review',
    ],
    [
      'review status and stage together',
      { LifeCycleReviewStatus: ['Approved'], LifeCycleStage: ['Prospect'] },
      (one) => one.LifeCycle?.ReviewStatus === 'Approved' && one.LifeCycle.Stage === 'Prospect',
    ],
    [
      'a range of LastModifiedDate',
      {
        LastModifiedDate: {
          AfterLastModifiedDate: new Date('2031-05-01'),
          BeforeLastModifiedDate: new Date('2031-05-08'),
        },
      },
      (one) =>
        Number(one.LastModifiedDate) >= Date.parse('2031-05-01') &&
        Number(one.LastModifiedDate) < Date.parse('2031-05-08'),
    ],
    [
      'the earliest CreatedDate',
      { CreatedDate: { AfterCreatedDate: new Date('2031-01-01') } },
      (one) => Number(one.CreatedDate) >= Date.parse('2031-01-01'),
    ],
    [
      'the latest CreatedDate',
      { CreatedDate: { BeforeCreatedDate: new Date('2031-01-01') } },
      (one) => Number(one.CreatedDate) < Date.parse('2031-01-01'),
    ],
    [
      'a range of TargetCloseDate',
      { TargetCloseDate: { AfterTargetCloseDate: '2031-05-14', BeforeTargetCloseDate: '2031-08-01' } },
      (one) =>
        (one.LifeCycle?.TargetCloseDate ?? '') >= '2031-05-14' &&
        (one.LifeCycle?.TargetCloseDate ?? '') < '2031-08-01',
    ],
  ];

  test.each(cases)('filters by %s', async (_what, query, isExpected) => {
    const expected = (await all()).filter(isExpected);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(250);
    expect(ids(await all(query))).toEqual(ids(expected));
  });

  test('filters by the exact company name', async () => {
    const name =
      (await list({ MaxResults: 1 })).OpportunitySummaries?.[0]?.Customer?.Account?.CompanyName ?? '';
    const found = await all({ CustomerCompanyName: [name] });
    expect(found.length).toBeGreaterThan(1);
    expect(found.every((one) => one.Customer?.Account?.CompanyName === name)).toBe(true);
    expect(await all({ CustomerCompanyName: [name.slice(0, 5)] })).toEqual([]);
  });

  test('lists the records of one catalog only', async () => {
    const { OpportunitySummaries } = await on.client.send(new ListOpportunitiesCommand({ Catalog: 'AWS' }));
    expect(OpportunitySummaries).toEqual([]);
  });
});

describe('sorting', () => {
  const keys: [NonNullable<Query['Sort']>['SortBy'], (one: OpportunitySummary) => string][] = [
    ['LastModifiedDate', (one) => one.LastModifiedDate?.toISOString() ?? ''],
    ['CreatedDate', (one) => one.CreatedDate?.toISOString() ?? ''],
    ['TargetCloseDate', (one) => one.LifeCycle?.TargetCloseDate ?? ''],
    ['CustomerCompanyName', (one) => one.Customer?.Account?.CompanyName ?? ''],
    ['Identifier', (one) => one.Id ?? ''],
  ];

  test.each(keys)('sorts by %s in both directions', async (SortBy, key) => {
    const up = (await all({ Sort: { SortBy, SortOrder: 'ASCENDING' } })).map(key);
    expect(up).toEqual([...up].sort());
    const down = (await all({ Sort: { SortBy, SortOrder: 'DESCENDING' } })).map(key);
    expect(down).toEqual(up.reverse());
  });

  test('sorts by LastModifiedDate by default, latest first', async () => {
    expect(ids(await all())).toEqual(
      ids(await all({ Sort: { SortBy: 'LastModifiedDate', SortOrder: 'DESCENDING' } })),
    );
  });

  test('sorts ids as numbers', async () => {
    await on.control('PUT', 'opportunities/O77', { LifeCycle: { Stage: 'Prospect' } });
    const { OpportunitySummaries } = await list({
      Sort: { SortBy: 'Identifier', SortOrder: 'ASCENDING' },
      MaxResults: 1,
    });
    expect(ids(OpportunitySummaries)).toEqual(['O77']);
  });

  test('lists a changed record in its new place immediately', async () => {
    await all({ Sort: { SortBy: 'CustomerCompanyName', SortOrder: 'ASCENDING' } });
    await on.control('PATCH', 'opportunities/O5000009', {
      Customer: { Account: { CompanyName: 'AAA first' } },
    });
    const [first] = await all({ Sort: { SortBy: 'CustomerCompanyName', SortOrder: 'ASCENDING' } });
    expect(first?.Id).toBe('O5000009');
    expect(await all()).toHaveLength(250);
  });
});

describe('summaries', () => {
  test('lists exactly the members of a summary, unset ones as null', async () => {
    await on.control('PATCH', 'opportunities/O5000002', { Forecast: 'B' });
    const { body } = await on.wire('ListOpportunities', { Catalog: 'Sandbox', Identifier: ['O5000002'] });
    const [summary] = body.OpportunitySummaries as Body[];
    expect(Object.keys(summary ?? {}).sort()).toEqual([
      'Arn',
      'Catalog',
      'CreatedDate',
      'Customer',
      'Id',
      'LastModifiedDate',
      'LifeCycle',
      'OpportunityType',
      'PartnerOpportunityIdentifier',
      'Project',
    ]);
    expect(Object.keys(summary?.Project as Body)).toEqual([
      'DeliveryModels',
      'ExpectedCustomerSpend',
      'ExpectedContractDuration',
    ]);
    expect(summary).toMatchObject({
      LifeCycle: { ClosedLostReason: null },
      Customer: { Account: { OtherIndustry: null } },
    });
    expect(JSON.stringify(summary)).not.toMatch(/Duns|AwsAccountId|StreetAddress|Contacts|NextStepsHistory/);
  });

  test.each([
    ['531', '531.0'],
    ['531.50', '531.5'],
    ['531.00', '531.0'],
  ])('lists the amount %s as %s', async (stored, listed) => {
    await on.control('PATCH', 'opportunities/O5000002', {
      Project: { ExpectedCustomerSpend: [{ Amount: stored, CurrencyCode: 'USD' }] },
    });
    const { OpportunitySummaries } = await list({ Identifier: ['O5000002'] });
    expect(OpportunitySummaries?.[0]?.Project?.ExpectedCustomerSpend?.[0]?.Amount).toBe(listed);
  });
});
