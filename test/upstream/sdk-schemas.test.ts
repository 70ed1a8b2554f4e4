/** The layout of the SDK's schemas, which facts of operations, dry runs and summaries are read from. */
import { AssociateOpportunity$, CreateOpportunityRequest$ } from '@aws-sdk/client-partnercentral-selling';
import { expect, test } from 'vitest';
import { membersOf, membersOfOperation } from '../../src/upstream/sdk-schemas.ts';

const named = (members: ReturnType<typeof membersOf>) =>
  members.map(({ name, isRequired }) => `${name}${isRequired ? '!' : ''}`);

test('an operation’s schema has its request and its answer at the places that are read', () => {
  const { request, answer } = membersOfOperation(AssociateOpportunity$);
  expect(named(request)).toEqual([
    'Catalog!',
    'OpportunityIdentifier!',
    'RelatedEntityType!',
    'RelatedEntityIdentifier!',
  ]);
  expect(answer).toEqual([]);
});

test('a structure’s schema counts its required members, which come first', () => {
  const members = membersOf(CreateOpportunityRequest$);
  expect(members).toHaveLength(14);
  expect(named(members)[0]).toBe('Catalog!');
  expect(members.filter(({ isRequired }) => isRequired)).toHaveLength(1);
  const customer = members.find(({ name }) => name === 'Customer')?.schema;
  const account = customer && membersOf(customer).find(({ name }) => name === 'Account')?.schema;
  expect(account && named(membersOf(account))[0]).toBe('CompanyName!');
});

test('a schema that is not a structure has no members', () => {
  const token = membersOf(CreateOpportunityRequest$).find(({ name }) => name === 'ClientToken');
  expect(token && membersOf(token.schema)).toEqual([]);
});
