import {
  CreateOpportunityCommand,
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  PartnerCentralSellingClient,
} from '@aws-sdk/client-partnercentral-selling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, refusal, testEmulator, validCreate } from './kit.ts';

const on = testEmulator({ seed: true });
const get = new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: 'O5000001' });

/** The SDK with its own three attempts but no pause between them, and one with a single attempt. */
let patient: PartnerCentralSellingClient;
let once: PartnerCentralSellingClient;
const base = { region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'thing' } };

beforeAll(async () => {
  patient = new PartnerCentralSellingClient({ ...base, endpoint: on.url });
  once = new PartnerCentralSellingClient({ ...base, endpoint: on.url, maxAttempts: 1 });
  // The SDK's own strategy decides what is worth another attempt; only its pauses are taken out.
  const backOff = { setDelayBase: () => {}, computeNextBackoffDelay: () => 0 };
  Object.assign(await patient.config.retryStrategy(), { retryBackoffStrategy: backOff });
});
afterAll(() => {
  patient.destroy();
  once.destroy();
});

const order = (fault: Body) => on.control('POST', 'faults', fault);
const calls = async () =>
  (await on.control('GET', 'calls')).body as { total: number; log: Body[]; byOperation: Body };
const count = async () => (await on.control('GET', 'health')).body.opportunities;

describe('an ordered fault hits the next calls, then is over', () => {
  test('throttles as often as told, and the SDK comes back', async () => {
    await order({ kind: 'throttle', times: 2 });
    expect((await patient.send(get)).Id).toBe('O5000001');
    expect((await calls()).log.map(({ status, error }) => [status, error])).toEqual([
      [400, 'ThrottlingException'],
      [400, 'ThrottlingException'],
      [200, undefined],
    ]);
  });

  test('is known to the SDK by name', async () => {
    await order({ kind: 'throttle', times: 1 });
    expect(await refusal(once.send(get))).toMatchObject({ name: 'ThrottlingException' });
    await order({ kind: 'error', times: 1 });
    expect(await refusal(once.send(get))).toMatchObject({ name: 'InternalServerException' });
  });

  test('waits for its operation and lets the others pass', async () => {
    await order({ kind: 'error', times: 1, operation: 'ListOpportunities' });
    await once.send(get);
    await refusal(once.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox' })));
    await once.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox' }));
  });

  test('answers in HTML as a proxy would', async () => {
    await order({ kind: 'html-503', times: 1 });
    expect(await refusal(once.send(get))).toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });

  test('delays an answer and gives it all the same', async () => {
    await order({ kind: 'delay', times: 1, delayMs: 30 });
    const before = performance.now();
    expect((await once.send(get)).Id).toBe('O5000001');
    expect(performance.now() - before).toBeGreaterThanOrEqual(25);
  });

  test.each([
    ['access-denied', 'AccessDeniedException', { Reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE' }],
    ['expired-token', 'ExpiredTokenException', {}],
  ])('%s reaches the SDK as %s', async (kind, name, more) => {
    await order({ kind, times: 1 });
    expect(await refusal(once.send(get))).toMatchObject({ name, ...more });
  });

  test('cuts an answer in the middle, after it was applied', async () => {
    await order({ kind: 'truncate', times: 1 });
    expect(await refusal(once.send(new CreateOpportunityCommand(validCreate())))).toBeInstanceOf(SyntaxError);
    expect(await count()).toBe(251);
  });

  test('can be called off', async () => {
    await order({ kind: 'error', times: 5 });
    expect((await on.control('DELETE', 'faults')).body).toEqual({ waiting: [] });
    await once.send(get);
  });
});

describe('a fault by chance falls the same way for the same seed', () => {
  const run = async (fault: Body) => {
    await on.control('DELETE', 'faults');
    await on.control('DELETE', 'calls');
    await order(fault);
    for (let n = 0; n < 60; n++) await once.send(get).catch(() => {});
    return (await calls()).log.map(({ status }) => status);
  };

  test('about as often as it should, until it is called off', async () => {
    const dice = { kind: 'throttle', probability: 0.3, seed: 7 };
    const first = await run(dice);
    expect(await run(dice)).toEqual(first);
    expect(await run({ ...dice, seed: 8 })).not.toEqual(first);
    const hits = first.filter((status) => status === 400).length;
    expect(hits).toBeGreaterThan(9);
    expect(hits).toBeLessThan(28);
  });

  test('or for so many calls', async () => {
    const statuses = await run({ kind: 'error', probability: 1, times: 5 });
    expect(statuses.filter((status) => status === 500)).toHaveLength(5);
  });
});

describe('before and after: whether the write happened is what the caller cannot see', () => {
  test.each([
    ['drop-before', 250, 0],
    ['error', 250, 500],
    ['drop-after', 251, 0],
    ['error-after', 251, 500],
  ])('%s leaves %i records', async (kind, records, status) => {
    await order({ kind, times: 1 });
    await refusal(once.send(new CreateOpportunityCommand(validCreate())));
    expect(await count()).toBe(records);
    expect((await calls()).log).toEqual([
      expect.objectContaining({ operation: 'CreateOpportunity', status }),
    ]);
  });

  test('gives a repeated create the record that its first attempt made', async () => {
    await order({ kind: 'drop-after', times: 1 });
    const { Id } = await patient.send(new CreateOpportunityCommand(validCreate()));
    expect(Id).toBeTruthy();
    expect(await count()).toBe(251);
    expect((await calls()).byOperation).toEqual({ CreateOpportunity: 2 });
  });
});
