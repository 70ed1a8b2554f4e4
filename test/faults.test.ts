/** Failures under load. The table in docs/operations.md refers to these tests by their titles. */
import { describe, expect, test, vi } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { type Breaker, type BreakerCall, createBreaker, holdMs } from '../src/upstream/breaker.ts';
import { windowMs } from '../src/upstream/quota/windows.ts';
import { fakeClock } from './clock.ts';
import { emulatorControl, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { editableIds, emptyResult, runLoad } from './load.ts';
import { closed, post, startProgram } from './program.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { tamperingProxy } from './tampering.ts';
import { stopTime } from './time.ts';
import { until } from './until.ts';

const one = '{ opportunity(id: "O5000002") { id marketing { source } } }';

vi.mock('redis', async (original) =>
  (await import('./time.ts')).redisOnStoppedTime(await original<typeof import('redis')>()),
);

/** Runs load against a gateway, injects a fault until the callers have seen an outcome often enough, and removes it. */
async function faultUnderLoad(gw: TestGateway, fault: object, end: { outcome: string; times: number }) {
  const stop = new AbortController();
  const result = emptyResult();
  const callers = runLoad(gw, stop.signal, result);
  const count = (outcome: string): number => result.outcomes[outcome] ?? 0;
  await until(() => count('ok') > 20);
  await gw.emulator.control('POST', 'faults', { times: 1_000_000, ...fault });
  const calls = await totalCalls(gw);
  const before = count(end.outcome);
  await until(() => count(end.outcome) - before >= end.times);
  const callsDuringFault = (await totalCalls(gw)) - calls;
  await gw.emulator.control('DELETE', 'faults');
  stop.abort();
  await callers;
  return { ...result, callsDuringFault };
}

const totalCalls = async (gw: TestGateway): Promise<number> =>
  Object.values(await gw.emulator.calls()).reduce((sum, calls) => sum + calls, 0);

/** Must hold for every fault: each request gets a GraphQL response, and each confirmed write is stored. */
function expectNoLostWrites({
  statuses,
  lost,
  appliedDespiteError,
  outcomes,
}: Awaited<ReturnType<typeof faultUnderLoad>>) {
  expect([...statuses]).toEqual([200]);
  expect({ lost, appliedDespiteError }).toEqual({ lost: [], appliedDespiteError: [] });
  expect(outcomes.INTERNAL_SERVER_ERROR).toBeUndefined();
}

/** Resolves when a read succeeds again. */
const untilRecovered = (gw: TestGateway) => until(async () => (await gw.query(one)).errors === undefined);

describe('under load', () => {
  test('callers learn when to retry while AWS throttles every call, and service recovers by itself', async () => {
    using time = stopTime();
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '3000' });
    const throttled = faultUnderLoad(gw, { kind: 'throttle' }, { outcome: 'THROTTLED', times: 14 });
    const result = await time.run(throttled);
    expectNoLostWrites(result);
    expect(Object.keys(result.outcomes).filter((code) => !['ok', 'THROTTLED'].includes(code))).toEqual([]);
    // Each class retries at a pace that halves, so that a request makes three attempts at most in its three seconds.
    expect(result.callsDuringFault).toBeLessThanOrEqual(3 * (result.outcomes.THROTTLED ?? 0));
    await time.run(untilRecovered(gw));
  });

  test('retries hide most failures from callers while half of all AWS calls return 500', async () => {
    await using gw = await gateway();
    const result = await faultUnderLoad(
      gw,
      { kind: 'error', probability: 0.5 },
      { outcome: 'ok', times: 200 },
    );
    expectNoLostWrites(result);
    const { ok = 0, UPSTREAM_UNAVAILABLE: failed = 0 } = result.outcomes;
    expect(ok).toBeGreaterThan(5 * failed);
    await untilRecovered(gw);
  });

  test.each(['drop-before', 'drop-after'])(
    'reads and writes are made once while connections break (%s)',
    async (kind) => {
      await using gw = await gateway();
      const result = await faultUnderLoad(gw, { kind, probability: 0.5 }, { outcome: 'ok', times: 200 });
      expectNoLostWrites(result);
      expect(result.outcomes.ok).toBeGreaterThan(5 * (result.outcomes.UPSTREAM_UNAVAILABLE ?? 0));
      await untilRecovered(gw);
    },
  );

  test('requests end at their deadline while AWS takes 30 s to respond', async () => {
    // A request that takes longer than that to arrive is answered with 408.
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '3000' });
    const result = await faultUnderLoad(gw, { kind: 'hold' }, { outcome: 'UPSTREAM_UNAVAILABLE', times: 12 });
    expectNoLostWrites(result);
    expect(result.slowestMs).toBeLessThan(30_000);
    await untilRecovered(gw);
  });

  test('expired credentials are logged, and service recovers when AWS accepts them again', async () => {
    await using gw = await gateway();
    const result = await faultUnderLoad(
      gw,
      { kind: 'expired-token' },
      { outcome: 'UPSTREAM_UNAVAILABLE', times: 12 },
    );
    expectNoLostWrites(result);
    expect(gw.logged.join('')).toContain('AWS did not accept the gateway');
    await untilRecovered(gw);
  });

  test('a value that no SDK has is null without an error, and stays in the record', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', { Marketing: { Source: 'Rumour', Reach: 7 }, Mood: 'good' });
    const result = await faultUnderLoad(
      gw,
      { kind: 'delay', delayMs: 1, times: 1 },
      { outcome: 'ok', times: 50 },
    );
    expectNoLostWrites(result);
    const { data, errors, extensions } = await gw.query(one);
    expect(data.opportunity.marketing).toEqual({ source: null });
    expect(errors).toBeUndefined();
    expect(extensions.unknownEnumValues).toMatchObject([{ type: 'MarketingSource', value: 'Rumour' }]);
    expect(await gw.emulator.record('O5000002')).toMatchObject({
      Marketing: { Source: 'Rumour', Reach: 7 },
      Mood: 'good',
    });
  });

  test.skipIf(!hasRedis)(`every request succeeds while Redis is down (${redisMissing})`, async () => {
    const port = await freePort();
    let redis = await startRedis(port);
    using time = stopTime();
    await using gw = await gateway({ REDIS_URL: redis.url, REPLICAS: '2' });
    const stop = new AbortController();
    const result = runLoad(gw, stop.signal);
    const served = async () => {
      const before = await totalCalls(gw);
      await until(async () => (await totalCalls(gw)) > before + 20);
    };
    await served();
    await redis.kill();
    await until(() => gw.logged.join('').includes('using this replica'));
    await time.pass(windowMs);
    await served();
    redis = await startRedis(port);
    await time.pass(1_000);
    await until(() => gw.logged.join('').includes('share the quota again'));
    stop.abort();
    const { outcomes, lost, appliedDespiteError } = await time.until(result);
    expect({ codes: Object.keys(outcomes), lost, appliedDespiteError }).toEqual({
      codes: ['ok'],
      lost: [],
      appliedDespiteError: [],
    });
    await redis.kill();
  });
});

