import {
  CreateOpportunityCommand,
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator } from '../../emulator/server.ts';
import { type Body, envelope, refusal, submittableCreate, testEmulator, validCreate } from './kit.ts';

const on = testEmulator({ seed: true });
const get = new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: 'O5000001' });

/** The SDK with its default three attempts but no delay between them, and with a single attempt. */
let patient: PartnerCentralSellingClient;
let once: PartnerCentralSellingClient;
const base = { region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'thing' } };

beforeAll(async () => {
  patient = new PartnerCentralSellingClient({ ...base, endpoint: on.url });
  once = new PartnerCentralSellingClient({ ...base, endpoint: on.url, maxAttempts: 1 });
  // The SDK's own strategy decides what to retry; only its delays are removed.
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

describe('injected faults', () => {
  test('throttles as many calls as ordered, and the SDK retries them', async () => {
    await order({ kind: 'throttle', times: 2 });
    expect((await patient.send(get)).Id).toBe('O5000001');
    expect((await calls()).log.map(({ status, error }) => [status, error])).toEqual([
      [400, 'ThrottlingException'],
      [400, 'ThrottlingException'],
      [200, undefined],
    ]);
  });

  test('injects errors that the SDK recognises by name', async () => {
    await order({ kind: 'throttle', times: 1 });
    expect(await refusal(once.send(get))).toMatchObject({ name: 'ThrottlingException' });
    await order({ kind: 'error', times: 1 });
    expect(await refusal(once.send(get))).toMatchObject({ name: 'InternalServerException' });
  });

  test('has as many tasks fail as ordered, without having done anything', async () => {
    const { Id } = await once.send(new CreateOpportunityCommand(submittableCreate('failing-task')));
    const start = (ClientToken: string) =>
      once.send(
        new StartEngagementFromOpportunityTaskCommand({
          Catalog: 'Sandbox',
          ClientToken,
          Identifier: Id,
          AwsSubmission: { InvolvementType: 'Co-Sell' },
        }),
      );
    await order({ kind: 'task-failed', times: 1, operation: 'StartEngagementFromOpportunityTask' });
    expect(await start('first')).toMatchObject({ TaskStatus: 'FAILED', ReasonCode: 'InternalError' });
    expect(await on.read(Id)).toMatchObject({ LifeCycle: { ReviewStatus: 'Pending Submission' } });
    expect(await start('second')).toMatchObject({ TaskStatus: 'COMPLETE' });
  });

  test('injects a fault into calls of its operation only', async () => {
    await order({ kind: 'error', times: 1, operation: 'ListOpportunities' });
    await once.send(get);
    await refusal(once.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox' })));
    await once.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox' }));
  });

  test('injects an HTML response, as a proxy would send', async () => {
    await order({ kind: 'html-503', times: 1 });
    expect(await refusal(once.send(get))).toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });

  test('delays a call and then answers it', async () => {
    await order({ kind: 'delay', times: 1, delayMs: 30 });
    const before = performance.now();
    expect((await once.send(get)).Id).toBe('O5000001');
    expect(performance.now() - before).toBeGreaterThanOrEqual(25);
  });

  test.each([
    ['access-denied', 'AccessDeniedException', { Reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE' }],
    ['conflict', 'ConflictException', {}],
    ['expired-token', 'ExpiredTokenException', {}],
  ])('injects %s, which reaches the SDK as %s', async (kind, name, more) => {
    await order({ kind, times: 1 });
    expect(await refusal(once.send(get))).toMatchObject({ name, ...more });
  });

  test('truncates the response to a write that it has applied', async () => {
    await order({ kind: 'truncate', times: 1 });
    expect(await refusal(once.send(new CreateOpportunityCommand(validCreate())))).toBeInstanceOf(SyntaxError);
    expect(await count()).toBe(251);
  });

  test('cancels all faults on request', async () => {
    await order({ kind: 'error', times: 5 });
    expect((await on.control('DELETE', 'faults')).body).toEqual({ waiting: [], held: [] });
    await once.send(get);
  });
});

describe('held calls', () => {
  const held = async () => (await on.control('GET', 'faults')).body.held as string[];
  const untilHeld = async (count: number) => {
    while ((await held()).length < count) await new Promise(setImmediate);
  };

  test('holds a call until it is released, and applies it then', async () => {
    await order({ kind: 'hold', times: 1, operation: 'CreateOpportunity' });
    const created = once.send(new CreateOpportunityCommand(validCreate()));
    await untilHeld(1);
    expect(await held()).toEqual(['CreateOpportunity']);
    await once.send(get);
    expect([await count(), (await calls()).byOperation]).toEqual([250, { GetOpportunity: 1 }]);
    expect((await on.control('POST', 'faults/release')).body).toEqual({ waiting: [], held: [] });
    expect((await created).Id).toBeTruthy();
    expect([await count(), (await calls()).byOperation]).toEqual([
      251,
      { GetOpportunity: 1, CreateOpportunity: 1 },
    ]);
  });

  test('holds no more calls once they are released, and other faults hit them then', async () => {
    await order({ kind: 'hold', times: 10 });
    await order({ kind: 'error', times: 1 });
    const first = refusal(once.send(get));
    await untilHeld(1);
    const released = (await on.control('POST', 'faults/release')).body;
    expect(released).toEqual({ waiting: [{ kind: 'error', times: 1 }], held: [] });
    expect(await first).toMatchObject({ name: 'InternalServerException' });
    await once.send(get);
  });

  test.each([
    ['DELETE', 'faults'],
    ['POST', 'reset'],
  ])('lets held calls go on at %s %s', async (method, path) => {
    await order({ kind: 'hold', times: 2 });
    const answers = [1, 2].map(() => once.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox' })));
    await untilHeld(2);
    await on.control(method, path);
    expect(await Promise.all(answers)).toHaveLength(2);
    expect(await held()).toEqual([]);
  });

  test('applies a held call whose caller has gone', async () => {
    await order({ kind: 'hold', times: 1 });
    const leaving = new AbortController();
    const create = new CreateOpportunityCommand(validCreate());
    const gone = refusal(once.send(create, { abortSignal: leaving.signal }));
    await untilHeld(1);
    leaving.abort();
    await gone;
    await on.control('POST', 'faults/release');
    while ((await count()) !== 251) await new Promise(setImmediate);
  });

  test('ends held calls when it stops', async () => {
    const emulator = await startEmulator();
    const fault = { kind: 'hold', times: 1 };
    await fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
    const waiting = fetch(emulator.url, {
      method: 'POST',
      headers: envelope('GetOpportunity'),
      body: JSON.stringify({ Catalog: 'Sandbox', Identifier: 'O5000001' }),
    });
    const report = async () =>
      (await (await fetch(`${emulator.url}/_emulator/faults`)).json()) as { held: string[] };
    while ((await report()).held.length === 0) await new Promise(setImmediate);
    const ended = refusal(waiting);
    await emulator.stop();
    await ended;
  });
});

describe('faults with a probability', () => {
  const run = async (fault: Body) => {
    await on.control('DELETE', 'faults');
    await on.control('DELETE', 'calls');
    await order(fault);
    for (let n = 0; n < 60; n++) await once.send(get).catch(() => {});
    return (await calls()).log.map(({ status }) => status);
  };

  test('injects a fault with its probability, at the same calls for the same seed', async () => {
    const fault = { kind: 'throttle', probability: 0.3, seed: 7 };
    const first = await run(fault);
    expect(await run(fault)).toEqual(first);
    expect(await run({ ...fault, seed: 8 })).not.toEqual(first);
    const hits = first.filter((status) => status === 400).length;
    expect(hits).toBeGreaterThan(9);
    expect(hits).toBeLessThan(28);
  });

  test('ends a fault with a probability after the given number of calls', async () => {
    const statuses = await run({ kind: 'error', probability: 1, times: 5 });
    expect(statuses.filter((status) => status === 500)).toHaveLength(5);
  });
});

describe('faults before and after a write', () => {
  test.each([
    ['drop-before', 250, 0],
    ['error', 250, 500],
    ['drop-after', 251, 0],
    ['error-after', 251, 500],
  ])('leaves a create that hits %s with %i records stored', async (kind, records, status) => {
    await order({ kind, times: 1 });
    await refusal(once.send(new CreateOpportunityCommand(validCreate())));
    expect(await count()).toBe(records);
    expect((await calls()).log).toEqual([
      expect.objectContaining({ operation: 'CreateOpportunity', status }),
    ]);
  });

  test('answers a repeated create with the record of its first attempt', async () => {
    await order({ kind: 'drop-after', times: 1 });
    const { Id } = await patient.send(new CreateOpportunityCommand(validCreate()));
    expect(Id).toBeTruthy();
    expect(await count()).toBe(251);
    expect((await calls()).byOperation).toEqual({ CreateOpportunity: 2 });
  });
});
