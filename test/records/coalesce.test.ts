import { expect, test } from 'vitest';
import { Fault } from '../../src/fault.ts';
import { createCoalescer } from '../../src/records/coalesce.ts';
import type { RequestScope } from '../../src/records/in-flight.ts';

/** A request that ends in so many milliseconds, or when it is aborted. */
function scopeOf(deadline: number) {
  const end = new AbortController();
  const request = { deadline, caller: 'a' };
  return { scope: { request, signal: end.signal } as unknown as RequestScope, end };
}

/** A call that is answered when its test says so. */
function pendingCall() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { call: () => promise, resolve, reject };
}

const lateForQuota = () => new Fault('THROTTLED', 'no slot', { isDeadlineBound: true });

test('requests that need the same call at the same time share it, and the next one makes its own', async () => {
  const { coalesce } = createCoalescer();
  const { call, resolve } = pendingCall();
  const answers = [1, 2].map(() => coalesce('key', scopeOf(1_000).scope, call));
  resolve('one');
  expect(await Promise.all(answers)).toEqual(['one', 'one']);
  expect(await coalesce('key', scopeOf(1_000).scope, async () => 'two')).toBe('two');
});

test.each([
  ['was refused because of the other’s deadline', lateForQuota(), 30_000],
  ['failed and could be repeated', new Fault('UPSTREAM_UNAVAILABLE', 'down', { isTransient: true }), 30_000],
])('a request with more time makes its own call when one it joined %s', async (_, fault, deadline) => {
  const { coalesce } = createCoalescer();
  const { call, reject } = pendingCall();
  const short = coalesce('key', scopeOf(2_000).scope, call);
  const long = coalesce('key', scopeOf(deadline).scope, async () => 'own');
  reject(fault);
  await expect(short).rejects.toBe(fault);
  expect(await long).toBe('own');
});

test.each([
  ['it has hardly more time itself', lateForQuota(), 3_000],
  ['more time makes no difference', new Fault('FORBIDDEN', 'denied'), 30_000],
])('a request fails with the call it joined when %s', async (_, fault, deadline) => {
  const { coalesce } = createCoalescer();
  const { call, reject } = pendingCall();
  const answers = [2_000, deadline].map((end) => coalesce('key', scopeOf(end).scope, call));
  reject(fault);
  for (const answer of answers) await expect(answer).rejects.toBe(fault);
});

test('a request makes its own call when the caller whose call it joined disconnects', async () => {
  const { coalesce } = createCoalescer();
  const { call, reject } = pendingCall();
  const first = scopeOf(2_000);
  const leaving = coalesce('key', first.scope, call);
  const staying = coalesce('key', scopeOf(2_000).scope, async () => 'own');
  first.end.abort();
  reject(new Error('aborted'));
  await expect(leaving).rejects.toThrow('aborted');
  expect(await staying).toBe('own');
});

test('a request does not wait beyond its own end for a call that it joined', async () => {
  const { coalesce } = createCoalescer();
  void coalesce('key', scopeOf(2_000).scope, pendingCall().call);
  const { scope, end } = scopeOf(1_000);
  const joined = coalesce('key', scope, pendingCall().call);
  end.abort();
  await expect(joined).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
});
