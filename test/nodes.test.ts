/** Objects by their ids, of several types at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { tokens } from './tokens.ts';

let gw: TestGateway;
let bearer: Awaited<ReturnType<typeof tokens>>['bearer'];
beforeAll(async () => {
  const issuer = await tokens();
  bearer = issuer.bearer;
  gw = await gateway({ ...issuer.env, MAX_UPSTREAM_CALLS: '100' });
});
afterAll(() => gw[Symbol.asyncDispose]());

const reader = () => bearer('opportunities:read engagements:read');
const nodes = async (ids: string[], selection = 'id __typename', more = {}) =>
  gw.query(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ${selection} } }`,
    { ids },
    { ...(await reader()), ...more },
  );
const opportunities = async (first: number): Promise<string[]> => {
  const query = `{ opportunities(first: ${first}) { nodes { id } } }`;
  return (await gw.query(query, {}, await reader())).data.opportunities.nodes.map(({ id }: Data) => id);
};

describe('nodes', () => {
  test('are in the order of their ids, and null where AWS has none', async () => {
    const ids = ['S-1234567', 'O5000002', 'O999', 'eng-00000000000000', 'O5000001', 'O5000002'];
    const { data, errors, calls } = await nodes(ids);
    expect(errors).toBeUndefined();
    expect(data.nodes).toEqual([
      { id: 'S-1234567', __typename: 'Solution' },
      { id: 'O5000002', __typename: 'Opportunity' },
      null,
      null,
      { id: 'O5000001', __typename: 'Opportunity' },
      { id: 'O5000002', __typename: 'Opportunity' },
    ]);
    // What a list does not have is asked for once more, alone.
    const lists = { ListSolutions: 1, ListOpportunities: 1, ListEngagements: 1 };
    expect(calls).toEqual({ ...lists, GetOpportunity: 1 });
  });

  test('of ninety-five opportunities cost five lists, and a fragment with fields of lists no more', async () => {
    const ids = await opportunities(95);
    expect(ids).toHaveLength(95);
    const { data, calls } = await nodes(ids, '... on Opportunity { id lifeCycle { stage } }');
    expect(data.nodes.map(({ id }: Data) => id)).toEqual(ids);
    expect(calls).toEqual({ ListOpportunities: 5 });
  });

  test('of an unknown form are an error at their own place', async () => {
    const { status, data, errors } = await nodes(['O5000002', 'bulk-1', 'task-0123456789abc']);
    expect([status, data.nodes]).toEqual([200, [{ id: 'O5000002', __typename: 'Opportunity' }, null, null]]);
    expect(errors?.map(({ path, extensions, message }) => [path, extensions.code, message])).toEqual([
      [
        ['nodes', 1],
        'BAD_USER_INPUT',
        'ids[1]: got "bulk-1", expected an id of this graph, such as O1234567',
      ],
      [
        ['nodes', 2],
        'BAD_USER_INPUT',
        'ids[2]: got "task-0123456789abc", expected an id of this graph, such as O1234567',
      ],
    ]);
  });

  test('are a hundred at most, and none without ids', async () => {
    const { errors, calls } = await nodes(Array.from({ length: 101 }, () => 'O5000002'));
    expect(errors?.[0]?.message).toBe('ids: got 101 ids, expected at most 100');
    expect(calls).toEqual({});
    expect((await nodes([])).data.nodes).toEqual([]);
  });

  test('require the scope of every type among their ids', async () => {
    const query = '{ nodes(ids: ["O5000002", "eng-00000000000000"]) { id } }';
    const answer = await gw.query(query, {}, await bearer('opportunities:read'));
    expect([answer.status, answer.calls]).toEqual([403, {}]);
    expect(answer.errors?.[0]?.message).toContain('engagements:read');
  });

  test('are priced by their ids, and planned if that is too much', async () => {
    const ids = await opportunities(95);
    const { errors } = await nodes(ids, '... on Opportunity { project { title } awsSummary { asOf } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_EXPENSIVE', limit: 100 });
    const dryRun = await nodes(ids, 'id', { 'x-upstream-dry-run': '1' });
    expect(dryRun.extensions.upstream.dryRun.calls).toEqual({ ListOpportunities: 5 });
  });
});

describe('the session', () => {
  const query = '{ session { account catalog caller scopes writable denied { operation since } } }';

  test('returns the caller, and what the gateway may do, at no call', async () => {
    const { data, calls } = await gw.query(query, {}, await bearer('profile opportunities:read leads:read'));
    expect(data.session).toEqual({
      account: 'main',
      catalog: 'Sandbox',
      caller: 'token:ada',
      scopes: ['leads:read', 'opportunities:read', 'profile'],
      writable: true,
      denied: [],
    });
    expect(calls).toEqual({});
  });

  test('lists the operations that AWS has refused, until it allows them', async () => {
    const denied = async () => (await gw.query(query, {}, await reader())).data.session.denied;
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListSolutions', times: 2 });
    await nodes(['S-1']);
    const [first] = await denied();
    expect(first).toEqual({ operation: 'ListSolutions', since: expect.stringMatching(/^20.*Z$/) });
    await nodes(['S-1']);
    await nodes(['S-1'], 'id', { 'x-upstream-dry-run': '1' });
    expect(await denied()).toEqual([first]);
    await nodes(['S-1']);
    expect(await denied()).toEqual([]);
  });
});
