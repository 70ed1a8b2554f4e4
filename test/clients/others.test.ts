import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Pipeline } from '../../examples/clients/apollo/documents.ts';
import { Spend } from '../../examples/clients/fetch/documents.ts';
import { RequestError, request } from '../../examples/clients/fetch/request.ts';
import { createUrqlClient, failureOf } from '../../examples/clients/urql/client.ts';
import { Deal, PostponeDeal } from '../../examples/clients/urql/documents.ts';
import { windowMs } from '../../src/upstream/quota/windows.ts';
import { input } from '../create-input.ts';
import { gateway } from '../kit.ts';
import { editableIds } from '../load.ts';
import { stopTime } from '../time.ts';
import { until } from '../until.ts';

describe('urql', () => {
  test('reads, patches, and sees what the patch has changed', async () => {
    await using gw = await gateway();
    const client = createUrqlClient(`${gw.url}/graphql`);
    const id = 'O5000002';
    const before = await client.query(Deal, { id });
    expect(before.error).toBeUndefined();
    const expected = before.data?.opportunity?.lastModifiedDate ?? null;
    const saved = await client.mutation(PostponeDeal, { id, to: '2031-05-06', expected });
    expect(saved.data?.updateOpportunity?.userErrors).toEqual([]);
    // Its document cache asks again for what a mutation has touched.
    const after = await client.query(Deal, { id });
    expect(after.data?.opportunity?.lifeCycle?.targetCloseDate).toBe('2031-05-06');
  });

  test('a response with an enum value that the schema does not have arrives whole, and its extensions name the value', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', { LifeCycle: { Stage: 'Closed Won' } });
    const client = createUrqlClient(`${gw.url}/graphql`);
    const { data, error, extensions } = await client.query(Pipeline, {
      first: 5,
      filter: { ids: ['O5000001', 'O5000002', 'O5000003'] },
    });
    expect(error).toBeUndefined();
    const edges = data?.opportunities?.edges ?? [];
    expect(edges).toHaveLength(3);
    const index = edges.findIndex(({ node }) => node?.id === 'O5000002');
    expect(edges.filter(({ node }) => node?.lifeCycle?.stage)).toHaveLength(2);
    expect(edges[index]?.node).toMatchObject({
      lifeCycle: { stage: null, reviewStatus: expect.any(String) },
      customer: { account: { companyName: expect.any(String) } },
    });
    expect(extensions?.unknownEnumValues).toEqual([
      {
        path: ['opportunities', 'edges', index, 'node', 'lifeCycle', 'stage'],
        type: 'Stage',
        value: 'Closed Won',
      },
    ]);
  });

  test('returns the codes of errors, and when to retry', async () => {
    using _time = stopTime();
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '0.01' });
    const client = createUrqlClient(`${gw.url}/graphql`);
    await client.query(Deal, { id: 'O5000003' });
    const { error } = await client.query(Deal, { id: 'O5000004' });
    expect(failureOf(error)).toEqual({ code: 'THROTTLED', retryAfterMs: expect.any(Number) });
    const wrong = await client.query(Deal, { id: 'nonsense' });
    expect(failureOf(wrong.error)?.code).toBe('BAD_USER_INPUT');
    const nowhere = createUrqlClient('http://127.0.0.1:1/graphql');
    expect(failureOf((await nowhere.query(Deal, { id: 'O5000003' })).error)).toEqual({ code: 'NETWORK' });
  });
});

describe('fetch alone', () => {
  const ids = ['O5000001', 'O5000002', 'O5000003'];

  test('gets typed data, with money as text', async () => {
    await using gw = await gateway();
    const { opportunities } = await request(`${gw.url}/graphql`, Spend, { ids });
    expect(opportunities?.nodes).toHaveLength(3);
    for (const node of opportunities?.nodes ?? [])
      expect(node?.project?.expectedCustomerSpend?.[0]?.amount).toMatch(/^\d+(\.\d+)?$/);
  });

  test('waits when the quota is spent, and gives up on what waiting does not help', async () => {
    using time = stopTime();
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '0.5', REQUEST_TIMEOUT_MS: '2000' });
    const url = `${gw.url}/graphql`;
    // The first has spent the only read, and the second cannot wait for the next within its request.
    await request(url, Spend, { ids });
    const waiting = request(url, Spend, { ids });
    const throttled = () => gw.logged.filter((line) => line.includes('"codes":["THROTTLED"]'));
    await until(() => throttled().length > 0);
    await time.advance(2 * windowMs);
    const again = await waiting;
    expect(throttled()).toHaveLength(1);
    expect(again.opportunities?.nodes.every(Boolean)).toBe(true);
    const failure = request(url, Spend, { ids: ['nonsense'] });
    await expect(failure).rejects.toBeInstanceOf(RequestError);
    await expect(failure).rejects.toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  test('does not repeat a mutation of which only a part was throttled', async () => {
    using time = stopTime();
    await using gw = await gateway();
    const [id = ''] = await editableIds(gw, 1);
    const both = parse(`mutation ($new: CreateOpportunityInput!) {
      first: createOpportunity(input: $new) { userErrors { code } }
      second: updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "Call" } } }) { changed } }`);
    await gw.emulator.injectFault({ kind: 'throttle', operation: 'UpdateOpportunity', times: 1_000 });
    await gw.emulator.clearCalls();
    const sent = time.until(request(`${gw.url}/graphql`, both, { new: input }));
    await expect(sent).rejects.toMatchObject({
      data: { first: { userErrors: [] }, second: null },
      errors: [{ path: ['second'], extensions: { code: 'THROTTLED' } }],
    });
    expect((await gw.emulator.calls()).CreateOpportunity).toBe(1);
  });
});

describe('curl alone', () => {
  test('runs the tour', async () => {
    await using gw = await gateway();
    const tour = spawn('bash', ['examples/clients/curl/tour.sh', `${gw.url}/graphql`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(tour, 'exit');
    const said = Buffer.concat(await tour.stdout.toArray()).toString();
    expect(await exited).toEqual([0, null]);
    const answers = said.split('\n').filter((line) => line.startsWith('{'));
    expect(answers).toHaveLength(4);
    for (const answer of answers) expect(JSON.parse(answer).errors).toBeUndefined();
    expect((await gw.emulator.record('O5000002')).LifeCycle.NextSteps).toBe('Workshop on "Tuesday"');
  });
});
