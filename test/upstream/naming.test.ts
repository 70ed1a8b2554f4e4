import * as sdk from '@aws-sdk/client-partnercentral-selling';
import { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertName, convertNames } from '../../src/upstream/naming.ts';

/** Every structure in the SDK's requests, responses and errors, by name. */
function structures(): Map<string, NormalizedSchema> {
  const found = new Map<string, NormalizedSchema>();
  const visit = (schema: NormalizedSchema): void => {
    if (schema.isListSchema() || schema.isMapSchema()) visit(schema.getValueSchema());
    if (!schema.isStructSchema()) return;
    const name = schema.getName(true) ?? '';
    if (found.has(name)) return;
    found.set(name, schema);
    for (const [, member] of schema.structIterator()) visit(member);
  };
  for (const [name, exported] of Object.entries(sdk))
    if (/(Request|Response|Exception)\$$/.test(name)) visit(NormalizedSchema.of(exported as never));
  return found;
}

const name = fc.oneof(
  fc.string(),
  fc.constantFrom(
    ...['Id', 'id', '__proto__', 'constructor', '$x', 'Über', 'ID', 'AWS', 'aws', 'Aws', 'aWS', ''],
    ...['AwsProductsSpendInsightsBySource', 'awsProductsSpendInsightsBySource'],
  ),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), tie('list'), tie('members')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  members: fc.dictionary(name, tie('value'), { maxKeys: 5 }),
})).value;

describe('names', () => {
  test('the conversion of names is a bijection over the members of every shape of the SDK', () => {
    const shapes = structures();
    expect(shapes.size).toBeGreaterThan(100);
    for (const [shape, schema] of shapes) {
      const members = [...schema.structIterator()].map(([member]) => member);
      const structure = shape.split('#').at(-1) ?? '';
      const swap = (member: string) => convertName(member, structure);
      const flipped = members.map(swap);
      expect(new Set(flipped).size, shape).toBe(members.length);
      expect(flipped.map(swap), shape).toEqual(members);
      expect(
        flipped.every((member) => /^[a-z](?!WS)/.test(member)),
        shape,
      ).toBe(true);
    }
  });

  test('the conversion of names is its own inverse for any JSON, including the order of members', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.stringify(convertNames(convertNames(value)))).toBe(JSON.stringify(value));
      }),
    );
  });

  test('the keys of the SDK’s maps are data, and are not converted', () => {
    const maps = [...structures()].flatMap(([shape, schema]) =>
      [...schema.structIterator()]
        .filter(([, member]) => member.isMapSchema())
        .map(([member]) => [shape, member]),
    );
    expect(maps.length).toBeGreaterThan(0);
    for (const [shape, member] of maps) {
      const data = { [String(member)]: { 'Amazon EC2': '1', lower: '2' } };
      const renamed = convertNames(data) as Record<string, unknown>;
      expect(Object.values(renamed)[0], `${shape}.${member} is a map whose keys are converted`).toEqual({
        'Amazon EC2': '1',
        lower: '2',
      });
      expect(convertNames(renamed)).toEqual(data);
    }
  });

  test('AWS’s members AWS and Aws are aws in the graph, and go back under their own names', () => {
    const insights = { AwsProductsSpendInsightsBySource: { Partner: 1, AWS: 2 } };
    const converted = { awsProductsSpendInsightsBySource: { partner: 1, aws: 2 } };
    expect([convertNames(insights), convertNames(converted)]).toEqual([converted, insights]);
    const result = { Payload: { ProspectingResult: { Aws: { TaskId: 't' } } } };
    const inGraph = { payload: { prospectingResult: { aws: { taskId: 't' } } } };
    expect([convertNames(result), convertNames(inGraph)]).toEqual([inGraph, result]);
  });

  test('the conversion of names does not change its input', () => {
    fc.assert(
      fc.property(json, (value) => {
        const before = JSON.stringify(value);
        convertNames(value);
        expect(JSON.stringify(value)).toBe(before);
      }),
    );
  });

  test('the conversion of names removes the type marker of AWS’s serialiser', () => {
    expect(convertNames({ A: [{ __type: 'com.amazon#Spend', Amount: '1' }] })).toEqual({
      a: [{ amount: '1' }],
    });
  });
});
