import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Spend } from '../../examples/clients/fetch/documents.ts';
import { RequestError, request } from '../../examples/clients/fetch/request.ts';
import { createUrqlClient, failureOf } from '../../examples/clients/urql/client.ts';
import { Deal, PostponeDeal } from '../../examples/clients/urql/documents.ts';
import { gateway } from '../kit.ts';

describe('urql', () => {
  test('urql queries, patches, and then returns the changed value', async () => {
    await using gw = await gateway();
    const client = createUrqlClient(`${gw.url}/graphql`);
    const id = 'O5000002';
    const before = await client.query(Deal, { id });
    expect(before.error).toBeUndefined();
    const expected = before.data?.opportunity?.lastModifiedDate ?? null;
    const saved = await client.mutation(PostponeDeal, { id, to: '2031-05-06', expected });
    expect(saved.data?.updateOpportunity.userErrors).toEqual([]);
    // The document cache refetches the types that a mutation has returned.
    const after = await client.query(Deal, { id });
    expect(after.data?.opportunity?.lifeCycle?.targetCloseDate).toBe('2031-05-06');
  });

  test('urql provides the codes of errors, and when to retry', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '500' });
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

  test('a typed request over fetch returns typed data, with amounts as strings', async () => {
    await using gw = await gateway();
    const { opportunities } = await request(`${gw.url}/graphql`, Spend, { ids });
    expect(opportunities.nodes).toHaveLength(3);
    for (const node of opportunities.nodes)
      expect(node?.project?.expectedCustomerSpend?.[0]?.amount).toMatch(/^\d+(\.\d+)?$/);
  });

  test('a typed request over fetch waits while it is throttled, and fails on other errors', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '500' });
    const url = `${gw.url}/graphql`;
    // The first request spends the only read of this second; the next one would have to wait beyond its deadline.
    await request(url, Spend, { ids });
    const again = await request(url, Spend, { ids });
    expect(again.opportunities.nodes.every(Boolean)).toBe(true);
    const failure = request(url, Spend, { ids: ['nonsense'] });
    await expect(failure).rejects.toBeInstanceOf(RequestError);
    await expect(failure).rejects.toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

describe('curl alone', () => {
  test('the tour with curl runs without errors', async () => {
    await using gw = await gateway();
    const tour = spawn('bash', ['examples/clients/curl/tour.sh', `${gw.url}/graphql`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(tour, 'exit');
    const output = Buffer.concat(await tour.stdout.toArray()).toString();
    expect(await exited).toEqual([0, null]);
    const answers = output.split('\n').filter((line) => line.startsWith('{'));
    expect(answers).toHaveLength(4);
    for (const answer of answers) expect(JSON.parse(answer).errors).toBeUndefined();
    expect((await gw.emulator.record('O5000002')).LifeCycle.NextSteps).toBe('Workshop on "Tuesday"');
  });
});