describe('AWS is down', () => {
  test('fresh records are served while AWS is down, and other reads fail at once with a time to retry', async () => {
    using time = stopTime();
    await using gw = await gateway({ CACHE_FRESH_MS: '60000' });
    await gw.query(one);
    await gw.emulator.control('POST', 'faults', { kind: 'error', times: 1_000_000 });
    const others = Array.from(
      { length: 8 },
      (_, n) => `{ opportunity(id: "O500001${n}") { marketing { source } } }`,
    );
    await time.until(Promise.all(others.map((query) => gw.query(query))));

    await gw.emulator.clearCalls();
    const both = `{ held: opportunity(id: "O5000002") { id marketing { source } }
                    other: opportunity(id: "O5000010") { marketing { source } } }`;
    const { data, errors, calls } = await gw.query(both);
    expect(data).toEqual({
      held: { id: 'O5000002', marketing: { source: expect.any(String) } },
      other: null,
    });
    expect(errors).toMatchObject([
      {
        path: ['other'],
        message: 'AWS is currently failing; calls are suspended.',
        extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: expect.any(Number) },
      },
    ]);
    expect(calls).toEqual({});
    expect(gw.logged.filter((line) => line.includes('Circuit opened'))).toHaveLength(1);

    await gw.emulator.control('DELETE', 'faults');
    await time.advance(Number(errors?.[0]?.extensions.retryAfterMs) - 1);
    expect((await gw.query(others[0] ?? '')).calls).toEqual({});
    await time.advance(1);
    expect((await gw.query(others[0] ?? '')).errors).toBeUndefined();
    expect(gw.logged.filter((line) => line.includes('Circuit closed'))).toHaveLength(1);
  });
});

