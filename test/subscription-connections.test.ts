/** How the connections of subscriptions begin and end. */
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { gateway, type TestGateway } from './kit.ts';
import { eventStream, webSocket } from './streams.ts';
import { stopTime } from './time.ts';
import { tokens } from './tokens.ts';
import { until } from './until.ts';

const query = 'subscription($ids: [ID!]!) { taskFinished(ids: $ids) { id } }';

/** A subscription to a task that does not end. */
async function idle(gw: TestGateway, headers: Record<string, string> = {}) {
  await gw.emulator.control('POST', 'settings', { submissionTask: 'in-progress', taskMs: 1_000_000_000 });
  const submit = `mutation { submitOpportunity(input: {
    id: "O5000001", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }, waitMs: 0
  }) { task { id } } }`;
  const { data } = await gw.query(submit, {}, headers);
  return { query, variables: { ids: [data.submitOpportunity.task.id] } };
}

const logged = (gw: TestGateway, message: string) =>
  gw.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);
const opened = (gw: TestGateway) => logged(gw, 'subscription opened');
const endings = (gw: TestGateway) => logged(gw, 'subscription ended');
const all = 'opportunities:read opportunities:write opportunities:submit engagements:read';

describe('an event stream', () => {
  test('ends with an error when the token expires', async () => {
    using time = stopTime();
    const { env, bearer } = await tokens();
    await using gw = await gateway({ ...env, AUTH_CLOCK_TOLERANCE_SECONDS: '0' });
    const request = await idle(gw, await bearer(all));
    const stream = await eventStream(gw.url, request, await bearer(all, {}, '5s'));
    await time.advance(5_500);
    const [error, complete, ...more] = await stream.rest();
    expect(error).toMatchObject({
      event: 'next',
      data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    expect([complete, more]).toEqual([{ event: 'complete', data: null }, []]);
    await until(() => endings(gw).length > 0);
    expect(endings(gw)).toMatchObject([{ reason: 'expired', transport: 'sse', account: 'main', events: 0 }]);
  });

  test('ends with an error and a hint to come back when the gateway stops', async () => {
    const gw = await gateway();
    const stream = await eventStream(gw.url, await idle(gw));
    const [frames] = await Promise.all([stream.rest(), gw[Symbol.asyncDispose]()]);
    expect(frames).toMatchObject([
      { retry: 1_000 },
      {
        event: 'next',
        data: { errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterMs: 1_000 } }] },
      },
      { event: 'complete' },
    ]);
    expect(endings(gw)).toMatchObject([{ reason: 'stopping' }]);
  });

  test('that a client leaves costs nothing any more', async () => {
    using time = stopTime();
    await using gw = await gateway();
    const stream = await eventStream(gw.url, await idle(gw));
    await time.advance(1_000);
    stream.close();
    await until(() => endings(gw).length > 0);
    expect(endings(gw)).toMatchObject([{ reason: 'closed' }]);
    await gw.emulator.clearCalls();
    await time.advance(60_000);
    expect(await gw.emulator.calls()).toEqual({});
  });

  test('is neither compressed nor stored, and has the headers of every response', async () => {
    await using gw = await gateway({ CORS_ORIGINS: 'https://crm.example.com' });
    const { response, close } = await eventStream(gw.url, await idle(gw), {
      'accept-encoding': 'br, gzip',
      origin: 'https://crm.example.com',
      'x-request-id': 'order-66',
    });
    close();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://crm.example.com',
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'order-66',
    });
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test('is kept alive with comments', async () => {
    using time = stopTime();
    await using gw = await gateway();
    const { response, close } = await eventStream(gw.url, await idle(gw));
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe(':\n\n');
    await time.advance(12_000);
    expect((await reader?.read())?.value).toBe(':\n\n');
    close();
  });
});

