import { type GraphQLInputObjectType, getNamedType, isEnumType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { picklistFields } from '../../src/domain/picklists.ts';
import { resolvers } from '../../src/resolvers/picklists.ts';
import { gatewaySchema } from '../schema.ts';

type List = { value: string; label: string }[];
const resolve = resolvers.Query?.picklists as unknown as () => Record<string, List>;
const lists = Object.values(resolve()).map((list) =>
  list
    .map(({ value }) => value)
    .toSorted()
    .join(),
);
const schema = gatewaySchema();

function enumsOf(type: GraphQLInputObjectType, found = new Map<string, string[]>()) {
  for (const field of Object.values(type.getFields())) {
    const inner = getNamedType(field.type);
    if (isInputObjectType(inner)) enumsOf(inner, found);
    if (isEnumType(inner))
      found.set(
        inner.name,
        inner.getValues().map(({ name }) => name),
      );
  }
  return found;
}

test('every enum of an input is a list of values with a label each', () => {
  for (const name of ['CreateOpportunityInput', 'OpportunityPatch', 'RejectEngagementInvitationInput'])
    for (const [type, values] of enumsOf(schema.getType(name) as GraphQLInputObjectType))
      expect(lists, `${type} in ${name}`).toContain(values.toSorted().join());
  for (const list of Object.values(resolve())) for (const { label } of list) expect(label).toMatch(/\w/);
});

test('every field that AWS checks against a list of its own is a list of values', () => {
  for (const [field, { values }] of picklistFields) expect(lists, field).toContain([...values].sort().join());
});

test('stages and review statuses are in the order of a deal, other values in that of their labels', () => {
  const { stages = [], reviewStatuses = [], countryCodes = [] } = resolve();
  expect(stages.map(({ label }) => label)).toEqual([
    'Prospect',
    'Qualified',
    'Technical Validation',
    'Business Validation',
    'Committed',
    'Launched',
    'Closed Lost',
  ]);
  expect(reviewStatuses[0]).toEqual({ value: 'PENDING_SUBMISSION', label: 'Pending Submission' });
  expect(countryCodes[0]?.label).toBe('Afghanistan');
});
