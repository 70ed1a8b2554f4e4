import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClock } from '../../emulator/clock.ts';
import { createBus, type PartnerEvent } from '../../emulator/events/bus.ts';
import { createFaults, type Fault } from '../../emulator/faults.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type Body, envelope, testEmulator, validCreate } from './kit.ts';

const on = testEmulator();
const publish = async (detailType: string, more: Body = {}, account = '') =>
  (await on.control('POST', `events${account}`, { detailType, detail: { catalog: 'Sandbox' }, ...more }))
    .body;
const published = async (query = '') =>
  (await on.control('GET', `events${query}`)).body.events as (Body & { id: string })[];

describe('the events on the control surface', () => {
  test('has those that a write has caused, in the envelope of EventBridge', async () => {
    const { body } = await on.wire('CreateOpportunity', validCreate());
    expect(await published()).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Opportunity Created',
        source: 'aws.partnercentral-selling',
        account: '123456789012',
        time: '2031-05-14T12:00:00Z',
        region: 'us-east-1',
        resources: [],
        detail: { schemaVersion: '1', catalog: 'Sandbox', opportunity: { identifier: body.Id } },
      },
    ]);
  });

  test('lists those after an id, and none after the last', async () => {
    const [first, second] = [await publish('A'), await publish('B')];
    expect(await published(`?since=${first.id}`)).toEqual([second]);
    expect(await published(`?since=${second.id}`)).toEqual([]);
    const unknown = await on.control('GET', 'events?since=x');
    expect(unknown).toEqual({ status: 404, body: { error: 'Event x not found among the newest 2' } });
  });

  test('lists those of one account', async () => {
    await on.partner('SECOND');
    await publish('A');
    const other = await publish('B', {}, '?account=210987654321');
    expect(other.account).toBe('210987654321');
    expect(await published('?account=210987654321')).toEqual([other]);
    expect(await published()).toHaveLength(2);
  });

  test('publishes one of any type, with its own id, time and resources', async () => {
    const more = { id: 'e-1', time: '2030-01-01T00:00:00Z', resources: ['arn:aws:a'], detail: { any: [1] } };
    expect(await publish('Something New', more)).toMatchObject({ 'detail-type': 'Something New', ...more });
  });

  test.each([
    [{ detail: {} }, 'detailType'],
    [{ detailType: '', detail: {} }, 'detailType'],
    [{ detailType: 'A' }, 'detail is'],
    [{ detailType: 'A', detail: [] }, 'detail is'],
    [{ detailType: 'A', detail: {}, time: 'now' }, 'RFC 3339'],
    [{ detailType: 'A', detail: {}, resources: [1] }, 'list of ARNs'],
    [{ detailType: 'A', detail: {}, account: '1' }, 'Unknown member account'],
  ])('refuses to publish %j', async (body, hint) => {
    const answer = await on.control('POST', 'events', body);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(hint)]);
  });
});

describe('listeners in the process', () => {
  test('receive every event of every account, until they unsubscribe', async () => {
    await using emulator = await started();
    const heard: string[] = [];
    const leave = emulator.onEvent(({ detailType }) => heard.push(detailType));
    await emulator.publish('A');
    leave();
    await emulator.publish('B');
    expect(heard).toEqual(['A']);
  });

  test('receive what is due without any call', async () => {
    await using emulator = await started();
    const updates = { count: 0 };
    const reviewed = new Promise<void>((resolve) => {
      emulator.onEvent(({ detailType }) => {
        if (detailType === 'Opportunity Updated') updates.count += 1;
        if (updates.count === 2) resolve();
      });
    });
    await emulator.control('settings', { reviewAfterMs: 5, submitWithoutEngagement: 'allow' });
    await emulator.submit('O5000001');
    await reviewed;
    const { LifeCycle } = await emulator.control('opportunities/O5000001', undefined, 'GET');
    expect(LifeCycle).toMatchObject({ ReviewStatus: 'Approved' });
  });

  test('receive what is due as soon as the clock is moved', async () => {
    await using emulator = await started();
    const heard: string[] = [];
    await emulator.control('settings', { reviewAfterMs: 86_400_000, submitWithoutEngagement: 'allow' });
    await emulator.submit('O5000001');
    emulator.onEvent(({ detailType }) => heard.push(detailType));
    await emulator.control('clock', { advanceMs: 86_399_000 });
    expect(heard).not.toContain('Opportunity Updated');
    await emulator.control('clock', { advanceMs: 1_000 });
    expect(heard).toContain('Opportunity Updated');
  });
});