describe('the breaker', () => {
  const logged: string[] = [];
  const log = {
    warn: (text: string) => void logged.push(text),
    info: (text: string) => void logged.push(text),
  };
  const failing = () => Promise.reject(Object.assign(new Error('x'), { name: 'InternalServerException' }));
  const named = (name: string) => () => Promise.reject(Object.assign(new Error('x'), { name }));
  const get = (Identifier: string): BreakerCall => ({ operation: 'GetOpportunity', input: { Identifier } });
  const list = (Identifier: string[]): BreakerCall => ({
    operation: 'ListOpportunities',
    input: { Identifier },
  });
  const times = async (count: number, run: (n: number) => Promise<unknown>) => {
    for (let n = 0; n < count; n++) await run(n).catch(() => {});
  };
  /** Fails so many calls in a row, of ten different records. */
  const fail = (breaker: Breaker, count: number) =>
    times(count, (n) => breaker.run(get(`O${n % 10}`), failing));

  test('the circuit opens after twenty failures in a row, allows a trial call after five seconds, and closes if it succeeds', async () => {
    const { clock, pass } = fakeClock();
    const breaker = createBreaker(log, clock);
    await fail(breaker, 19);
    await breaker.run(get('O1'), async () => 'an answer between');
    await fail(breaker, 19);
    expect(breaker.isOpen()).toBe(false);
    await fail(breaker, 1);
    expect(breaker.isOpen()).toBe(true);
    expect(() => breaker.check('GetOpportunity')).toThrow('AWS is currently failing');
    await expect(breaker.run(get('O1'), async () => 'not made')).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryAfterMs: holdMs,
      mayHaveBeenApplied: false,
    });

    pass(holdMs);
    breaker.check('GetOpportunity');
    await fail(breaker, 1);
    expect(breaker.isOpen()).toBe(true);
    pass(holdMs);
    expect(await breaker.run(get('O1'), async () => 'back')).toBe('back');
    expect(breaker.isOpen()).toBe(false);
    expect(logged).toEqual([
      'Circuit opened: AWS is failing GetOpportunity; one trial call is made every few seconds.',
      'Circuit closed: AWS is responding to GetOpportunity again.',
    ]);
  });

  test('an open circuit allows one trial call at a time', async () => {
    const { clock, pass } = fakeClock();
    const breaker = createBreaker(log, clock);
    await fail(breaker, 20);
    pass(holdMs);
    const trial = Promise.withResolvers<string>();
    const tried = breaker.run(get('O1'), () => trial.promise);
    await expect(breaker.run(get('O2'), async () => 'not made')).rejects.toMatchObject({
      retryAfterMs: holdMs,
    });
    trial.resolve('back');
    expect(await tried).toBe('back');
    expect(await breaker.run(get('O2'), async () => 'made')).toBe('made');
  });

  test.each([
    'ThrottlingException',
    'ValidationException',
    'AccessDeniedException',
    'ExpiredTokenException',
    'AbortError',
  ])('the circuit does not count %s as a failure of AWS', async (name) => {
    const { clock } = fakeClock();
    const breaker = createBreaker(log, clock);
    await times(50, (n) => breaker.run(get(`O${n}`), named(name)));
    expect(breaker.isOpen()).toBe(false);
  });

  test.each<[string, (n: number) => BreakerCall]>([
    ['one record', () => get('O1')],
    ['four records', (n) => get(`O${n % 4}`)],
    ['batches that share a record', (n) => list(['O1', `O${n + 2}`])],
    [
      'one create under any number of tokens',
      (n) => ({ operation: 'CreateOpportunity', input: { Origin: 'Partner Referral', ClientToken: `${n}` } }),
    ],
  ])('the circuit stays closed if only calls of %s fail', async (_, call) => {
    const breaker = createBreaker(log, fakeClock().clock);
    await times(100, (n) => breaker.run(call(n), failing));
    expect(breaker.isOpen()).toBe(false);
  });

  test('the circuit of an operation that fails suspends no other', async () => {
    const breaker = createBreaker(log, fakeClock().clock);
    await times(20, (n) => breaker.run(list([`O${n}`]), failing));
    expect(() => breaker.check('ListOpportunities')).toThrow('AWS is currently failing');
    expect(await breaker.run(get('O1'), async () => 'made')).toBe('made');
  });

  test('a record that always fails is not the trial call of an open circuit twice in a row', async () => {
    const { clock, pass } = fakeClock();
    const breaker = createBreaker(log, clock);
    await fail(breaker, 20);
    pass(holdMs);
    await expect(breaker.run(get('O1'), failing)).rejects.toThrow('x');
    pass(holdMs);
    await expect(breaker.run(get('O1'), failing)).rejects.toMatchObject({ retryAfterMs: holdMs });
    expect(await breaker.run(get('O2'), async () => 'back')).toBe('back');
    expect(breaker.isOpen()).toBe(false);
  });

  test('a call about the same record is let through again if no other call comes', async () => {
    const { clock, pass } = fakeClock();
    const breaker = createBreaker(log, clock);
    await fail(breaker, 20);
    pass(holdMs);
    await expect(breaker.run(get('O1'), failing)).rejects.toThrow('x');
    pass(2 * holdMs);
    expect(await breaker.run(get('O1'), async () => 'back')).toBe('back');
  });
});

