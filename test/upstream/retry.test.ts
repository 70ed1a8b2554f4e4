import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/fault.ts';
import { type Operation, operationFacts, operations } from '../../src/upstream/operations.ts';
import { withRetries } from '../../src/upstream/retry.ts';
import { fakeClock } from '../clock.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });
const throttled = (headers = {}) => named('ThrottlingException', { $response: { headers } });
const broken = () => named('InternalServerException', { $metadata: { httpStatusCode: 500 } });

/** Makes a call that fails with the given errors in order, and then returns `done`. */
async function run(
  failures: Error[],
  { operation = 'GetOpportunity' as Operation, deadline = 60_000, random = 1 } = {},
) {
  const { clock, slept } = fakeClock({ random });
  const reported: (number | undefined)[] = [];
  let attempts = 0;
  let fault: Fault | undefined;
  const result = await withRetries(
    operation,
    async () => {
      attempts += 1;
      const failure = failures.shift();
      if (failure) throw failure;
      return 'done';
    },
    {
      clock,
      time: { signal: new AbortController().signal, deadline },
      onThrottle: (ms) => reported.push(ms),
    },
  ).catch((thrown: Fault) => {
    fault = thrown;
    return thrown.code;
  });
  return { result, attempts, slept, reported, fault };
}

/** The fault with which a call fails in the end. */
async function faultOf(failures: Error[], options: Parameters<typeof run>[1]): Promise<Fault> {
  const { fault } = await run(failures, options);
  return fault ?? expect.unreachable('the call succeeded');
}

describe('a read', () => {
  test('a failed read is retried after growing delays, half of each random', async () => {
    expect(await run([broken(), broken(), broken()])).toMatchObject({
      result: 'done',
      attempts: 4,
      slept: [50, 100, 200],
    });
    expect(await run([broken(), broken()], { random: 0 })).toMatchObject({ slept: [25, 50] });
  });

  test('a throttled read waits as long as AWS asks, and reports that to the quota', async () => {
    const { result, slept, reported } = await run([throttled({ 'retry-after': '7' }), throttled()]);
    expect({ result, slept, reported }).toEqual({
      result: 'done',
      slept: [7_000, 1_000],
      reported: [7_000, 1_000],
    });
  });

  test('a read fails after five failed attempts, and is retried without limit while it is throttled', async () => {
    expect(await run(Array.from({ length: 9 }, broken))).toMatchObject({
      result: 'UPSTREAM_UNAVAILABLE',
      attempts: 5,
    });
    expect(await run(Array.from({ length: 7 }, () => throttled()))).toMatchObject({
      result: 'done',
      attempts: 8,
    });
  });

  test('a read is not retried if the delay would exceed the deadline', async () => {
    expect(await run([throttled()], { deadline: 900 })).toMatchObject({
      result: 'THROTTLED',
      attempts: 1,
      slept: [],
    });
  });

  test.each(['ValidationException', 'AccessDeniedException', 'ExpiredTokenException'])(
    'a read is not retried after %s',
    async (name) => {
      expect((await run([named(name, { $metadata: { httpStatusCode: 400 } })])).attempts).toBe(1);
    },
  );
});

describe('an update', () => {
  const operation = 'UpdateOpportunity';

  test('an update is retried if AWS has certainly not made it', async () => {
    expect(await run([throttled()], { operation })).toMatchObject({ result: 'done', attempts: 2 });
    expect(await run([named('Error', { code: 'ECONNREFUSED' })], { operation })).toMatchObject({
      result: 'done',
      attempts: 2,
    });
  });

  test.each([broken(), named('Error', { code: 'ECONNRESET' }), named('TimeoutError'), named('SyntaxError')])(
    'an update is not retried if it may have been made: %s',
    async (failure) => {
      expect(await run([failure], { operation })).toMatchObject({
        result: 'UPSTREAM_UNAVAILABLE',
        attempts: 1,
      });
    },
  );
});

describe('an operation whose outcome is unknown', () => {
  test.each(operations)('%s is retried after an unknown outcome only if that is safe', async (operation) => {
    const { attempts } = await run([broken()], { operation });
    expect(attempts).toBe(operationFacts[operation].isRepeatable ? 2 : 1);
  });

  const refused = (Code: string) => named('ValidationException', { ErrorList: [{ Code }] });
  test.each([
    ['unknown after a conflict', named('ConflictException'), true],
    ['unknown after a refusal by the role', named('AccessDeniedException'), true],
    ['unknown after an error about the state of the object', refused('INVALID_RESOURCE_STATE'), true],
    ['unknown after an error about a value in use', refused('DUPLICATE_KEY_VALUE'), true],
    ['certain after an error about the values sent', refused('INVALID_ENUM_VALUE'), false],
  ])('a create whose first response was lost is %s', async (_, failure, isUnknown) => {
    const fault = await faultOf([broken(), failure], { operation: 'CreateOpportunity' });
    expect(fault.mayHaveBeenApplied).toBe(isUnknown);
  });

  test('a create that is refused at once was certainly not made', async () => {
    const fault = await faultOf([named('ConflictException')], { operation: 'CreateOpportunity' });
    expect(fault.mayHaveBeenApplied).toBe(false);
  });
});
