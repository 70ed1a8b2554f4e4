/** Accounts that come, go and change while requests are served. */
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { readAccounts } from '../src/accounts-file.ts';
import { systemClock } from '../src/clock.ts';
import { readConfig } from '../src/config.ts';
import { openAccount } from '../src/gateway/open-account.ts';
import { openJobs } from '../src/jobs/open.ts';
import { createTelemetry } from '../src/telemetry.ts';
import { type GatewayOfAccounts, gatewayOfAccounts } from './accounts-kit.ts';
import { type Data, testSettings } from './kit.ts';
import { gatewaySchema } from './schema.ts';
import { eventStream, webSocket } from './streams.ts';
import { until } from './until.ts';

const as = (name: string) => ({ 'x-account': name });
const record = '{ opportunity(id: "O5000001") { id lifeCycle { nextSteps } } }';
const write = (id: string, nextSteps: string) =>
  `mutation { updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "${nextSteps}" } } }) { changed } }`;
const session = '{ session { account accounts } quota { read { perSecond } } }';
const subscription = { query: 'subscription { opportunityChanged { id } }' };

const perSecond = async (gw: GatewayOfAccounts, name: string) =>
  (await gw.query(session, as(name))).data.quota.read.perSecond;
/** Resolves when the index of an account is complete. */
const untilIndexed = (gw: GatewayOfAccounts, name: string) =>
  until(
    async () => (await gw.query('{ pipeline(groupBy: [STAGE]) { count } }', as(name))).data.pipeline !== null,
  );
const messages = (gw: GatewayOfAccounts) => gw.logged.map((line): Data => JSON.parse(line));

