import { describe, expect, test } from 'vitest';
import { type Operation, operationFacts, operations } from '../../src/upstream/operations.ts';
import { withRetries } from '../../src/upstream/retry.ts';
import { fakeClock } from '../clock.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });
const throttled = (headers = {}) => named('ThrottlingException', { $response: { headers } });
const broken = () => named('InternalServerException', { $metadata: { httpStatusCode: 500 } });

/** Tries a call that fails as given, one after another, and then answers `done`. */
async function run(
  failures: Error[],
  { operation = 'GetOpportunity' as Operation, deadline = 60_000, random = 1 } = {},
) {
  const { clock, slept } = fakeClock({ random });
  const told: (number | undefined)[] = [];
  let tries = 0;
  const result = await withRetries(
    operation,
    async () => {
      tries += 1;
      const failure = failures.shift();
      if (failure) throw failure;
      return 'done';
    },
    { clock, signal: new AbortController().signal, deadline, onThrottle: (ms) => told.push(ms) },
  ).catch((fault) => fault.code);
  return { result, tries, slept, told };
}

describe('a read', () => {
  test('is tried again after growing pauses, half of each left to chance', async () => {
    expect(await run([broken(), broken(), broken()])).toMatchObject({
      result: 'done',
      tries: 4,
      slept: [50, 100, 200],
    });
    expect(await run([broken(), broken()], { random: 0 })).toMatchObject({ slept: [25, 50] });
  });

  test('waits as long as AWS asks, and tells the quota', async () => {
    const { result, slept, told } = await run([throttled({ 'retry-after': '7' }), throttled()]);
    expect({ result, slept, told }).toEqual({ result: 'done', slept: [7_000, 1_000], told: [7_000, 1_000] });
  });

  test('is given up after five tries that fail, but goes on as long as AWS only asks for patience', async () => {
    expect(await run(Array.from({ length: 9 }, broken))).toMatchObject({
      result: 'UPSTREAM_UNAVAILABLE',
      tries: 5,
    });
    expect(await run(Array.from({ length: 7 }, () => throttled()))).toMatchObject({
      result: 'done',
      tries: 8,
    });
  });

  test('is not tried again when the request would be over by then', async () => {
    expect(await run([throttled()], { deadline: 900 })).toMatchObject({
      result: 'THROTTLED',
      tries: 1,
      slept: [],
    });
  });

  test.each(['ValidationException', 'AccessDeniedException', 'ExpiredTokenException'])(
    'is not tried again after %s',
    async (name) => {
      expect((await run([named(name, { $metadata: { httpStatusCode: 400 } })])).tries).toBe(1);
    },
  );
});

describe('an update', () => {
  const operation = 'UpdateOpportunity';

  test('is sent again when AWS has certainly not made it', async () => {
    expect(await run([throttled()], { operation })).toMatchObject({ result: 'done', tries: 2 });
    expect(await run([named('Error', { code: 'ECONNREFUSED' })], { operation })).toMatchObject({
      result: 'done',
      tries: 2,
    });
  });

  test.each([broken(), named('Error', { code: 'ECONNRESET' }), named('TimeoutError'), named('SyntaxError')])(
    'is not sent again when it may have been made: %s',
    async (failure) => {
      expect(await run([failure], { operation })).toMatchObject({ result: 'UPSTREAM_UNAVAILABLE', tries: 1 });
    },
  );
});

describe('an operation whose outcome is unknown', () => {
  test.each(operations)('%s is sent again only if that is known to be safe', async (operation) => {
    const { tries } = await run([broken()], { operation });
    expect(tries).toBe(operationFacts[operation].isRepeatable ? 2 : 1);
  });
});
