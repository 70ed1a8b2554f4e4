import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { Fault } from '../../src/fault.ts';
import { createCoalescer } from '../../src/records/coalesce.ts';
import type { RequestScope } from '../../src/records/in-flight.ts';
import type { Send, Turns, Waiter } from '../../src/upstream/send.ts';

/** A request that ends in so many milliseconds, or is aborted because its time is up or its client has gone. */
function scopeOf(deadline: number, caller = 'a', send?: unknown) {
  const [timeout, client] = [new AbortController(), new AbortController()];
  const request = { deadline, caller, signal: timeout.signal };
  const signal = AbortSignal.any([timeout.signal, client.signal]);
  const scope = { request, signal, send, priority: 'interactive' } as unknown as RequestScope;
  return { scope, timeOut: () => timeout.abort(), disconnect: () => client.abort() };
}

/** A call that is answered when its test answers it. */
function pendingCall() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { call: () => promise, resolve, reject };
}

/** A `send` that waits for the quota: the turns that were taken, by caller, and the time of the call. */
function waitingSend() {
  const taken = new Map<string, { waiter: Waiter; serve(): void; refuse(reason: unknown): void }>();
  let turns: Turns | undefined;
  const send = async (_operation: string, _input: object, given: Turns) => {
    turns = given;
    await given.firstTurn((waiter) => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      waiter.signal.addEventListener('abort', () => reject(new Error('cancelled')), { once: true });
      taken.set(waiter.caller, { waiter, serve: () => resolve(0), refuse: reject });
      return promise;
    });
    return 'answer';
  };
  return { send, taken, turns: () => turns ?? expect.unreachable('the call was not made') };
}
const call = (send: Send) => send('GetOpportunity', { identifier: 'O1' }) as Promise<unknown>;

const lateForQuota = () => new Fault('THROTTLED', 'no slot', { isDeadlineBound: true });
const never = () => expect.unreachable('the call was made twice');

test('requests that need the same call at the same time share it, and the next one makes its own', async () => {
  const { coalesce } = createCoalescer();
  const { call, resolve } = pendingCall();
  const answers = [1, 2].map(() => coalesce('key', scopeOf(1_000).scope, call));
  resolve('one');
  expect(await Promise.all(answers)).toEqual(['one', 'one']);
  expect(await coalesce('key', scopeOf(1_000).scope, async () => 'two')).toBe('two');
});

test('nothing listens to the end of a request any more once it has its answers, so that its memory is freed', async () => {
  const { coalesce } = createCoalescer();
  const calls = [pendingCall(), pendingCall()];
  const { scope } = scopeOf(1_000);
  const listeners = () => getEventListeners(scope.signal, 'abort').length;
  const answers = calls.map(({ call }, n) => coalesce(`key ${n}`, scope, call));
  expect(listeners()).toBe(1);
  calls[0]?.resolve('one');
  await answers[0];
  expect(listeners()).toBe(1);
  calls[1]?.reject(new Fault('FORBIDDEN', 'denied'));
  await expect(answers[1]).rejects.toThrow('denied');
  expect(listeners()).toBe(0);
  await coalesce('key 3', scope, async () => 'three');
  expect(listeners()).toBe(0);
});

test('requests that share a call fail with it', async () => {
  const { coalesce } = createCoalescer();
  const { call, reject } = pendingCall();
  const answers = [1_000, 30_000].map((deadline) => coalesce('key', scopeOf(deadline).scope, call));
  const fault = new Fault('FORBIDDEN', 'denied');
  reject(fault);
  for (const answer of answers) await expect(answer).rejects.toBe(fault);
});

test('each request takes a turn for the call that it shares, and the first of them is enough', async () => {
  const { coalesce } = createCoalescer();
  const { send, taken } = waitingSend();
  const answers = ['a', 'b'].map((caller) => coalesce('key', scopeOf(1_000, caller, send).scope, call));
  await null;
  answers.push(coalesce('key', scopeOf(2_000, 'late').scope, never));
  expect([...taken.keys()]).toEqual(['a', 'b', 'late']);
  expect(new Set([...taken.values()].map(({ waiter }) => waiter.call)).size).toBe(1);
  taken.get('late')?.serve();
  expect(await Promise.all(answers)).toEqual(['answer', 'answer', 'answer']);
});