describe('a new list of accounts', () => {
  test('has accounts come and go, and changes nothing for the others', async () => {
    await using gw = await gatewayOfAccounts({ north: {}, south: {} }, { CACHE_FRESH_MS: '600000' });
    await gw.query(record, as('north'));
    await gw.replace({ north: {}, west: {} });
    const emulator = await gw.emulator('north');
    await emulator.clearCalls();
    await gw.query(record, as('north'));
    expect(await emulator.calls()).toEqual({});
    expect((await gw.query(session, as('west'))).data.session.accounts).toEqual(['north', 'west']);
    expect((await gw.query(session, as('south'))).errors?.[0]?.extensions.code).toBe('ACCOUNT_NOT_FOUND');
    expect(gw.closed).toEqual(['south']);
    await gw.replace({ south: {} });
    expect((await gw.query(record)).data.opportunity.id).toBe('O5000001');
    expect(gw.closed.toSorted()).toEqual(['north', 'south', 'west']);
  });

  test('lets a request in flight finish on the account as it was', async () => {
    await using gw = await gatewayOfAccounts({ north: {}, south: {} });
    const emulator = await gw.emulator('north');
    await emulator.hold();
    const inFlight = [gw.query(record, as('north')), gw.query(write('O5000002', 'in flight'), as('north'))];
    await emulator.untilHeld(2);
    await gw.replace({ south: {} });
    expect(gw.closed).toEqual([]);
    expect((await gw.query(record, as('north'))).status).toBe(403);
    await emulator.release();
    const [read, written] = await Promise.all(inFlight);
    expect([read?.errors, written?.errors]).toEqual([undefined, undefined]);
    expect(written?.data.updateOpportunity.changed).toBe(true);
    await until(() => gw.closed.length === 1);
    expect(gw.closed).toEqual(['north']);
  });

  test('lets a write finish whose caller has gone', async () => {
    await using gw = await gatewayOfAccounts({ north: {}, south: {} });
    const emulator = await gw.emulator('north');
    await emulator.hold('UpdateOpportunity');
    const gone = new AbortController();
    const sent = fetch(`${gw.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...as('north') },
      body: JSON.stringify({ query: write('O5000002', 'of one who has gone') }),
      signal: gone.signal,
    });
    await emulator.untilHeld();
    gone.abort();
    await sent.catch(() => {});
    await gw.replace({ south: {} });
    expect(gw.closed).toEqual([]);
    await emulator.release();
    await until(() => gw.closed.length === 1);
    expect((await emulator.record('O5000002')).LifeCycle.NextSteps).toBe('of one who has gone');
  });

  test('ends the subscriptions of an account that has changed, with a hint to come back, and no other', async () => {
    const events = { INDEX: 'on' };
    await using gw = await gatewayOfAccounts({ north: {}, south: {} }, events);
    for (const name of ['north', 'south']) await untilIndexed(gw, name);
    const open = (name: string) => eventStream(gw.url, subscription, as(name));
    const [north, south] = await Promise.all([open('north'), open('south')]);
    const socket = await webSocket(gw.url, { init: as('north') });
    socket.subscribe('1', subscription);
    const opened = () => messages(gw).filter(({ msg }) => msg === 'subscription opened').length;
    await until(() => opened() === 3);
    await gw.replace({ north: { quota: { readsPerSecond: 20 } }, south: {} });
    expect(await north.rest()).toMatchObject([
      { retry: 1_000 },
      {
        event: 'next',
        data: { errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterMs: 1_000 } }] },
      },
      { event: 'complete' },
    ]);
    expect((await socket.closed).code).toBe(1012);
    await until(() => messages(gw).filter(({ msg }) => msg === 'subscription ended').length === 2);
    for (const line of messages(gw).filter(({ msg }) => msg === 'subscription ended'))
      expect(line).toMatchObject({ account: 'north', reason: 'replaced' });
    south.close();
  });

  test('has an account use another quota, role or permission to write at once', async () => {
    await using gw = await gatewayOfAccounts({ north: { catalog: 'AWS', quota: { readsPerSecond: 5 } } });
    expect(await perSecond(gw, 'north')).toBe(5);
    const writable = async () => (await gw.query('{ session { writable } }')).data.session.writable;
    expect(await writable()).toBe(false);
    await gw.replace({
      north: { catalog: 'AWS', quota: { readsPerSecond: 7 }, allowProductionWrites: true },
    });
    expect(await perSecond(gw, 'north')).toBe(7);
    expect(await writable()).toBe(true);
    expect(gw.closed).toEqual(['north']);
  });

  test('has other callers without a new account, whose subscriptions begin anew', async () => {
    await using gw = await gatewayOfAccounts({ north: {} }, { CACHE_FRESH_MS: '600000', INDEX: 'on' });
    await untilIndexed(gw, 'north');
    const stream = await eventStream(gw.url, subscription);
    await gw.replace({ north: { callers: { claim: 'org', values: ['n'] } } });
    expect((await stream.rest()).at(-1)).toMatchObject({ event: 'complete' });
    await gw.query(record);
    expect(gw.closed).toEqual([]);
  });

  test('is made one after the other with others, of which one stays and the rest is closed', async () => {
    await using gw = await gatewayOfAccounts({ north: {} });
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) await gw.emulator(name);
    await Promise.all(names.map((name) => gw.replace({ [name]: {} })));
    const { accounts } = (await gw.query(session)).data.session;
    expect(accounts).toHaveLength(1);
    await until(() => gw.closed.length === 4);
    expect([...gw.closed, ...accounts].toSorted()).toEqual(['a', 'b', 'c', 'd', 'north']);
  });

  test('leaves everything as it is if one of its accounts cannot be opened', async () => {
    await using gw = await gatewayOfAccounts({ north: {} });
    gw.refuseConnection('west');
    await expect(gw.replace({ south: {}, west: {} })).rejects.toThrow('refused');
    expect((await gw.query(session)).data.session.accounts).toEqual(['north']);
    expect(gw.closed).toEqual(['south']);
  });

  test('has bulk jobs and keys of an account that has changed go on, once each', async () => {
    await using gw = await gatewayOfAccounts({ north: {} });
    const emulator = await gw.emulator('north');
    await emulator.hold('UpdateOpportunity', 1);
    const create = `mutation { bulkUpdateOpportunities(input: { items: [
      { id: "O5000002", patch: { lifeCycle: { nextSteps: "one" } } },
      { id: "O5000007", patch: { lifeCycle: { nextSteps: "two" } } }
    ] }) { job { id } userErrors { message } } }`;
    const { data } = await gw.query(create);
    const { id } = data.bulkUpdateOpportunities.job;
    await emulator.untilHeld();
    const replaced = gw.replace({ north: { quota: { readsPerSecond: 50 } } });
    await emulator.release();
    await replaced;
    const job = async () => (await gw.query(`{ bulkJob(id: "${id}") { status done } }`)).data.bulkJob;
    await until(async () => (await job()).status === 'DONE');
    const updates = (await emulator.log()).filter(({ operation }) => operation === 'UpdateOpportunity');
    expect(updates.length).toBe(2);
  });
});

test('requests at any moment of many reloads are all answered by an account of that name', async () => {
  await using gw = await gatewayOfAccounts({ north: {}, south: {} });
  for (const name of ['north', 'south'])
    await (await gw.emulator(name)).patchRecord(
      'O5000001',
      { LifeCycle: { NextSteps: `of ${name}` } },
      { touch: true },
    );
  let isLoading = true;
  const answered: string[] = [];
  async function load(name: string): Promise<void> {
    while (isLoading) {
      const { data, errors } = await gw.query(record, as(name));
      answered.push(errors ? JSON.stringify(errors) : data.opportunity.lifeCycle.nextSteps);
      expect(answered.at(-1)).toBe(`of ${name}`);
    }
  }
  const loads = ['north', 'south', 'north', 'south'].map(load);
  for (let quota = 11; quota < 31; quota++)
    await gw.replace({
      north: { quota: { readsPerSecond: quota } },
      south: {},
      ...(quota % 2 && { west: {} }),
    });
  isLoading = false;
  await Promise.all(loads);
  expect(answered.length).toBeGreaterThan(20);
  await until(() => gw.closed.filter((name) => name === 'north').length === 20);
  expect(gw.closed).not.toContain('south');
});

test('an account whose jobs cannot be closed reports that, and releases everything else', async () => {
  const config = readConfig({ ...testSettings, UPSTREAM_ENDPOINT: 'http://127.0.0.1:1' });
  const [account] = await readAccounts(config);
  if (!account) throw new Error('no account');
  const log = pino({ level: 'silent' });
  const opened = await openJobs(config, { clock: systemClock, log });
  const jobs: typeof opened = {
    ...opened,
    of: (options) => ({ ...opened.of(options), close: () => Promise.reject(new Error('jammed')) }),
  };
  const closed: string[] = [];
  const client = { close: () => void closed.push('client') } as never;
  const runtime = { clock: systemClock, telemetry: createTelemetry(systemClock), audit() {} };
  const { close } = await openAccount(account, { client }, { schema: gatewaySchema(), runtime, jobs }, log);
  await expect(close()).rejects.toThrow('jammed');
  expect(closed).toEqual(['client']);
});