describe('a WebSocket', () => {
  test('is closed with 4403 when the token expires, which the header or the first message may have', async () => {
    using time = stopTime();
    const { env, bearer } = await tokens();
    await using gw = await gateway({ ...env, AUTH_CLOCK_TOLERANCE_SECONDS: '0' });
    const request = await idle(gw, await bearer(all));
    const token = await bearer(all, {}, '5s');
    for (const options of [
      { headers: token },
      { init: token },
      { init: { Authorization: token.authorization } },
    ]) {
      const socket = await webSocket(gw.url, options);
      socket.subscribe('a', request);
      await until(() => opened(gw).length > endings(gw).length);
      await time.advance(5_500);
      expect(await socket.closed).toEqual({ code: 4403, reason: expect.stringContaining('expired') });
      await until(() => endings(gw).at(-1)?.reason === 'expired' && opened(gw).length === endings(gw).length);
    }
  });

  test('is closed with 1012 when the gateway stops', async () => {
    const gw = await gateway();
    const socket = await webSocket(gw.url);
    socket.subscribe('a', await idle(gw));
    await until(() => opened(gw).length > 0);
    const [closed] = await Promise.all([socket.closed, gw[Symbol.asyncDispose]()]);
    expect(closed.code).toBe(1012);
    await until(() => endings(gw).length > 0);
    expect(endings(gw)).toMatchObject([{ reason: 'stopping', transport: 'websocket' }]);
  });

  test('that is left, and a subscription that is completed, cost nothing any more', async () => {
    using time = stopTime();
    await using gw = await gateway();
    const request = await idle(gw);
    for (const leave of ['complete', 'close']) {
      const socket = await webSocket(gw.url);
      socket.subscribe('a', request);
      await until(() => opened(gw).length > endings(gw).length);
      if (leave === 'complete') socket.send({ id: 'a', type: 'complete' });
      else socket.close();
      await until(() => opened(gw).length === endings(gw).length);
      await gw.emulator.clearCalls();
      await time.advance(10_000);
      expect(await gw.emulator.calls()).toEqual({});
      socket.close();
    }
    expect(endings(gw)).toMatchObject([{ reason: 'closed' }, { reason: 'closed' }]);
  });

  test('without a token is closed with 4401, before it has one nothing is answered', async () => {
    const { env } = await tokens();
    await using gw = await gateway({ ...env, ROUTER_SECRET: 's'.repeat(32) });
    const code = async (options: Parameters<typeof webSocket>[1], message?: object) => {
      const socket = await webSocket(gw.url, options);
      if (message) socket.send(message);
      return (await socket.closed).code;
    };
    expect(await code({})).toBe(4401);
    expect(await code({ init: { authorization: 'Bearer x.y.z' } })).toBe(4401);
    expect(await code({ init: { 'x-router-secret': 'guessed' } })).toBe(4401);
    const subscribe = { id: 'a', type: 'subscribe', payload: { query } };
    expect(await code({ init: false }, subscribe)).toBe(4401);
    const router = await webSocket(gw.url, {
      init: { 'x-router-secret': 's'.repeat(32), 'x-caller-id': 'ada' },
    });
    router.subscribe('a', { query, variables: { ids: [] } });
    expect(await router.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    router.close();
  });

  test('that breaks the protocol is closed with its code', async () => {
    await using gw = await gateway({ MAX_BODY_BYTES: '2000' });
    const socket = async (protocol?: string) =>
      webSocket(gw.url, { init: false, ...(protocol && { protocol }) });
    const twice = await socket();
    twice.send({ type: 'connection_init' });
    twice.send({ type: 'connection_init' });
    expect((await twice.closed).code).toBe(4429);
    const again = await webSocket(gw.url);
    again.subscribe('a', { query });
    again.send({ id: 'a', type: 'complete' });
    again.subscribe('a', { query });
    expect((await again.closed).code).toBe(4409);
    const later = await webSocket(gw.url);
    for (let times = 1; times <= 3; times++) {
      later.subscribe('a', { query, variables: { ids: [] } });
      expect(await later.next()).toMatchObject({ id: 'a', type: 'error' });
    }
    later.close();
    const nonsense = await socket();
    nonsense.socket.send('nonsense');
    expect((await nonsense.closed).code).toBe(4400);
    const long = await socket();
    long.socket.send(JSON.stringify({ type: 'connection_init', payload: { x: 'x'.repeat(2_000) } }));
    expect((await long.closed).code).toBe(1009);
    await expect(webSocket(gw.url, { protocol: 'graphql-ws' })).rejects.toThrow('no subprotocol');
  });

  test('that sends no connection_init within ten seconds is closed with 4408', async () => {
    await using gw = await gateway();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const socket = await webSocket(gw.url, { init: false });
      await vi.advanceTimersByTimeAsync(9_999);
      expect(socket.socket.readyState).toBe(socket.socket.OPEN);
      await vi.advanceTimersByTimeAsync(1);
      expect((await socket.closed).code).toBe(4408);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is opened for pages of the gateway itself and of CORS_ORIGINS only, and under its own host names', async () => {
    await using gw = await gateway({ CORS_ORIGINS: 'https://crm.example.com', NODE_ENV: 'production' });
    const open = async (headers: Record<string, string>) => {
      const { close } = await webSocket(gw.url, { headers });
      close();
      return 'open';
    };
    expect(await open({ origin: 'https://crm.example.com' })).toBe('open');
    expect(await open({ origin: gw.url })).toBe('open');
    await expect(open({ origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(open({ origin: 'null' })).rejects.toThrow('403');
    await expect(open({ host: 'evil.example' })).rejects.toThrow('421');
  });
});

describe('the number of subscriptions', () => {
  test('of a caller is limited, across all transports, until one ends', async () => {
    await using gw = await gateway({ MAX_SUBSCRIPTIONS_PER_CALLER: '1' });
    const request = await idle(gw);
    const first = await eventStream(gw.url, request);
    const second = await eventStream(gw.url, request);
    const [refusal] = await second.rest();
    expect(refusal?.data.errors).toMatchObject([
      { extensions: { code: 'LIMIT_EXCEEDED', setting: 'MAX_SUBSCRIPTIONS_PER_CALLER', limit: 1, got: 2 } },
    ]);
    const socket = await webSocket(gw.url);
    socket.subscribe('a', request);
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'LIMIT_EXCEEDED' } }],
    });
    const another = await webSocket(gw.url);
    expect((await another.closed).code).toBe(4429);
    first.close();
    await until(() => endings(gw).length === 1);
    socket.subscribe('b', request);
    await until(() => opened(gw).length === 2);
    socket.close();
  });
});

test('a request for another protocol, such as HTTP/2, is answered as usual', async () => {
  await using gw = await gateway();
  const body = JSON.stringify({ query: '{ __typename }' });
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    connection: 'Upgrade, HTTP2-Settings',
    upgrade: 'h2c',
    'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
  };
  const asked = request(`${gw.url}/graphql`, { method: 'POST', headers }).end(body);
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(200);
  response.resume();
  await expect(webSocket(`${gw.url}/nowhere`)).rejects.toThrow('404');
});
