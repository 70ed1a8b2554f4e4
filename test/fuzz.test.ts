/**
 * Inputs that nobody would write, valid and not: no internal error, no masked error, no 500. `RUNS=5000` runs it at
 * length.
 */
import fc from 'fast-check';
import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../src/schema.ts';
import { gateway } from './kit.ts';

const runs = Number(process.env.RUNS ?? 150);
const schema = createSchema();

/** Values that belong nowhere, and texts that break what is naive. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1.5,
    true,
    [],
    {},
    '__proto__',
    'null',
    '\u0000',
    '\ud800',
    '<script>',
    '🚀'.repeat(300),
  ),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.json().map((text) => JSON.parse(text) as unknown),
);
const scalar: Record<string, fc.Arbitrary<unknown>> = {
  Date: fc.constantFrom('2031-01-01', '2020-01-01', '2031-02-30', 'soon'),
  DateTime: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123456789+01:00', 'now'),
  Decimal: fc.constantFrom('1', '0', '12.345', '-1', '1e9', '99999999999999999999999999999999999'),
  ID: fc.constantFrom('O5000001', 'O5000002', 'O404', 'x', ''),
};

/** Mostly what the type wants, now and then anything. */
function anyOf(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  const bare = isNonNullType(type) ? type.ofType : type;
  const named = getNamedType(bare);
  const proper = isListType(bare)
    ? fc.array(anyOf(bare.ofType, depth + 1), { maxLength: 3 })
    : isEnumType(named)
      ? fc.constantFrom(...named.getValues().map(({ name }) => name))
      : isInputObjectType(named)
        ? fc.record(
            Object.fromEntries(
              Object.values(named.getFields()).map((field) => [field.name, anyOf(field.type, depth + 1)]),
            ),
            {
              requiredKeys: Object.values(named.getFields())
                .filter(({ type: inner }) => isNonNullType(inner))
                .map(({ name }) => name),
            },
          )
        : (scalar[named.name] ?? fc.string({ maxLength: 300 }));
  return fc.oneof(
    { weight: 24, arbitrary: proper },
    { weight: 1, arbitrary: junk },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

const documents = {
  createOpportunity: `mutation ($input: CreateOpportunityInput!) {
    createOpportunity(input: $input) { opportunity { id } clientToken warnings { path } userErrors { path code message } }
  }`,
  updateOpportunity: `mutation ($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) { changed opportunity { id } warnings { path } userErrors { path code message } }
  }`,
};

test.each(Object.entries(documents))(
  '%s answers any input with data or a complaint, never with an internal error',
  async (name, document) => {
    await using gw = await gateway();
    const type = schema.getMutationType()?.getFields()[name]?.args[0]?.type;
    if (!type) throw new Error(`no mutation ${name}`);
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(anyOf(type), async (input) => {
        const { status, errors, data } = await gw.query(document, { input });
        expect([200, 400]).toContain(status);
        for (const { extensions, message } of errors ?? []) {
          seen[String(extensions.code)] = (seen[String(extensions.code)] ?? 0) + 1;
          expect(extensions.code, message).toBe('BAD_USER_INPUT');
        }
        for (const { path, code, message } of data?.[name]?.userErrors ?? []) {
          seen[code] = (seen[code] ?? 0) + 1;
          expect(path[0]).toBe('input');
          expect(message.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs },
    );
    if (process.env.RUNS) process.stdout.write(`${name} ${JSON.stringify(seen)}\n`);
    expect(gw.logged.join('')).not.toContain('internal error');
  },
  600_000,
);