describe('faults of events', () => {
  /** What listeners receive of the events A to F, of which a fault hits some. */
  function received(fault: Fault, types = [...'ABCDEF']): string {
    const [faults, clock] = [createFaults(), createClock(() => 0)];
    faults.add(fault);
    const bus = createBus(clock, faults);
    let heard = '';
    bus.subscribe(({ detailType }) => {
      heard += detailType;
    });
    for (const detailType of types) bus.publish(eventOf(detailType));
    clock.advance(1_000);
    bus.release();
    return heard;
  }

  test.each([
    ['event-lost', { times: 2 }, 'CDEF'],
    ['event-lost', { times: 1, detailType: 'C' }, 'ABDEF'],
    ['event-lost', { times: 1, account: '210987654321' }, 'ABCDEF'],
    ['event-doubled', { times: 2 }, 'AABBCDEF'],
    ['event-out-of-order', { times: 1 }, 'BACDEF'],
    ['event-out-of-order', { times: 3 }, 'DCBAEF'],
    ['event-out-of-order', { times: 1, detailType: 'F' }, 'ABCDEF'],
    ['event-late', { times: 1, delayMs: 1_000 }, 'BCDEFA'],
    ['event-late', { times: 2, delayMs: 1_001 }, 'CDEF'],
  ] as const)('%s with %j delivers A to F as %3$s', (kind, fault, expected) => {
    expect(received({ kind, ...fault })).toBe(expected);
  });

  test('with a probability, the same seed hits the same events', () => {
    const types = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const lose = (seed: number) => received({ kind: 'event-lost', probability: 0.5, seed }, types);
    expect(lose(7)).toBe(lose(7));
    expect(lose(7)).not.toBe(lose(8));
    expect(lose(7).length).toBeLessThan(types.length);
  });

  test('only a loss loses events, only a doubling repeats them, and the log keeps each once', () => {
    const kinds = ['event-doubled', 'event-late', 'event-out-of-order'] as const;
    const anyFault = fc.record({ kind: fc.constantFrom(...kinds), times: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(anyFault, { maxLength: 5 }), fc.integer({ min: 1, max: 12 }), (list, count) => {
        const [faults, clock] = [createFaults(), createClock(() => 0)];
        for (const fault of list) faults.add({ ...fault, delayMs: 5 });
        const bus = createBus(clock, faults);
        const heard: string[] = [];
        bus.subscribe(({ id }) => heard.push(id));
        const ids = Array.from({ length: count }, (_, index) => String(index));
        for (const id of ids) bus.publish({ ...eventOf('A'), id });
        clock.advance(5);
        bus.release();
        expect([...new Set(heard)].sort()).toEqual([...ids].sort());
        const doubled = list.filter(({ kind }) => kind === 'event-doubled');
        const most = doubled.reduce((sum, { times }) => sum + times, 0);
        expect(heard.length).toBeLessThanOrEqual(count + most);
        expect(bus.events().map(({ id }) => id)).toEqual(ids);
      }),
    );
  });

  test('an event that waits to be overtaken is delivered when faults are released or cancelled', async () => {
    await using emulator = await started();
    const heard: string[] = [];
    emulator.onEvent(({ detailType }) => heard.push(detailType));
    for (const [method, path] of [
      ['POST', 'faults/release'],
      ['DELETE', 'faults'],
    ] as const) {
      await emulator.control('faults', { kind: 'event-out-of-order', times: 1 });
      await emulator.publish(path);
      expect(heard).not.toContain(path);
      await emulator.control(path, undefined, method);
      expect(heard).toContain(path);
    }
  });

  test('a reset forgets the events and those still to be delivered', async () => {
    await using emulator = await started();
    const heard: string[] = [];
    emulator.onEvent(({ detailType }) => heard.push(detailType));
    await emulator.control('faults', { kind: 'event-late', times: 1, delayMs: 10_000 });
    await emulator.control('faults', { kind: 'event-out-of-order', times: 1 });
    await emulator.publish('A');
    await emulator.publish('B');
    await emulator.control('reset', { seed: false });
    await emulator.control('clock', { advanceMs: 20_000 });
    await emulator.publish('C');
    expect(heard).toEqual(['C']);
  });

  test.each([
    [{ kind: 'event-late', times: 1 }, 'requires delayMs'],
    [{ kind: 'event-lost', times: 1, operation: 'GetOpportunity' }, 'Unknown member operation'],
    [{ kind: 'error', times: 1, detailType: 'Opportunity Created' }, 'Unknown member detailType'],
  ])('refuses %j', async (fault, hint) => {
    const answer = await on.control('POST', 'faults', fault);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(hint)]);
  });

  test('a fault of events hits no call, and one of calls hits no event', async () => {
    await on.control('POST', 'faults', { kind: 'event-lost', times: 1 });
    await on.control('POST', 'faults', { kind: 'error', times: 1 });
    await publish('A');
    expect((await on.control('GET', 'faults')).body.waiting).toEqual([{ kind: 'error', times: 1 }]);
  });
});

describe('the bus', () => {
  test('keeps the newest ten thousand events', () => {
    const bus = createBus(
      createClock(() => 0),
      createFaults(),
    );
    for (let n = 0; n < 25_000; n++) bus.publish({ ...eventOf('A'), id: String(n) });
    const kept = bus.events();
    expect([kept.length, kept[0]?.id, kept.at(-1)?.id]).toEqual([10_000, '15000', '24999']);
  });
});

/** An emulator on the system's clock, with the seed. */
async function started() {
  const { url, onEvent, stop } = await startEmulator();
  async function control(path: string, body?: Body, method = 'POST'): Promise<Body> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    return (await (await fetch(`${url}/_emulator/${path}`, init)).json()) as Body;
  }
  return {
    onEvent,
    control,
    publish: (detailType: string) => control('events', { detailType, detail: {} }),
    async submit(Identifier: string): Promise<void> {
      const body = JSON.stringify({ Catalog: 'Sandbox', Identifier, InvolvementType: 'Co-Sell' });
      const answer = await fetch(url, { method: 'POST', headers: envelope('SubmitOpportunity'), body });
      expect(answer.status).toBe(200);
    },
    [Symbol.asyncDispose]: stop,
  };
}

const eventOf = (detailType: string): PartnerEvent => ({
  id: detailType,
  source: 'aws.partnercentral-selling',
  detailType,
  account: '123456789012',
  region: 'us-east-1',
  time: '2031-05-14T12:00:00Z',
  resources: [],
  detail: {},
});