describe('one record or one operation that fails', () => {
  const summaries = '{ opportunities(first: 3) { nodes { id } } }';

  test('a record that AWS cannot return costs no other record its answer', async () => {
    using time = stopTime();
    await using direct = await gateway();
    await using proxy = await tamperingProxy(direct.emulator.url);
    await using gw = await gatewayOn(proxy.url);
    proxy.tamper(({ request }) =>
      request.Identifier === 'O5000010'
        ? { body: '{"__type":"InternalServerException"}', status: 500 }
        : undefined,
    );
    for (let n = 0; n < 10; n++) {
      const { errors } = await time.until(
        gw.query('{ opportunity(id: "O5000010") { marketing { source } } }'),
      );
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    }
    expect((await gw.query(one)).errors).toBeUndefined();
    expect(gw.logged.join('')).not.toContain('Circuit opened');
  });

  test.each(['access-denied', 'error'])(
    'an operation that AWS fails or denies suspends no other (%s)',
    async (kind) => {
      using time = stopTime();
      await using gw = await gateway();
      await gw.emulator.control('POST', 'faults', { kind, operation: 'GetOpportunity', times: 1_000_000 });
      const others = Array.from(
        { length: 8 },
        (_, n) => `{ opportunity(id: "O500001${n}") { marketing { source } } }`,
      );
      for (let round = 0; round < 3; round++)
        await time.until(Promise.all(others.map((query) => gw.query(query))));
      expect((await gw.query(one)).data.opportunity).toBeNull();
      expect((await gw.query(summaries)).errors).toBeUndefined();
    },
  );
});

describe('SIGTERM', () => {
  const write = `mutation ($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) { changed userErrors { code } } }`;
  type Written = { data: { updateOpportunity: { changed: boolean } | null } | null };

  test('a SIGTERM during writes loses no write, and the program exits within ten seconds', async () => {
    const emulator = await startEmulator();
    await using gw = await gatewayOn(emulator.url);
    const program = startProgram({
      UPSTREAM_ENDPOINT: emulator.url,
      DRAIN_TIMEOUT_MS: '2500',
      REQUEST_TIMEOUT_MS: '20000',
    });
    const url = await program.address('GraphQL');
    // One write a second: the first is in flight, the others wait for the quota.
    const ids = await editableIds(gw, 5);
    const previousSteps = await Promise.all(
      ids.map(async (id) => (await gw.emulator.record(id)).LifeCycle.NextSteps as string | null),
    );
    await gw.emulator.hold('UpdateOpportunity');
    const answers = ids.map(async (id) => {
      const response = await post(url, {
        query: write,
        variables: { input: { id, patch: { lifeCycle: { nextSteps: 'Drained' } } } },
      });
      return { id, status: response.status, body: (await response.json()) as Written };
    });
    await gw.emulator.untilHeld();
    const began = performance.now();
    program.child.kill('SIGTERM');
    await closed(url);
    await gw.emulator.release();
    const responses = await Promise.all(answers);
    expect((await program.exited).code).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);

    expect(responses.map(({ status }) => status)).toEqual(ids.map(() => 200));
    for (const [index, { id, body }] of responses.entries()) {
      const stored = (await gw.emulator.record(id)).LifeCycle.NextSteps;
      if (body.data?.updateOpportunity?.changed) expect(stored).toBe('Drained');
      else expect(stored).toBe(previousSteps[index]);
    }
    expect(responses.filter(({ body }) => body.data?.updateOpportunity?.changed).length).toBeGreaterThan(0);
    await emulator.stop();
  });

  test('a SIGTERM while AWS does not respond fails the remaining requests when the drain is over', async () => {
    const program = startProgram({ DRAIN_TIMEOUT_MS: '300' });
    const url = await program.address('GraphQL');
    const emulator = emulatorControl(await program.address('emulator'));
    await emulator.hold();
    const answer = post(url, { query: one });
    await emulator.untilHeld();
    program.child.kill('SIGTERM');
    const { errors } = (await (await answer).json()) as { errors: { extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    expect((await program.exited).code).toBe(0);
  });
});