test('a request whose turn comes too late fails alone, and the call is made for the others', async () => {
  const { coalesce } = createCoalescer();
  const { send, taken, turns } = waitingSend();
  const short = coalesce('key', scopeOf(1_000, 'short', send).scope, call);
  const long = coalesce('key', scopeOf(30_000, 'long').scope, never);
  expect(turns().deadline).toBe(30_000);
  taken.get('short')?.refuse(lateForQuota());
  await expect(short).rejects.toMatchObject({ code: 'THROTTLED' });
  taken.get('long')?.serve();
  expect(await long).toBe('answer');
});

test('the last request whose turn comes too late learns what became of the call', async () => {
  const { coalesce } = createCoalescer();
  const { send, taken } = waitingSend();
  const answers = ['a', 'b'].map((caller) => coalesce('key', scopeOf(1_000, caller, send).scope, call));
  for (const { refuse } of taken.values()) refuse(lateForQuota());
  for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: 'THROTTLED' });
  expect(await coalesce('key', scopeOf(1_000).scope, async () => 'anew')).toBe('anew');
});

test.each(['disconnect', 'timeOut'] as const)(
  'a call goes on when the request that started it ends by %s, while others wait for it',
  async (end) => {
    const { coalesce } = createCoalescer();
    const { send, taken, turns } = waitingSend();
    const first = scopeOf(1_000, 'first', send);
    const leaving = coalesce('key', first.scope, call);
    const staying = coalesce('key', scopeOf(2_000, 'staying').scope, never);
    first[end]();
    await expect(leaving).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(turns().signal.aborted).toBe(false);
    taken.get('staying')?.serve();
    expect(await staying).toBe('answer');
  },
);

test('a call that waits for the quota ends when the last request leaves', async () => {
  const { coalesce } = createCoalescer();
  const { send } = waitingSend();
  const scopes = ['a', 'b'].map((caller) => scopeOf(1_000, caller, send));
  const answers = scopes.map(({ scope }) => coalesce('key', scope, call));
  for (const { disconnect } of scopes) disconnect();
  for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  await new Promise(setImmediate);
  expect(await coalesce('key', scopeOf(1_000).scope, async () => 'anew')).toBe('anew');
});

test('a call in flight is aborted when the time of the last request is up, and not when its client has gone', async () => {
  const { coalesce } = createCoalescer();
  for (const end of ['disconnect', 'timeOut'] as const) {
    let signal: AbortSignal | undefined;
    const last = scopeOf(1_000, 'a', (_operation: string, _input: object, turns: Turns) => {
      signal = turns.signal;
      return pendingCall().call();
    });
    const answer = coalesce(end, last.scope, call);
    last[end]();
    await expect(answer).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(signal?.aborted).toBe(end === 'timeOut');
  }
});

test('a request makes its own call if the one that it joined was over the limit of its request', async () => {
  const { coalesce } = createCoalescer();
  const { call, reject } = pendingCall();
  const over = coalesce('key', scopeOf(1_000).scope, call);
  const other = coalesce('key', scopeOf(1_000).scope, async () => 'own');
  const fault = new Fault('LIMIT_EXCEEDED', 'no more calls');
  reject(fault);
  await expect(over).rejects.toBe(fault);
  expect(await other).toBe('own');
});

test('a request does not wait beyond its own end for a call that it joined', async () => {
  const { coalesce } = createCoalescer();
  void coalesce('key', scopeOf(2_000).scope, pendingCall().call);
  const { scope, timeOut } = scopeOf(1_000);
  const joined = coalesce('key', scope, never);
  timeOut();
  await expect(joined).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  await expect(coalesce('key', scope, never)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
});
