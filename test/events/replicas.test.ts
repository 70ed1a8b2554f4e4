/** Two replicas of an account, of which each event goes to one: what both have, and pass on to their listeners. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartnerEvent as EmulatorEvent } from '../../emulator/events/bus.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type Account, createAccount } from '../../src/accounts/account.ts';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { createIntake, type Intake } from '../../src/events/intake.ts';
import { createEventMetrics } from '../../src/events/metrics.ts';
import type { Change } from '../../src/records/changes.ts';
import { createTelemetry } from '../../src/telemetry.ts';
import { noBreaker } from '../../src/upstream/breaker.ts';
import { type Client, createClient } from '../../src/upstream/client.ts';
import { createQuota } from '../../src/upstream/quota/governor.ts';
import { emulatorControl } from '../kit.ts';
import { type StoppedTime, stopTime } from '../time.ts';

let time: StoppedTime;
let emulator: Emulator;
let client: Client;
beforeEach(async () => {
  time = stopTime();
  emulator = await startEmulator({ now: time.date });
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'test' };
  client = createClient({ region: 'us-east-1', callsPerSecond: 100, endpoint: emulator.url, credentials });
});
afterEach(async () => {
  client.close();
  await emulator.stop();
  time[Symbol.dispose]();
});

type Replica = { account: Account; intake: Intake; told: string[] };

/** A replica that relays to others what a replica relays by Redis. */
function replica(others: Replica[]): Replica {
  const config = readConfig({ INDEX: 'off' });
  const account = createAccount(
    {
      ...config,
      name: 'main',
      sdkSend: client.send,
      quota: createQuota(config.quota, systemClock),
      breaker: noBreaker,
      hasEvents: true,
      publishRow: (row, isPublished) => {
        for (const other of others) other.account.sightings.merge(row, isPublished);
      },
    },
    { clock: systemClock, telemetry: createTelemetry(systemClock), audit() {} },
  );
  const told: string[] = [];
  account.changes.listen((change: Change) => {
    told.push(
      [change.type, 'kind' in change && change.kind, 'id' in change && change.id].filter(Boolean).join(' '),
    );
  });
  const filter = { accountId: emulator.accountId, catalog: 'Sandbox' };
  const intake = createIntake(account, {
    filter,
    log: { warn() {}, error() {} },
    metrics: createEventMetrics('main'),
    publish: (event) => {
      for (const other of others) other.intake.hear(event);
    },
  });
  return { account, intake, told };
}

function twoReplicas(): [Replica, Replica] {
  const [toOne, toTwo]: [Replica[], Replica[]] = [[], []];
  const [one, two] = [replica(toOne), replica(toTwo)];
  toOne.push(two);
  toTwo.push(one);
  return [one, two];
}

const bodyOf = ({ detailType, ...event }: EmulatorEvent) =>
  JSON.stringify({ ...event, 'detail-type': detailType });
const take = ({ intake }: Replica, event: EmulatorEvent) =>
  intake.take({ id: event.id, body: bodyOf(event), receiveCount: 1 });

/** The events that something causes. */
async function eventsOf(cause: () => Promise<unknown>): Promise<EmulatorEvent[]> {
  const events: EmulatorEvent[] = [];
  const end = emulator.onEvent((event) => events.push(event));
  await cause();
  await null;
  end();
  return events.filter(({ account }) => account === emulator.accountId);
}
const touch = (id: string, NextSteps: string) => () =>
  emulatorControl(emulator.url).patchRecord(id, { LifeCycle: { NextSteps } }, { touch: true });

describe('replicas that relay events to each other', () => {
  test('a change is reported once in every replica, whichever of them has received its event', async () => {
    const [one, two] = twoReplicas();
    const [event] = (await eventsOf(touch('O5000001', 'Changed'))) as [EmulatorEvent];
    const handled = take(one, event);
    await time.advance(1_000);
    expect(await handled).toBe('done');
    expect(one.told).toEqual(['Opportunity UPDATED O5000001']);
    expect(two.told).toEqual(one.told);
    expect(await emulatorControl(emulator.url).calls()).toEqual({ ListOpportunities: 1 });
  });

  test('an event that comes twice, to one replica or to two, is reported once', async () => {
    const [one, two] = twoReplicas();
    const [event] = (await eventsOf(touch('O5000001', 'Changed'))) as [EmulatorEvent];
    const handled = [take(one, event), take(one, event), take(two, event)];
    await time.advance(1_000);
    expect(await Promise.all(handled)).toEqual(['done', 'done', 'done']);
    expect(await take(one, event)).toBe('done');
    await time.advance(60_000);
    expect(one.told).toEqual(['Opportunity UPDATED O5000001']);
    expect(two.told).toEqual(one.told);
  });

  test('an event whose opportunity cannot be looked up comes again later, and is handled then', async () => {
    const [one, two] = twoReplicas();
    const { control, injectFault } = emulatorControl(emulator.url);
    const [event] = (await eventsOf(touch('O5000001', 'Changed'))) as [EmulatorEvent];
    await injectFault({ kind: 'access-denied', operation: 'ListOpportunities', times: 1 });
    const failing = take(one, event);
    await time.advance(1_000);
    expect(await failing).toBe('later');
    expect([...one.told, ...two.told]).toEqual([]);
    await control('DELETE', 'faults');
    const handled = take(two, event);
    await time.advance(1_000);
    expect(await handled).toBe('done');
    expect(one.told).toEqual(['Opportunity UPDATED O5000001']);
    expect(two.told).toEqual(one.told);
  });

  test('a storm of events about one engagement and its invitations is reported once a second', async () => {
    const [one, two] = twoReplicas();
    const engagementId = 'eng-0123456789abcd';
    for (let count = 0; count < 100; count++)
      void take(count % 2 === 0 ? one : two, {
        id: `event-${count}`,
        source: 'aws.partnercentral-selling',
        detailType: 'Engagement Updated',
        account: emulator.accountId,
        region: 'us-east-1',
        time: '2031-05-14T12:00:00Z',
        resources: [],
        detail: { catalog: 'Sandbox', engagement: { engagementId } },
      });
    await time.advance(10_000);
    expect(one.told).toEqual([`Engagement ${engagementId}`]);
    expect(two.told).toEqual(one.told);
    expect(one.account.timeline.page(engagementId, { first: 100 }, '').edges).toHaveLength(100);
  });

  test('a replica that stops lets go of the events in hand', async () => {
    const [one] = twoReplicas();
    const [event] = (await eventsOf(touch('O5000001', 'Changed'))) as [EmulatorEvent];
    const handled = take(one, event);
    one.intake.stop();
    expect(await handled).toBe('later');
  });
});
