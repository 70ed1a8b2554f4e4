/** `Idempotency-Key`: what was carried out under it is not repeated, and no caller meets the key of another. */
import { describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { type Answer, type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { stopTime } from './time.ts';
import { tokens } from './tokens.ts';

const create = `mutation ($input: CreateOpportunityInput!) {
  createOpportunity(input: $input) { id clientToken userErrors { path code message } }
}`;
const update = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed changedFields userErrors { code } }
}`;
const keyed = (key = 'order-4711', headers = {}) => ({ 'idempotency-key': key, ...headers });
const note = (nextSteps: string, id = 'O5000002') => ({ input: { id, patch: { lifeCycle: { nextSteps } } } });
const steps = async (gw: TestGateway, id = 'O5000002') => (await gw.emulator.record(id)).LifeCycle.NextSteps;
const { partnerOpportunityIdentifier: _, ...anyInput } = input;

/** The tokens of the creates that AWS has received. */
const sentTokens = async (gw: TestGateway): Promise<string[]> =>
  (await gw.emulator.log())
    .filter(({ operation }) => operation === 'CreateOpportunity')
    .map(({ input }) => input.ClientToken);
const stored = async (gw: TestGateway): Promise<number> => {
  const names = JSON.stringify([input.customer.account.companyName]);
  const query = `{ opportunities(first: 100, filter: { customerCompanyNames: ${names} }) { nodes { id } } }`;
  return (await gw.query(query)).data.opportunities.nodes.length;
};
const conflict = {
  message:
    'Idempotency-Key: got the key of a request with another document or other variables, expected a new one.',
  extensions: { code: 'IDEMPOTENCY_CONFLICT' },
};

/** Another gateway on the same emulator, which remembers nothing. */
const restart = (gw: TestGateway) => gatewayOn(gw.emulator.url);

describe('a request that is sent again with its Idempotency-Key', () => {
  test('a create that is sent again is answered and not repeated', async () => {
    await using gw = await gateway();
    const first = await gw.query(create, { input }, keyed());
    const second = await gw.query(create, { input }, keyed());
    expect(first.data.createOpportunity.userErrors).toEqual([]);
    expect(second.data).toEqual(first.data);
    expect([first.calls, second.calls]).toEqual([{ CreateOpportunity: 1 }, {}]);
    expect(await stored(gw)).toBe(1);
  });

  test('an update that is sent again is answered and not repeated, even after someone else has written', async () => {
    await using gw = await gateway();
    const first = await gw.query(update, note('First'), keyed());
    expect(first.data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
    await gw.query(update, note('By someone else'));
    const second = await gw.query(update, note('First'), keyed());
    expect([second.data, second.calls]).toEqual([first.data, {}]);
    expect(await steps(gw)).toBe('By someone else');
  });

  test('the whole first answer is given again, what it has read included, at no call', async () => {
    await using gw = await gateway();
    const query = `mutation ($input: UpdateOpportunityInput!) {
      updateOpportunity(input: $input) { changed warnings { message } opportunity { lifeCycle { nextSteps } } } }`;
    const first = await gw.query(query, note('First'), keyed());
    await gw.query(update, note('Second'));
    const { status, data, errors, calls } = await gw.query(query, note('First'), keyed());
    expect([status, data, errors, calls]).toEqual([200, first.data, undefined, {}]);
    expect(data.updateOpportunity.opportunity.lifeCycle.nextSteps).toBe('First');
  });

  test('an answer whose reads failed for now is not given again, and its write is not repeated', async () => {
    await using gw = await gateway();
    const query = `mutation ($input: UpdateOpportunityInput!) {
      updateOpportunity(input: $input) { changed opportunity { awsSummary { visibility } } } }`;
    await gw.emulator.injectFault({ kind: 'error', operation: 'GetAwsOpportunitySummary', times: 100 });
    const first = await gw.query(query, note('First'), keyed());
    expect(first.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(first.data.updateOpportunity.changed).toBe(true);
    await gw.emulator.control('DELETE', 'faults');
    await gw.query(update, note('By someone else'));
    const second = await gw.query(query, note('First'), keyed());
    expect(second.errors).toBeUndefined();
    expect(second.data.updateOpportunity.changed).toBe(true);
    expect(second.calls.UpdateOpportunity).toBeUndefined();
    expect(await steps(gw)).toBe('By someone else');
  });

  test('a refusal is given again, too', async () => {
    await using gw = await gateway();
    const bad = note('x'.repeat(300));
    const first = await gw.query(update, bad, keyed());
    expect(first.data.updateOpportunity.userErrors).toHaveLength(1);
    const second = await gw.query(update, bad, keyed());
    expect([second.data, second.calls]).toEqual([first.data, {}]);
    expect((await gw.query(update, note('Short'), keyed())).errors).toMatchObject([conflict]);
  });

  test('two at the same time make one change, and both are answered', async () => {
    await using gw = await gateway();
    await gw.emulator.hold('UpdateOpportunity');
    const send = () =>
      fetch(`${gw.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...keyed() },
        body: JSON.stringify({ query: update, variables: note('Once') }),
      }).then((response) => response.json() as Promise<Answer>);
    const both = [send(), send()];
    await gw.emulator.untilHeld();
    await gw.emulator.release();
    const [one, two] = await Promise.all(both);
    expect(one?.data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
    expect(two).toEqual({ ...one, extensions: two?.extensions });
    expect((await gw.emulator.calls()).UpdateOpportunity).toBe(1);
  });

  test('another document is another request, and the order of variables does not matter', async () => {
    await using gw = await gateway();
    const first = await gw.query(update, note('First'), keyed());
    const { input } = note('First');
    const turned = { input: { patch: input.patch, id: input.id } };
    expect((await gw.query(update, turned, keyed())).data).toEqual(first.data);
    const { data, errors, status } = await gw.query(`${update} `, note('First'), keyed());
    expect([data, status]).toEqual([undefined, 422]);
    expect(errors).toMatchObject([conflict]);
  });

  test.each([
    ['"k-1"', 'k-1'],
    ['"k-1";version=2', 'k-1'],
    ['"k\\\\\\"1"', 'k\\"1'],
  ])('the key %s is the same as %s', async (quoted, plain) => {
    await using gw = await gateway();
    await gw.query(update, note('First'), keyed(quoted));
    expect((await gw.query(update, note('First'), keyed(plain))).calls).toEqual({});
  });

  test.each(['"k-1', 'k"1"', 'k-1 '.repeat(1_000).trim()])('the key %j may be sent as it is', async (key) => {
    await using gw = await gateway();
    await gw.query(update, note('First'), keyed(key));
    expect((await gw.query(update, note('First'), keyed(key))).calls).toEqual({});
    expect((await gw.query(update, note('First'), keyed('k-1'))).calls).not.toEqual({});
  });

  test('a dry run neither uses a key nor is answered from it', async () => {
    await using gw = await gateway();
    const dryRun = keyed('order-4711', { 'x-upstream-dry-run': '1' });
    expect((await gw.query(update, note('First'), dryRun)).extensions.upstream.dryRun.calls).toEqual({
      GetOpportunity: 1,
      UpdateOpportunity: 1,
    });
    expect((await gw.query(update, note('Second'), keyed())).data.updateOpportunity.changed).toBe(true);
    expect((await gw.query(update, note('Third'), dryRun)).errors).toBeUndefined();
  });
});

