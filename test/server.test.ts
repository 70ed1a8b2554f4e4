import { describe, expect, test } from 'vitest';
import { version } from '../src/version.ts';
import { gateway } from './kit.ts';
import { stopTime } from './time.ts';

const post = (
  url: string,
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => fetch(url, { method: 'POST', body, headers });

describe('over HTTP', () => {
  test('a body that is not JSON, too long or of another content type is refused with a JSON error', async () => {
    await using gw = await gateway();
    const url = `${gw.url}/graphql`;
    for (const [answer, status] of [
      [await post(url, '{ nonsense'), 400],
      [await post(url, ''), 400],
      [await post(url, JSON.stringify({ query: 'x'.repeat(1_100_000) })), 413],
      [await post(url, 'query=1', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ] as const) {
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('application/json');
      const { errors } = (await answer.json()) as {
        errors: { message: string; extensions: { code: string } }[];
      };
      expect(errors[0]?.extensions.code).toBe('BAD_REQUEST');
      expect(JSON.stringify(errors)).not.toContain('node_modules');
    }
  });

  test('an unknown path is a 404 with a JSON error', async () => {
    await using gw = await gateway();
    const answer = await fetch(`${gw.url}/nothing/here`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  test('a GET may be a query, but not a mutation', async () => {
    await using gw = await gateway();
    const get = (query: string) => fetch(`${gw.url}/graphql?query=${encodeURIComponent(query)}`);
    expect(await (await get('{ picklists { apnPrograms { value } } }')).json()).toMatchObject({
      data: { picklists: {} },
    });
    const mutation = 'mutation { updateOpportunity(input: { id: "O1", patch: {} }) { changed } }';
    expect((await get(mutation)).status).toBe(405);
  });

  test('a syntax error or an unknown field is a 400', async () => {
    await using gw = await gateway();
    const broken = await gw.query('{ opportunity(id: ');
    expect(broken.status).toBe(400);
    expect(broken.errors?.[0]?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
    const unknown = await gw.query('{ opportunity(id: "O1") { colour } }');
    expect(unknown.status).toBe(400);
    expect(unknown.errors?.[0]?.message).toContain('Cannot query field "colour" on type "Opportunity"');
  });

  test('every response has a request id, the caller’s own if it is well-formed', async () => {
    await using gw = await gateway();
    const own = await gw.query('{ picklists { apnPrograms { value } } }', {}, { 'x-request-id': 'order-66' });
    expect(own.headers.get('x-request-id')).toBe('order-66');
    const odd = await gw.query('{ picklists { apnPrograms { value } } }', {}, { 'x-request-id': 'a b;c' });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('the health and readiness endpoints respond', async () => {
    await using gw = await gateway();
    expect(await (await fetch(`${gw.url}/healthz`)).json()).toEqual({ status: 'ok', version });
    expect(await (await fetch(`${gw.url}/readyz`)).json()).toEqual({ status: 'ready' });
  });
});

describe('the reported cost', () => {
  const query = '{ opportunities(first: 2) { nodes { marketing { source } } } }';
  test('the cost in a response is what the emulator counted', async () => {
    await using gw = await gateway();
    const { extensions, calls } = await gw.query(query);
    expect(extensions.upstream.calls).toEqual(calls);
  });

  test('the cost is not reported in production, unless a setting enables it', async () => {
    await using silent = await gateway({ NODE_ENV: 'production' });
    expect((await silent.query(query)).extensions).toBeUndefined();
    await using verbose = await gateway({ NODE_ENV: 'production', UPSTREAM_COST: 'on' });
    expect((await verbose.query(query)).extensions.upstream.calls).toEqual({
      ListOpportunities: 1,
      GetOpportunity: 2,
    });
  });
});

describe('in production', () => {
  test('introspection, the explorer and suggestions are disabled in production', async () => {
    await using gw = await gateway({ NODE_ENV: 'production' });
    expect((await gw.query('{ __schema { types { name } } }')).status).toBe(400);
    expect((await gw.query('{ picklist { apnPrograms } }')).errors?.[0]?.message).not.toContain(
      'Did you mean',
    );
    expect((await fetch(gw.url, { headers: { accept: 'text/html' } })).status).toBe(404);
  });
});

describe('when AWS fails', () => {
  const query = '{ opportunity(id: "O5000002") { id } }';

  test.each([
    ['throttle', { code: 'THROTTLED', retryAfterMs: 1000 }],
    ['error', { code: 'UPSTREAM_UNAVAILABLE' }],
    ['drop-before', { code: 'UPSTREAM_UNAVAILABLE' }],
    ['html-503', { code: 'UPSTREAM_UNAVAILABLE' }],
  ])('a read that keeps failing with %s has an error code and no stack', async (kind, extensions) => {
    using time = stopTime();
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind, times: 100 });
    const { status, data, errors } = await time.until(gw.query(query));
    expect(status).toBe(200);
    expect(data).toEqual({ opportunity: null });
    expect(errors).toMatchObject([{ path: ['opportunity'], extensions }]);
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|at .*\.ts/);
  });

  test.each(['throttle', 'error', 'drop-before'])('a read that fails with %s is retried', async (kind) => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind });
    const { data, errors } = await gw.query(query);
    expect(errors).toBeUndefined();
    expect(data.opportunity.id).toBe('O5000002');
  });

  test('a request ends at its deadline if AWS does not respond', async () => {
    using time = stopTime();
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '2000' });
    await gw.emulator.hold();
    const answer = gw.query(query);
    await gw.emulator.untilHeld();
    await time.pass(2_000);
    const { errors } = await answer;
    expect(errors).toMatchObject([
      { message: 'AWS did not answer GetOpportunity in time.', extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
    ]);
  });

  test('a failed call is logged with its request id and operation, and without customer data', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'error', times: 10 });
    await gw.query(query, {}, { 'x-request-id': 'r-1' });
    const lines = gw.logged.join('');
    expect(lines).toContain('"requestId":"r-1"');
    expect(lines).toContain('AWS could not answer GetOpportunity (InternalServerException).');
    const { Customer } = await gw.emulator.record('O5000002');
    expect(lines).not.toContain(Customer.Account.CompanyName);
  });
});
