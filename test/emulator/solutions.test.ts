import { ListSolutionsCommand, type ListSolutionsCommandInput } from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { testEmulator, violations } from './kit.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const ask = (query: Partial<ListSolutionsCommandInput> = {}) =>
  on.client.send(new ListSolutionsCommand({ Catalog, MaxResults: 100, ...query }));
const list = async (query: Partial<ListSolutionsCommandInput> = {}) =>
  (await ask(query)).SolutionSummaries ?? [];

describe('ListSolutions', () => {
  test('lists the partner’s portfolio by descending ids, twenty to a page', async () => {
    const all = await list();
    expect(all.map(({ Id }) => Id)).toEqual(
      all
        .map(({ Id }) => Id)
        .sort()
        .reverse(),
    );
    const first = await on.client.send(new ListSolutionsCommand({ Catalog }));
    expect(first.SolutionSummaries).toHaveLength(20);
    const rest = await on.client.send(new ListSolutionsCommand({ Catalog, NextToken: first.NextToken }));
    expect([...(first.SolutionSummaries ?? []), ...(rest.SolutionSummaries ?? [])]).toEqual(all);
    expect(rest.NextToken).toBeUndefined();
  });

  test('returns every member of a solution', async () => {
    const { body } = await on.wire('ListSolutions', { Catalog, Identifier: ['S-0051201'] });
    expect(body).toEqual({
      SolutionSummaries: [
        {
          Catalog,
          Id: 'S-0051201',
          Arn: 'arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/solution/S-0051201',
          Name: 'Tidegate Data Platform',
          Status: 'Active',
          Category: 'Software Product',
          CreatedDate: '2023-05-11T10:30:00Z',
          AwsMarketplaceSolutionArn:
            'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-tidegate',
        },
      ],
      NextToken: null,
    });
  });

  test('has solutions of all statuses and of AWS’s ten categories', async () => {
    const all = await list();
    expect(new Set(all.map(({ Status }) => Status))).toEqual(new Set(['Active', 'Inactive', 'Draft']));
    expect(new Set(all.map(({ Category }) => Category)).size).toBe(10);
  });

  test.each<[string, Partial<ListSolutionsCommandInput>, string[]]>([
    ['by status', { Status: ['Draft'] }, ['S-0051218', 'S-0051205']],
    ['by id', { Identifier: ['S-0051202', 'S-1234567', 'S-404'] }, ['S-1234567', 'S-0051202']],
    ['by category', { Category: ['Training Service', 'Hardware Product'] }, ['S-0051212', 'S-0051206']],
    [
      'by listing in AWS Marketplace',
      {
        AwsMarketplaceSolutionArn: [
          'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-calling',
        ],
      },
      ['S-0051207'],
    ],
    ['by two filters at once', { Status: ['Inactive'], Category: ['Consulting Service'] }, ['S-0051216']],
    ['by filters that match nothing', { Status: ['Draft'], Identifier: ['S-1234567'] }, []],
  ])('filters %s', async (_what, query, ids) => {
    expect((await list(query)).map(({ Id }) => Id)).toEqual(ids);
  });

  test('takes empty filters for none', async () => {
    const empty = { Status: [], Identifier: [], Category: [], AwsMarketplaceSolutionArn: [] };
    expect(await list(empty)).toEqual(await list());
  });

  test.each(['Identifier', 'Name', 'Status', 'Category', 'CreatedDate'] as const)(
    'sorts by %s in both directions, equal ones by id',
    async (SortBy) => {
      const ids = async (SortOrder: 'ASCENDING' | 'DESCENDING') =>
        (await list({ Sort: { SortBy, SortOrder } })).map(({ Id }) => Id);
      const keys = (await list({ Sort: { SortBy, SortOrder: 'ASCENDING' } })).map((one) =>
        SortBy === 'Identifier'
          ? String(one.Id)
          : SortBy === 'CreatedDate'
            ? (one.CreatedDate?.toISOString() ?? '')
            : String(one[SortBy]),
      );
      expect(keys).toEqual([...keys].sort());
      expect(await ids('DESCENDING')).toEqual((await ids('ASCENDING')).reverse());
    },
  );

  test.each<[string, object, [string, string]]>([
    ['a status', { Status: ['Sold'] }, ['INVALID_ENUM_VALUE', 'status']],
    ['an id', { Identifier: ['1234567'] }, ['INVALID_STRING_FORMAT', 'identifier']],
    ['a page size', { MaxResults: 101 }, ['VALUE_OUT_OF_RANGE', 'maxResults']],
    ['an order', { Sort: { SortBy: 'Name' } }, ['REQUIRED_FIELD_MISSING', 'sort.sortOrder']],
  ])('refuses %s that is not allowed', async (_what, query, expected) => {
    expect(violations((await on.wire('ListSolutions', { Catalog, ...query })).body)).toEqual([expected]);
  });

  test('returns to another partner the solution that every partner has, and no other', async () => {
    const other = await on.partner('SECOND');
    const { SolutionSummaries } = await other.send(new ListSolutionsCommand({ Catalog }));
    expect(SolutionSummaries).toMatchObject([
      { Id: 'S-1234567', Arn: expect.stringContaining(':210987654321:') },
    ]);
  });
});
