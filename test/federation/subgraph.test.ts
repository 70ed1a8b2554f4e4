import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { typeDefs } from '../../src/graphql/schema.ts';
import { gateway } from '../kit.ts';

/** A subgraph that adds the owner of an opportunity, and shares our value types. */
const crm = (opportunity: string) =>
  parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  type Query { owners: [Owner!]! }
  type Owner @key(fields: "email") { email: ID! opportunities: [Opportunity!]! }
  ${opportunity}
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
`);

const compose = (opportunity: string) =>
  composeServices([
    { name: 'partner-central', typeDefs: typeDefs(), url: 'http://127.0.0.1:4000/graphql' },
    { name: 'crm', typeDefs: crm(opportunity), url: 'http://127.0.0.1:4001/graphql' },
  ]);

describe('the subgraph', () => {
  test('the subgraph composes with another one that extends Opportunity', () => {
    const { errors, supergraphSdl } = compose(
      'type Opportunity @key(fields: "id") { id: ID! accountOwner: Owner }',
    );
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain('accountOwner: Owner');
  });

  test.each([
    ['an unknown key', 'type Opportunity @key(fields: "number") { number: Int! accountOwner: Owner }'],
    ['a field that is already resolved here', 'type Opportunity @key(fields: "id") { id: ID! arn: String }'],
    [
      'a shared field of a different type',
      'type Opportunity @key(fields: "id") { id: ID! catalog: Int! @shareable }',
    ],
  ])('the subgraph does not compose with %s', (_, opportunity) => {
    expect(compose(opportunity).errors?.length).toBeGreaterThan(0);
  });

  test('a router can query the SDL of the subgraph', async () => {
    await using gw = await gateway();
    const { data } = await gw.query('{ _service { sdl } }');
    expect(data._service.sdl).toMatch(/type Opportunity implements Node\s+@key\(fields: "id"\)/);
    expect(data._service.sdl).toContain('federation/v2.9');
    expect(data._service.sdl).toContain('"Other- Cost Optimization"');
  });
});

describe('_entities', () => {
  const entities = `query ($refs: [_Any!]!) {
    _entities(representations: $refs) { __typename ... on Opportunity { id marketing { source } } }
  }`;
  const refs = (...ids: string[]) => ids.map((id) => ({ __typename: 'Opportunity', id }));

  test('entities cost one call per distinct id', async () => {
    await using gw = await gateway();
    const ids = Array.from({ length: 40 }, (_, n) => `O50000${String(10 + (n % 20))}`);
    const { data, errors, calls } = await gw.query(entities, { refs: refs(...ids) });
    expect(errors).toBeUndefined();
    expect(data._entities.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(calls).toEqual({ GetOpportunity: 20 });
  });

  test('an entity with an unknown or malformed id is null, and its siblings are returned', async () => {
    await using gw = await gateway();
    const { data, errors } = await gw.query(entities, { refs: refs('O5000001', 'O404', 'nope', 'O5000002') });
    expect(data._entities.map((entity: { id: string } | null) => entity?.id ?? null)).toEqual([
      'O5000001',
      null,
      null,
      'O5000002',
    ]);
    expect(errors).toMatchObject([{ path: ['_entities', 2], extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('a representation that is not an entity of this subgraph is an error at its path, and its siblings are returned', async () => {
    await using gw = await gateway();
    const odd = [
      { __typename: 'Account' },
      { __typename: 'Nobody' },
      {},
      null,
      7,
      { __typename: 'Opportunity' },
    ];
    const { data, errors } = await gw.query(entities, {
      refs: [...refs('O5000001'), ...odd.filter(Boolean)],
    });
    expect(data._entities[0].id).toBe('O5000001');
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      [1, 2, 3, 4, 5].map((index) => [['_entities', index], 'BAD_USER_INPUT']),
    );
    expect(errors?.[0]?.message).toBe(
      'representations[1]: got "Account", expected an entity of this subgraph: AwsProduct, Engagement, EngagementInvitation, Lead, Opportunity, Solution',
    );
    expect(errors?.[4]?.message).toContain('got no key, expected an id');
  });

  test('an entity is resolved by its ARN, and a foreign ARN is refused', async () => {
    await using gw = await gateway();
    const { data: one } = await gw.query('{ opportunity(id: "O5000001") { arn } }');
    const { arn } = one.opportunity;
    const arns = [arn, arn.replace('Sandbox', 'AWS'), 'arn:aws:s3:::bucket'];
    const { data, errors, calls } = await gw.query(
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Opportunity { id lifeCycle { stage } } } }',
      { refs: arns.map((key) => ({ __typename: 'Opportunity', arn: key })) },
    );
    expect(data._entities).toMatchObject([{ id: 'O5000001' }, null, null]);
    expect(errors).toMatchObject([{ path: ['_entities', 2], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(calls).toEqual({ GetOpportunity: 1 });
  });
});
