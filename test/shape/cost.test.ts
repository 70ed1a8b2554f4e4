/** The price of the schema's fields: every field with a resolver has one. */
import { type GraphQLNamedType, getNamedType, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { weightOf } from '../../src/graphql/directives.ts';
import { priceOfOperation } from '../../src/graphql/price.ts';
import type { ResolverMap } from '../../src/graphql/schema.ts';
import { resolverMaps } from '../../src/resolvers/index.ts';
import { gatewaySchema } from '../schema.ts';

const schema = gatewaySchema();
const price = (document: string, variables: object = {}) =>
  priceOfOperation(schema, parse(document), undefined, variables);
const most = (document: string, variables: object = {}) => price(document, variables).most;

test('a selection that a variable leaves out has no price', () => {
  const document = `query ($skip: Boolean!) {
    opportunities(first: 100) @skip(if: $skip) { nodes { marketing { source } } }
    quota { read { waiting } } }`;
  expect(most(document, { skip: false })).toBeGreaterThan(100);
  expect(most(document, { skip: true })).toBe(0);
  const patches = `mutation ($include: Boolean!) {
    updateOpportunity(input: { id: "O1", patch: {} }) @include(if: $include) { changed } }`;
  expect(price(patches, { include: false }).certain.write).toBe(0);
});

describe('the price of a field', () => {
  test('every field with a resolver has a price in the schema, its own or its type’s', () => {
    const unpriced = resolverMaps
      .flatMap((map) => Object.entries(map as ResolverMap))
      .flatMap(([name, fields]) => {
        const type = schema.getType(name) as GraphQLNamedType;
        if (!isObjectType(type)) return [];
        return Object.keys(fields)
          .filter((field) => !field.startsWith('__'))
          .filter((field) => {
            const found = type.getFields()[field];
            return !found || (weightOf(found) ?? weightOf(getNamedType(found.type))) === undefined;
          })
          .map((field) => `${name}.${field}`);
      });
    expect(unpriced).toEqual([]);
  });

  test('every query and mutation has its own price in the schema', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}),
    );
    const unpriced = roots.filter((field) => weightOf(field) === undefined).map(({ name }) => name);
    expect(unpriced).toEqual(['_entities', '_service']); // added by federation; the price of the former is that of its entities
  });
});

describe('the maximum cost of an operation', () => {
  test.each([
    ['nothing for data of the gateway itself', '{ __typename quota { read { remainingNow } } }', 0],
    ['one call for a record', '{ opportunity(id: "O1") { id customer { account { companyName } } } }', 1],
    ['one call per alias', '{ a: node(id: "O1") { id } b: node(id: "O2") { id } }', 2],
    ['one call for a list without its items', '{ opportunities(first: 50) { pageInfo { hasNextPage } } }', 1],
    ['one call for a list, and one per item', '{ opportunities(first: 50) { nodes { id } } }', 51],
    ['the default number of items for a list without a size', '{ opportunities { nodes { id } } }', 21],
    [
      'one call per item, however often it is selected',
      '{ opportunities(first: 50) { nodes { id } edges { node { id } } } }',
      51,
    ],
    [
      'one call per item for AWS’s view beside it',
      '{ opportunities(first: 50) { nodes { awsSummary { asOf } } } }',
      101,
    ],
    [
      'two calls for the engagements of a record, and one each for its solutions and tags',
      '{ opportunity(id: "O1") { engagements { id } solutions { name } tags { key } owner { email } awsProducts { name } } }',
      5,
    ],
    [
      'one call for a list of solutions',
      '{ solutions(first: 50) { nodes { id } edges { node { name } } } }',
      1,
    ],
    [
      'one call for each entry of a history, beside those that find its snapshots',
      '{ opportunity(id: "O1") { history(first: 10) { nodes { at changes { field } snapshot { revision } } } } }',
      19,
    ],
    [
      'one call for each snapshot of an engagement',
      '{ engagement(id: "eng-0") { snapshots(first: 10) { nodes { createdAt payload { __typename } } } } }',
      12,
    ],
    ['nothing for AWS’s products', '{ awsProducts { code name } }', 0],
    [
      'the cost of the fields in a fragment',
      '{ ...Page } fragment Page on Query { opportunities(first: 9) { ...Items } } fragment Items on OpportunityConnection { nodes { id } }',
      10,
    ],
    [
      'one call for every twenty different ids of a list',
      `{ opportunities(first: 1, filter: { ids: ${JSON.stringify([...Array.from({ length: 41 }, (_, n) => `O${n}`), 'O1'])} }) { pageInfo { endCursor } } }`,
      3,
    ],
    ['nothing for a list of no ids', '{ opportunities(filter: { ids: [] }) { pageInfo { endCursor } } }', 0],
    [
      'a write, and a read of the record for the payload',
      'mutation { createOpportunity(input: {}) { opportunity { id } } }',
      2,
    ],
    [
      'only a write if the payload has no record',
      'mutation { createOpportunity(input: {}) { clientToken } }',
      1,
    ],
    [
      'a read before a write, the write, and a read of the record for the payload',
      'mutation { updateOpportunity(input: { id: "O1", patch: {} }) { opportunity { id } conflict { current { id } } } }',
      3,
    ],
    [
      'a write for each entity that is to be associated, and the read of the record',
      `mutation { setOpportunityAssociations(input: {
        id: "O1", solutions: ["S-1", "S-2"], awsProducts: [], awsMarketplaceOffer: "arn:1", awsMarketplaceOfferSet: null
      }) { complete } }`,
      4,
    ],
    [
      'a read of a new opportunity before it is associated',
      'mutation { createOpportunity(input: { associate: { solutions: ["S-1", "S-2"] } }) { id } }',
      4,
    ],
  ])('the maximum cost of an operation includes %s', (_, document, expected) => {
    expect(most(document)).toBe(expected);
  });

  test('an entity costs at most one call, and at least a twentieth of one', () => {
    const document = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Opportunity { id } } }';
    const r = Array.from({ length: 50 }, (_, n) => ({ __typename: 'Opportunity', id: `O${n}` }));
    expect(price(document, { r })).toEqual({ certain: { read: 3, write: 0 }, most: 50 });
    expect(price(document, { r: [{ __typename: 'Nothing' }, null] })).toEqual({
      certain: { read: 0, write: 0 },
      most: 0,
    });
  });

  test('has one certain write for each mutation that is executed, however it is written', () => {
    const create = 'createOpportunity(input: {}) { clientToken }';
    const document = `mutation { a: ${create} ...M ...M b: ${create} } fragment M on Mutation { a: ${create} c: ${create} __typename }`;
    expect(price(document).certain).toEqual({ read: 0, write: 3 });
  });

  test('the cost of an operation is computed in linear time, however often fragments spread each other', () => {
    const levels = 40;
    const fragments = Array.from(
      { length: levels },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`,
    );
    const document = `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { node(id: "O1") { id } }`;
    expect(most(document)).toBeGreaterThan(0);
  });
});
