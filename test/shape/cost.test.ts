/** The price of the schema's fields: nothing that a resolver answers is without one. */
import { type GraphQLNamedType, getNamedType, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { priceOfOperation, weightOf } from '../../src/graphql/price.ts';
import type { ResolverMap } from '../../src/graphql/schema.ts';
import { resolverMaps } from '../../src/resolvers/index.ts';
import { gatewaySchema } from '../schema.ts';

const schema = gatewaySchema();
const price = (document: string, variables: object = {}) =>
  priceOfOperation(schema, parse(document), undefined, variables);
const most = (document: string, variables: object = {}) => price(document, variables).most;

describe('the price of a field', () => {
  test('is in the schema for every field that has a resolver: its own, or that of its type', () => {
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

  test('is in the schema for every query and every mutation, by itself', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}),
    );
    const unpriced = roots.filter((field) => weightOf(field) === undefined).map(({ name }) => name);
    expect(unpriced).toEqual(['_entities', '_service']); // federation's own; the former costs what its entities do
  });
});

describe('the most that an operation can cost', () => {
  test.each([
    ['nothing for what the gateway knows by itself', '{ __typename quota { read { remainingNow } } }', 0],
    ['a call for a record', '{ opportunity(id: "O1") { id customer { account { companyName } } } }', 1],
    ['a call for each alias', '{ a: node(id: "O1") { id } b: node(id: "O2") { id } }', 2],
    [
      'a call for a list of which no item is selected',
      '{ opportunities(first: 50) { pageInfo { hasNextPage } } }',
      1,
    ],
    ['a call for a list, and one for each item', '{ opportunities(first: 50) { nodes { id } } }', 51],
    ['the default size of a list that is given none', '{ opportunities { nodes { id } } }', 21],
    [
      'each item once, however it is shown',
      '{ opportunities(first: 50) { nodes { id } edges { node { id } } } }',
      51,
    ],
    [
      'what a fragment selects',
      '{ ...Page } fragment Page on Query { opportunities(first: 9) { ...Items } } fragment Items on OpportunityConnection { nodes { id } }',
      10,
    ],
    [
      'a write, and the record that is shown after it',
      'mutation { createOpportunity(input: {}) { opportunity { id } } }',
      2,
    ],
    ['a write alone', 'mutation { createOpportunity(input: {}) { clientToken } }', 1],
    [
      'the read before a write, the write, and the record that is shown after it',
      'mutation { updateOpportunity(input: { id: "O1", patch: {} }) { opportunity { id } conflict { current { id } } } }',
      3,
    ],
  ])('is %s', (_, document, expected) => {
    expect(most(document)).toBe(expected);
  });

  test('counts an entity as a call, and at the least a twentieth of one', () => {
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

  test('is found in linear time, however often a fragment spreads another', () => {
    const levels = 40;
    const fragments = Array.from(
      { length: levels },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`,
    );
    const document = `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { node(id: "O1") { id } }`;
    expect(most(document)).toBeGreaterThan(0);
  });
});