describe('several mutations in one request', () => {
  const two = (a: string, b: string) => `mutation {
    a: updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "${a}" } } }) { changed userErrors { code } }
    b: updateOpportunity(input: { id: "O5000001", patch: { lifeCycle: { nextSteps: "${b}" } } }) { changed userErrors { code } }
  }`;

  test('each creates its own opportunity, and none again', async () => {
    await using gw = await gateway();
    const query = `mutation ($input: CreateOpportunityInput!) { ...Both }
      fragment Both on Mutation { a: createOpportunity(input: $input) { id } b: createOpportunity(input: $input) { id } }`;
    const first = await gw.query(query, { input: anyInput }, keyed());
    expect(first.data.a.id).not.toBe(first.data.b.id);
    expect(new Set(await sentTokens(gw)).size).toBe(2);
    const second = await gw.query(query, { input: anyInput }, keyed());
    expect([second.data, second.calls]).toEqual([first.data, {}]);
  });

  test('those that were carried out are not repeated, and those that failed are', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'UpdateOpportunity' });
    const first = await gw.query(two('A', 'B'), {}, keyed());
    expect(first.errors).toMatchObject([{ path: ['a'], extensions: { code: 'FORBIDDEN' } }]);
    expect(first.data).toMatchObject({ a: null, b: { changed: true } });
    await gw.query(update, note('By someone else', 'O5000001'));
    const second = await gw.query(two('A', 'B'), {}, keyed());
    expect(second.errors).toBeUndefined();
    expect(second.data).toMatchObject({ a: { changed: true }, b: { changed: true } });
    expect([await steps(gw), await steps(gw, 'O5000001')]).toEqual(['A', 'By someone else']);
  });

  test('a part of the request is another request', async () => {
    await using gw = await gateway();
    await gw.query(two('A', 'B'), {}, keyed());
    const { data, errors, calls } = await gw.query(update, note('A'), keyed());
    expect([data, calls]).toEqual([undefined, {}]);
    expect(errors).toMatchObject([conflict]);
  });
});

