import { readFileSync } from 'node:fs';
import { composeServices as apollo } from '@apollo/composition';
import { composeServices as guild } from '@theguild/federation-composition';
import { type ConstDirectiveNode, type ObjectTypeDefinitionNode, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { changesBetween, mayBreak } from '../../scripts/breaking.ts';
import { problemWith } from '../../scripts/release.ts';
import { scopes } from '../../src/graphql/access.ts';
import { gateway } from '../kit.ts';

const sdl = readFileSync('schema.graphql', 'utf8');
const released = readFileSync('schema.released.graphql', 'utf8');
const breaking = async (change: (sdl: string) => string) => {
  const changed = change(sdl);
  expect(changed).not.toBe(sdl);
  return (await changesBetween(sdl, changed))
    .filter(({ level }) => level === 'BREAKING')
    .map(({ message }) => message);
};

describe('the published schema', () => {
  test('the published schema is the one that the gateway serves to a router', async () => {
    await using gw = await gateway();
    const { data } = await gw.query('{ _service { sdl } }');
    const printed = (text: string) => parse(text).definitions.map((definition) => print(definition));
    expect(printed(data._service.sdl)).toEqual(expect.arrayContaining(printed(sdl)));
  });

  test('the published schema composes with both composers', () => {
    const services = [
      { name: 'partner-central', typeDefs: parse(sdl), url: 'http://127.0.0.1:4000/graphql' },
    ];
    expect(guild(services).errors).toBeUndefined();
    expect(apollo(services).errors).toBeUndefined();
  });

  test('the published schema tags the fields with customer data, for contracts without them', () => {
    const { supergraphSdl = '' } = guild([{ name: 'partner-central', typeDefs: parse(sdl) }]);
    for (const field of ['companyName', 'contacts', 'opportunityTeam', 'nextSteps', 'amount', 'title'])
      expect(supergraphSdl).toMatch(new RegExp(`  ${field}: .*@tag\\(name: "customer-data"\\)`));
  });

  test('the published schema tags the people at AWS, for contracts without personal data', () => {
    const { supergraphSdl = '' } = guild([{ name: 'partner-central', typeDefs: parse(sdl) }]);
    for (const field of [
      'opportunityTeam: \\[AwsTeamMember!\\]',
      'email: String',
      'firstName: String',
      'lastName: String',
    ])
      expect(supergraphSdl).toMatch(new RegExp(`  ${field} .*@tag\\(name: "personal-data"\\)`));
  });

  const names: readonly string[] = Object.values(scopes);
  /** The scope that a type or a field requires; the first of several, all of which are required. */
  const scopeOf = ({ directives = [] }: { directives?: readonly ConstDirectiveNode[] | undefined }) => {
    const text = directives.map(print).find((one) => one.startsWith('@requiresScopes')) ?? '';
    const [, list = ''] = /^@requiresScopes\(scopes: \[\[("[\w:]+"(?:, "[\w:]+")*)\]\]\)$/.exec(text) ?? [];
    const required = list.split(', ').map((quoted) => quoted.slice(1, -1));
    return required.every((scope) => names.includes(scope)) ? required[0] : undefined;
  };

  test('the published schema requires a scope for reading in every query, or in what its ids are of, and one for writing in every mutation', () => {
    const without: string[] = [];
    for (const definition of parse(sdl).definitions) {
      const isType = definition.kind === 'ObjectTypeDefinition' || definition.kind === 'ObjectTypeExtension';
      if (!isType || !['Query', 'Mutation'].includes(definition.name.value)) continue;
      for (const field of definition.fields ?? [])
        if (scopeOf(field)?.endsWith(':read') !== (definition.name.value === 'Query'))
          without.push(field.name.value);
    }
    expect(without).toEqual(['node', 'nodes']);
  });

  test('the published schema requires a scope for reading in every type that is a record, wherever it is selected', () => {
    const records = parse(sdl).definitions.filter(
      (one) =>
        one.kind === 'ObjectTypeDefinition' && one.interfaces?.some(({ name }) => name.value === 'Node'),
    ) as ObjectTypeDefinitionNode[];
    expect(records.map(({ name }) => name.value)).toContain('Opportunity');
    for (const record of records) expect(scopeOf(record), record.name.value).toMatch(/:read$/);
  });

  test('the published schema breaks no client of the released one', async () => {
    const changes = await changesBetween(released, sdl);
    expect(changes.filter(({ level }) => level === 'BREAKING')).toEqual([]);
  });
});

describe('a change of the schema', () => {
  test.each([
    [
      'a field is removed',
      (text: string) => text.replace(/ {2}"""[^"]*"""\n {2}closedLostReason: ClosedLostReason\n/, ''),
    ],
    [
      'an input becomes stricter',
      (text: string) => text.replace('clientToken: String', 'clientToken: String!'),
    ],
    ['an enum value is removed', (text: string) => text.replace('  TECHNICAL_VALIDATION\n', '  TECHNICAL\n')],
    ['a field changes its type', (text: string) => text.replace('arn: String', 'arn: ID')],
  ])('a schema change breaks clients if %s', async (_, change) => {
    expect(await breaking(change)).not.toEqual([]);
  });

  test.each([
    ['a field is added', (text: string) => text.replace('arn: String', 'colour: String\n  arn: String')],
    [
      'a field is deprecated',
      (text: string) => text.replace('arn: String', 'arn: String @deprecated(reason: "Use id.")'),
    ],
    ['a description is corrected', (text: string) => text.replace('A calendar day', 'A day of the calendar')],
  ])('a schema change breaks no client if %s', async (_, change) => {
    expect(await breaking(change)).toEqual([]);
  });

  test('a schema change may break clients only with a new major version, or a new minor one below 1.0', () => {
    expect(mayBreak('0.1.0', '0.1.1')).toBe(false);
    expect(mayBreak('0.1.0', '0.2.0')).toBe(true);
    expect(mayBreak('1.2.0', '1.3.0')).toBe(false);
    expect(mayBreak('1.2.0', '2.0.0')).toBe(true);
  });
});

describe('a release', () => {
  const change = (level: string) => [{ level, message: 'Field "a" was removed from object type "Query"' }];

  test.each([
    ['0.1.0', '0.2.0', 'BREAKING', undefined],
    ['0.1.0', '0.1.1', 'NON_BREAKING', undefined],
    ['0.1.0', '0.1.1', 'BREAKING', '0.1.1 may not break clients of 0.1.0'],
    ['1.4.0', '1.5.0', 'BREAKING', '1.5.0 may not break clients of 1.4.0'],
    ['1.4.0', '2.0.0', 'BREAKING', undefined],
    ['0.2.0', '0.2.0', 'NON_BREAKING', '0.2.0 does not come after 0.2.0'],
    ['0.10.0', '0.9.1', 'NON_BREAKING', '0.9.1 does not come after 0.10.0'],
    ['0.1.0', 'v0.2', 'NON_BREAKING', '"v0.2" is not a version'],
  ])('after %s the version %s with a change that is %s is refused with: %s', (from, to, level, problem) => {
    const found = problemWith(from, to, change(level));
    if (problem) expect(found).toContain(problem);
    else expect(found).toBeUndefined();
  });
});
