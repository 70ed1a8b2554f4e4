/** What an opportunity leads to: its owner, the opportunity that it renews, its tags. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { tamperingProxy } from './tampering.ts';
import { stopTime } from './time.ts';

let gw: TestGateway;
let proxied: Awaited<ReturnType<typeof tamperingProxy>>;
beforeAll(async () => {
  gw = await gateway();
  proxied = await tamperingProxy(gw.emulator.url);
});
afterAll(async () => {
  await proxied[Symbol.asyncDispose]();
  await gw[Symbol.asyncDispose]();
});

const read = async (id: string, fields: string) => {
  const { data, ...answer } = await gw.query(`{ opportunity(id: "${id}") { ${fields} } }`);
  return { ...answer, opportunity: data.opportunity as Data };
};

describe('owner', () => {
  const manager = { Email: 'm@example.com', BusinessTitle: 'PartnerAccountManager' };

  test.each<[what: string, team: unknown, expected: unknown]>([
    [
      'the team member with that title',
      [manager, { Email: 'o@example.com', BusinessTitle: 'OpportunityOwner' }],
      { email: 'o@example.com' },
    ],
    ['null without one', [manager], null],
    ['null without a team', null, null],
  ])('is %s, without a call beyond the record', async (_, OpportunityTeam, expected) => {
    await gw.emulator.patchRecord('O5000001', { OpportunityTeam }, { touch: true });
    const { opportunity, calls } = await read('O5000001', 'owner { email }');
    expect([opportunity.owner, calls]).toEqual([expected, { GetOpportunity: 1 }]);
  });
});

describe('relatedOpportunity', () => {
  const relate = (id: string, RelatedOpportunityIdentifier: string | null) =>
    gw.emulator.patchRecord(id, { Project: { RelatedOpportunityIdentifier } });

  test('the related opportunities of several are read by one call', async () => {
    const ids = ['O5000011', 'O5000012', 'O5000013'];
    for (const [index, id] of ids.entries()) await relate(id, `O500002${index}`);
    const { data, calls } = await gw.query(
      `{ opportunities(filter: { ids: ${JSON.stringify(ids)} }, sort: { sortBy: IDENTIFIER, sortOrder: ASCENDING }) {
        nodes { relatedOpportunity { id lifeCycle { stage } } } } }`,
    );
    expect(data.opportunities.nodes.map(({ relatedOpportunity }: Data) => relatedOpportunity.id)).toEqual([
      'O5000020',
      'O5000021',
      'O5000022',
    ]);
    expect(calls).toEqual({ ListOpportunities: 2, GetOpportunity: 3 });
  });

  test.each([
    ['there is none', null],
    ['this account has none with that id', 'O404'],
    ['AWS has something else there', 'not an id'],
  ])('is null without an error if %s', async (_, id) => {
    await relate('O5000014', id);
    const { opportunity, errors } = await read('O5000014', 'id relatedOpportunity { id }');
    expect([opportunity, errors]).toEqual([{ id: 'O5000014', relatedOpportunity: null }, undefined]);
  });

  test('a dry run counts one for each record of a page, twenty to a call', async () => {
    const page = '{ opportunities(first: 20) { nodes { relatedOpportunity { id } } } }';
    const { extensions } = await gw.query(page, {}, { 'x-upstream-dry-run': '1' });
    expect(extensions.upstream.dryRun.calls).toEqual({ ListOpportunities: 2, GetOpportunity: 20 });
  });
});

describe('tags', () => {
  const create = async (tags: object[]): Promise<string> => {
    const { data } = await gw.query(
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }',
      { input: { ...input, partnerOpportunityIdentifier: null, tags } },
    );
    return data.createOpportunity.id;
  };

  test('the tags of an opportunity are read by its ARN, and are fresh for a minute', async () => {
    using time = stopTime();
    const id = await create([{ key: 'team', value: 'north' }]);
    const { opportunity, errors, calls } = await read(id, 'tags { key value }');
    expect(errors).toBeUndefined();
    expect(opportunity.tags).toEqual([{ key: 'team', value: 'north' }]);
    expect(calls).toEqual({ GetOpportunity: 1, ListTagsForResource: 1 });
    await time.pass(59_999);
    expect((await read(id, 'tags { key }')).calls).toEqual({ GetOpportunity: 1 });
    await time.pass(1);
    expect((await read(id, 'tags { key }')).calls).toEqual({ GetOpportunity: 1, ListTagsForResource: 1 });
  });

  test('the request names the resource and no catalog', async () => {
    const request = new Promise<object>((resolve) =>
      proxied.tamper((exchange) => {
        if (exchange.operation === 'ListTagsForResource') resolve(exchange.request);
        return undefined;
      }),
    );
    await using other = await gatewayOn(proxied.url);
    const { data } = await other.query('{ opportunity(id: "O5000002") { arn tags { key } } }');
    expect(await request).toEqual({ ResourceArn: data.opportunity.arn });
  });

  test('an opportunity that has no ARN has no tags, and costs no call for them', async () => {
    proxied.tamper(({ operation, answer }) =>
      operation === 'GetOpportunity' ? { ...answer, Arn: null } : undefined,
    );
    await using other = await gatewayOn(proxied.url);
    const { data, calls } = await other.query('{ opportunity(id: "O5000002") { arn tags { key } } }');
    expect([data.opportunity, calls]).toEqual([{ arn: null, tags: null }, { GetOpportunity: 1 }]);
  });

  test('the tags of a page cost a call each beside the list, as its dry run estimates', async () => {
    const page =
      '{ opportunities(first: 10, sort: { sortBy: IDENTIFIER, sortOrder: ASCENDING }) { nodes { tags { key } } } }';
    const { calls, errors } = await gw.query(page);
    expect([calls, errors]).toEqual([{ ListOpportunities: 1, ListTagsForResource: 10 }, undefined]);
    await using fresh = await gatewayOn(gw.emulator.url);
    const dry = await fresh.query(page, {}, { 'x-upstream-dry-run': '1' });
    expect(dry.extensions.upstream.dryRun.calls).toEqual(calls);
  });
});