describe('a key that is used again with other arguments', () => {
  test('the key is refused, and nothing is written', async () => {
    await using gw = await gateway();
    await gw.query(update, note('First'), keyed());
    for (const [query, variables] of [
      [update, note('Second')],
      [update, note('First', 'O5000001')],
      [create, { input }],
    ] as const) {
      const { errors, calls } = await gw.query(query, variables, keyed());
      expect(errors).toMatchObject([conflict]);
      expect(calls).toEqual({});
    }
    expect(await steps(gw)).toBe('First');
  });

  test('the key is an error at AWS’s word too, if the gateway has forgotten it', async () => {
    await using gw = await gateway();
    const { clientToken } = (await gw.query(create, { input: anyInput }, keyed())).data.createOpportunity;
    await using restarted = await restart(gw);
    const other = { ...anyInput, opportunityType: 'EXPANSION' };
    const { data } = await restarted.query(create, { input: other }, keyed());
    expect(data.createOpportunity).toEqual({
      id: null,
      clientToken,
      userErrors: [
        {
          path: ['input'],
          code: 'IDEMPOTENCY_CONFLICT',
          message: 'The Idempotency-Key was used with another input before.',
        },
      ],
    });
  });

  test('a key is free again if nothing was carried out under it', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'GetOpportunity' });
    expect((await gw.query(update, note('First'), keyed())).errors).toHaveLength(1);
    expect((await gw.query(update, note('Second'), keyed())).data.updateOpportunity.changed).toBe(true);
  });

  test('a key keeps to its request if the outcome is unknown, and the request may be sent again', async () => {
    using time = stopTime();
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'error-after', operation: 'CreateOpportunity', times: 100 });
    const first = await time.until(gw.query(create, { input: anyInput }, keyed()));
    expect(first.data.createOpportunity.userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    await gw.emulator.control('DELETE', 'faults');
    const other = await gw.query(create, { input: { ...anyInput, opportunityType: 'EXPANSION' } }, keyed());
    expect(other.errors).toMatchObject([conflict]);
    const again = await time.until(gw.query(create, { input: anyInput }, keyed()));
    expect(again.data.createOpportunity.userErrors).toEqual([]);
    expect(await stored(gw)).toBe(1);
  });
});

describe('the keys of different callers', () => {
  const secret = 'a-secret-that-is-long-enough-for-this';

  test('two callers with the same key each get what they asked for', async () => {
    const { env, bearer } = await tokens();
    await using gw = await gateway({ ...env, ROUTER_SECRET: secret });
    const scope = 'opportunities:read opportunities:write';
    const callers: Record<string, string>[] = [
      await bearer(scope, { sub: 'ada' }),
      await bearer(scope, { sub: 'grace' }),
      await bearer(scope, { sub: 'router:ada' }),
      { 'x-router-secret': secret, 'x-caller-id': 'ada' },
      { 'x-router-secret': secret, 'x-caller-id': 'grace' },
      { 'x-router-secret': secret },
    ];
    const ids: string[] = [];
    const sent: string[] = [];
    for (const headers of callers) {
      const { data } = await gw.query(create, { input: anyInput }, keyed('same', headers));
      ids.push(data.createOpportunity.id);
      sent.push(...(await sentTokens(gw)));
    }
    expect(new Set(ids).size).toBe(callers.length);
    expect(new Set(sent).size).toBe(callers.length);
    for (const token of sent) expect(token).not.toContain('same');
    for (const [index, headers] of callers.entries()) {
      const again = await gw.query(create, { input: anyInput }, keyed('same', headers));
      expect([again.data.createOpportunity.id, again.calls]).toEqual([ids[index], {}]);
      const other = await gw.query(update, note(`By ${index}`), keyed(`key ${index % 2}`, headers));
      expect(other.errors).toBeUndefined();
    }
  });

  test('a caller has the same token for the same request in every replica', async () => {
    await using gw = await gateway();
    const first = (await gw.query(create, { input: anyInput }, keyed())).data.createOpportunity;
    await using other = await restart(gw);
    const second = (await other.query(create, { input: anyInput }, keyed())).data.createOpportunity;
    expect(second).toEqual(first);
  });

  test('a client token of the input is AWS’s own, and goes before the key', async () => {
    await using gw = await gateway();
    const own = await gw.query(create, { input: { ...anyInput, clientToken: 'own' } }, keyed());
    expect(await sentTokens(gw)).toEqual(['own']);
    expect(own.data.createOpportunity.clientToken).toBe('own');
    const empty = await gw.query(create, { input: { ...anyInput, clientToken: '' } }, keyed('other'));
    expect(empty.data.createOpportunity.userErrors).toMatchObject([
      { path: ['input', 'clientToken'], code: 'INVALID_STRING_FORMAT' },
    ]);
  });
});

test('the audit log has a request that is sent again, as one that changed nothing', async () => {
  await using gw = await gateway();
  await gw.query(update, note('First'), keyed());
  await gw.query(update, note('First'), keyed());
  await gw.query(update, note('Second'), keyed());
  const lines = gw.logged.map((line): Data => JSON.parse(line)).filter(({ msg }) => msg === 'mutation');
  expect(lines.map(({ outcome }) => outcome)).toEqual(['written', 'replayed', 'IDEMPOTENCY_CONFLICT']);
  const [{ fields, subject, mutation }] = lines as [Data];
  for (const line of lines) expect(line).toMatchObject({ fields, subject, mutation });
  expect(gw.logged.join('')).not.toContain('order-4711');
});
