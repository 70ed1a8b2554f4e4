/** The partner's solutions, AWS's products and the Marketplace's objects that opportunities are associated with. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { tamperingProxy } from './tampering.ts';

let gw: TestGateway;
beforeAll(async () => {
  gw = await gateway();
});
afterAll(() => gw[Symbol.asyncDispose]());

const associate = (id: string, identifiers: object, on = gw) =>
  on.emulator.patchRecord(id, { RelatedEntityIdentifiers: identifiers });

describe('Opportunity.solutions', () => {
  const page = '{ opportunities(first: 100) { nodes { id solutions { id name } } } }';

  test('the solutions of a page of a hundred opportunities cost a call for every twenty of them', async () => {
    await using fresh = await gateway();
    const { data, errors, calls } = await fresh.query(page);
    expect(errors).toBeUndefined();
    expect(calls).toEqual({ ListOpportunities: 1, GetOpportunity: 100, ListSolutions: 1 });
    const names = data.opportunities.nodes.flatMap(({ solutions }: Data) =>
      solutions.map(({ name }: Data) => name),
    );
    expect(names).toContain('Tidegate Data Platform');
    const { ListSolutions, ...rest } = (await fresh.query(page)).calls;
    expect([ListSolutions, rest]).toEqual([undefined, { ListOpportunities: 1, GetOpportunity: 100 }]);
  });

  test('a dry run counts a call for the solutions of a page', async () => {
    const { extensions, calls } = await gw.query(page, {}, { 'x-upstream-dry-run': '1' });
    expect(calls).toEqual({});
    expect(extensions.upstream.dryRun.calls).toEqual({
      ListOpportunities: 1,
      GetOpportunity: 100,
      ListSolutions: 1,
    });
  });

  test('a solution that this account does not have is null at its place, and costs a call each time', async () => {
    const query = '{ opportunity(id: "O5000001") { solutions { id } } }';
    await associate('O5000001', { Solutions: ['S-0051202', 'S-404', 'S-1234567', 'no solution'] });
    const expected = { solutions: [{ id: 'S-0051202' }, null, { id: 'S-1234567' }, null] };
    expect((await gw.query(query)).data.opportunity).toEqual(expected);
    const again = await gw.query(query);
    expect(again.data.opportunity).toEqual(expected);
    expect(again.calls).toEqual({ GetOpportunity: 1, ListSolutions: 1 });
  });

  test('no call is made for an opportunity without solutions', async () => {
    await associate('O5000002', { Solutions: null });
    const { data, calls } = await gw.query('{ opportunity(id: "O5000002") { solutions { id } } }');
    expect(data.opportunity.solutions).toEqual([]);
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('an error of AWS is an error of the field alone', async () => {
    await associate('O5000003', { Solutions: ['S-77'] });
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListSolutions' });
    const { data, errors } = await gw.query('{ opportunity(id: "O5000003") { id solutions { id } } }');
    expect(data.opportunity.id).toBe('O5000003');
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.path?.slice(0, 3)).toEqual(['opportunity', 'solutions']);
  });
});

describe('Query.solutions', () => {
  const query = `query ($first: Int! = 20, $after: String, $filter: SolutionFilter, $sort: SolutionSort) {
    solutions(first: $first, after: $after, filter: $filter, sort: $sort) {
      nodes { id } edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
  const idsOf = ({ data }: { data: Data }) => data.solutions.nodes.map(({ id }: Data) => id);

  test.each([
    [
      'all of them, by descending ids',
      { first: 100 },
      ['S-1234567', ...Array.from({ length: 21 }, (_, n) => `S-00512${String(21 - n).padStart(2, '0')}`)],
    ],
    ['those of a status', { filter: { statuses: ['DRAFT'] } }, ['S-0051218', 'S-0051205']],
    ['those of a category', { filter: { categories: ['Distribution Service'] } }, ['S-0051211']],
    [
      'the one that a Marketplace solution replaces',
      {
        filter: {
          awsMarketplaceSolutionArns: [
            'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-tidegate',
          ],
        },
      },
      ['S-0051201'],
    ],
    ['those with ids', { filter: { ids: ['S-0051202', 'S-0051203'] } }, ['S-0051203', 'S-0051202']],
    [
      'the first by name',
      { first: 2, sort: { sortBy: 'NAME', sortOrder: 'ASCENDING' } },
      ['S-0051218', 'S-0051207'],
    ],
  ])('solutions returns %s', async (_, variables, expected) => {
    const answer = await gw.query(query, variables);
    expect(idsOf(answer)).toEqual(expected);
    expect(answer.data.solutions.edges.map(({ node }: Data) => node.id)).toEqual(expected);
    expect(answer.calls).toEqual({ ListSolutions: 1 });
  });

  test('pages of solutions follow one another without a gap', async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const answer: { data: Data } = await gw.query(query, { first: 4, after });
      seen.push(...idsOf(answer));
      ({ hasNextPage: more, endCursor: after } = answer.data.solutions.pageInfo);
    }
    expect(seen).toEqual(idsOf(await gw.query(query, { first: 100 })));
  });

  test.each([
    [{ first: 0 }, 'first: got 0, expected 1 to 100'],
    [{ first: 101 }, 'first: got 101, expected 1 to 100'],
    [
      { filter: { ids: ['O5000001'] } },
      `filter.ids[0]: got "O5000001", expected a solution's id such as S-1234567`,
    ],
    [
      { filter: { categories: 'abcdefghijk'.split('') } },
      'filter.categories: got 11 values, expected at most 10',
    ],
    [{ after: 'x' }, 'after: got "x", expected a cursor that this list returned, such as pageInfo.endCursor'],
  ])('solutions refuses %j before a call', async (variables, message) => {
    const { data, errors, calls } = await gw.query(query, variables);
    expect([data.solutions, calls, errors?.[0]?.message]).toEqual([null, {}, message]);
  });

  test('a cursor of opportunities is refused', async () => {
    const { data } = await gw.query('{ opportunities(first: 1) { pageInfo { endCursor } } }');
    const { errors } = await gw.query(query, { after: data.opportunities.pageInfo.endCursor });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('a solution', () => {
  test('a solution is found by its id, and names the Marketplace solution that takes its place', async () => {
    const { data, calls } = await gw.query(
      `{ node(id: "S-0051201") { id ... on Solution { arn catalog name status category createdDate awsMarketplaceSolution { arn } } }
         other: node(id: "S-0051202") { ... on Solution { awsMarketplaceSolution { arn } } } none: node(id: "S-9") { id } }`,
      {},
      { 'cache-control': 'no-cache' },
    );
    expect(data).toEqual({
      node: {
        id: 'S-0051201',
        arn: expect.stringContaining('catalog/Sandbox/solution/S-0051201'),
        catalog: 'Sandbox',
        name: 'Tidegate Data Platform',
        status: 'ACTIVE',
        category: 'Software Product',
        createdDate: '2023-05-11T10:30:00Z',
        awsMarketplaceSolution: {
          arn: 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-tidegate',
        },
      },
      other: { awsMarketplaceSolution: null },
      none: null,
    });
    expect(calls).toEqual({ ListSolutions: 1 });
  });

  test('a solution without a category, which AWS’s model does not have, is shown', async () => {
    await using proxy = await tamperingProxy(gw.emulator.url);
    proxy.tamper(({ operation, answer }) => {
      if (operation !== 'ListSolutions') return undefined;
      const solutions = answer.SolutionSummaries as object[];
      return { ...answer, SolutionSummaries: solutions.map((one) => ({ ...one, Category: null })) };
    });
    await using other = await gatewayOn(proxy.url);
    const { data, errors } = await other.query(
      '{ node(id: "S-0051201") { id ... on Solution { category } } }',
    );
    expect([data.node, errors]).toEqual([{ id: 'S-0051201', category: null }, undefined]);
  });

  test('a router finds solutions and products by their keys', async () => {
    const { data, errors } = await gw.query(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) {
        ... on Solution { id name } ... on AwsProduct { code productName: name } } }`,
      {
        refs: [
          { __typename: 'Solution', id: 'S-0051202' },
          { __typename: 'Solution', id: 'S-404' },
          { __typename: 'Solution', id: 'O1' },
          { __typename: 'AwsProduct', code: 'AmazonEC2Linux' },
        ],
      },
    );
    expect(data._entities).toEqual([
      { id: 'S-0051202', name: 'Landing Zone in Ten Days' },
      null,
      null,
      { code: 'AmazonEC2Linux', productName: 'Amazon EC2 Linux' },
    ]);
    expect(errors?.map(({ path }) => path)).toEqual([['_entities', 2]]);
  });
});

describe('AWS products', () => {
  test('the products of an opportunity are named, and a code that the list lacks is kept', async () => {
    await associate('O5000004', { AwsProducts: ['AmazonEC2Linux', 'BrandNew'] });
    const { data, calls } = await gw.query(
      '{ opportunity(id: "O5000004") { awsProducts { code name serviceFamily } } }',
    );
    expect(data.opportunity.awsProducts).toEqual([
      { code: 'AmazonEC2Linux', name: 'Amazon EC2 Linux', serviceFamily: 'Compute' },
      { code: 'BrandNew', name: null, serviceFamily: null },
    ]);
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test.each([
    ['a name', { search: 'ec2 linux' }, ['AmazonEC2Linux']],
    ['a code, among others', { search: 'wickr', codes: ['AmazonEC2Linux', 'Wickr', 'X'] }, ['Wickr']],
    [
      'codes in their order, each once',
      { codes: ['Wickr', 'X', 'AmazonEC2Linux', 'X'] },
      ['Wickr', 'X', 'AmazonEC2Linux'],
    ],
    ['nothing', { search: 'no such product' }, []],
  ])('products are found by %s, without a call', async (_, variables, expected) => {
    const { data, calls } = await gw.query(
      'query ($search: String, $codes: [ID!]) { awsProducts(search: $search, codes: $codes) { code } }',
      variables,
    );
    expect(data.awsProducts.map(({ code }: Data) => code)).toEqual(expected);
    expect(calls).toEqual({});
  });

  test('the list has each of AWS’s 522 codes once, with a name and a family', async () => {
    const { data } = await gw.query('{ awsProducts { code name serviceFamily } }');
    expect(new Set(data.awsProducts.map(({ code }: Data) => code)).size).toBe(522);
    expect(data.awsProducts).toHaveLength(522);
    expect(data.awsProducts.every(({ name, serviceFamily }: Data) => name && serviceFamily)).toBe(true);
  });

  test('more codes than two hundred are refused', async () => {
    const codes = Array.from({ length: 201 }, (_, n) => String(n));
    const { errors } = await gw.query('query ($codes: [ID!]) { awsProducts(codes: $codes) { code } }', {
      codes,
    });
    expect(errors?.[0]?.message).toBe('codes: got 201 values, expected at most 200');
  });
});

test('Marketplace objects are ARNs for another subgraph, which this one does not resolve', async () => {
  const arns = {
    AwsMarketplaceOffers: ['arn:offer'],
    AwsMarketplaceOfferSets: null,
    AwsMarketplaceSolutions: ['arn:solution'],
    AwsMarketplaceProducts: ['arn:one', 'arn:two'],
  };
  await associate('O5000005', arns);
  const { data } = await gw.query(`{ opportunity(id: "O5000005") {
    awsMarketplaceOffers { arn } awsMarketplaceOfferSets { arn } awsMarketplaceSolutions { arn } awsMarketplaceProducts { arn } } }`);
  expect(data.opportunity).toEqual({
    awsMarketplaceOffers: [{ arn: 'arn:offer' }],
    awsMarketplaceOfferSets: [],
    awsMarketplaceSolutions: [{ arn: 'arn:solution' }],
    awsMarketplaceProducts: [{ arn: 'arn:one' }, { arn: 'arn:two' }],
  });
  const { data: service } = await gw.query('{ _service { sdl } }');
  expect(service._service.sdl).toContain('type MarketplaceOffer @key(fields: "arn", resolvable: false)');
});
