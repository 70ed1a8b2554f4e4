/**
 * Arbitrary inputs, valid and invalid, cause no internal error, no masked error and no 500. `RUNS=5000` runs longer.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyOf, schema } from './arbitraries.ts';
import { gateway } from './kit.ts';

const runs = Number(process.env.RUNS ?? 150);

const documents = {
  createOpportunity: `mutation ($input: CreateOpportunityInput!) {
    createOpportunity(input: $input) { opportunity { id } clientToken warnings { path } userErrors { path code message } }
  }`,
  updateOpportunity: `mutation ($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) { changed opportunity { id } warnings { path } userErrors { path code message } }
  }`,
};

test.each(Object.entries(documents))(
  '%s responds to any input with data or a user error, never with an internal error',
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
