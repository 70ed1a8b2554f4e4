/** Operations with ten fields of which AWS or the gateway refuses one. */
import { describe, expect, test } from 'vitest';
import { type Answer, gateway, type TestGateway } from './kit.ts';
import { editableIds } from './load.ts';

const names = Array.from({ length: 10 }, (_, n) => `field${n}`);

/** An operation with ten aliased root fields. */
const operation = (kind: 'query' | 'mutation', field: (n: number) => string): string =>
  `${kind} { ${names.map((name, n) => `${name}: ${field(n)}`).join(' ')} }`;

/** The refused field, after checking that it is the only one, and that the only error is at its path. */
function refusedOf({ status, data, errors }: Answer): string | undefined {
  expect(status).toBe(200);
  expect(Object.keys(data)).toEqual(names);
  const refused = names.filter((name) => data[name] === null);
  expect(errors?.map(({ path }) => path)).toEqual([refused]);
  return refused[0];
}

describe('ten queries in one operation', () => {
  const ids = names.map((_, n) => `O50000${10 + n}`);
  const opportunity = (id: string | undefined) => `opportunity(id: "${id}") { id marketing { source } }`;

  test('an invalid id costs its own field, and nine opportunities arrive', async () => {
    await using gw = await gateway();
    const answer = await gw.query(operation('query', (n) => opportunity(n === 4 ? 'nope' : ids[n])));
    expect(refusedOf(answer)).toBe('field4');
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    for (const [n, id] of ids.entries())
      if (n !== 4)
        expect(answer.data[`field${n}`]).toEqual({ id, marketing: { source: expect.any(String) } });
    expect(answer.calls).toEqual({ GetOpportunity: 9 });
  });

  test('a call that AWS refuses costs its own field, and nine opportunities arrive', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'GetOpportunity' });
    const answer = await gw.query(operation('query', (n) => opportunity(ids[n])));
    expect(refusedOf(answer)).toBeDefined();
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(answer.calls).toEqual({ GetOpportunity: 10 });
  });

  test('an invalid cursor costs its own list, and nine lists arrive', async () => {
    await using gw = await gateway();
    const list = (n: number) =>
      `opportunities(first: ${n + 1}${n === 7 ? ' after: "nope"' : ''}) { nodes { id } }`;
    const answer = await gw.query(operation('query', list));
    expect(refusedOf(answer)).toBe('field7');
    for (const [n, name] of names.entries()) if (n !== 7) expect(answer.data[name].nodes).toHaveLength(n + 1);
  });
});

describe('ten mutations in one operation', () => {
  const update = (n: number, id: string | undefined) =>
    `updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "Step ${n}" } } }) {
      changed opportunity { id lifeCycle { nextSteps } } userErrors { code }
    }`;

  /** Nine payloads arrived, and AWS has what they say; the refused one was not written. */
  async function expectNine(gw: TestGateway, { data }: Answer, ids: string[], refused: number) {
    for (const [n, id] of ids.entries()) {
      const steps = `Step ${n}`;
      const stored = (await gw.emulator.record(id)).LifeCycle.NextSteps;
      if (n === refused) expect(stored).not.toBe(steps);
      else {
        const opportunity = { id, lifeCycle: { nextSteps: steps } };
        expect(data[`field${n}`]).toEqual({ changed: true, opportunity, userErrors: [] });
        expect(stored).toBe(steps);
      }
    }
  }

  test('an invalid id costs its own field, and nine patches are made', async () => {
    await using gw = await gateway();
    const ids = await editableIds(gw, 10);
    const answer = await gw.query(operation('mutation', (n) => update(n, n === 4 ? 'nope' : ids[n])));
    expect(refusedOf(answer)).toBe('field4');
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    await expectNine(gw, answer, ids, 4);
  });

  test('a write that AWS refuses costs its own field, and nine patches are made', async () => {
    await using gw = await gateway();
    const ids = await editableIds(gw, 10);
    // Mutations run one after another, so this hits the first.
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'UpdateOpportunity' });
    const answer = await gw.query(operation('mutation', (n) => update(n, ids[n])));
    expect(refusedOf(answer)).toBe('field0');
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    await expectNine(gw, answer, ids, 0);
  });
});
