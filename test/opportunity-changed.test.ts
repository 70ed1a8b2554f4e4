/** Opportunities that change, as subscribers receive them. */
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { startProgram } from './program.ts';
import { eventStream, webSocket } from './streams.ts';
import { until } from './until.ts';

const indexed = { INDEX: 'on', SYNC_INTERVAL_MS: '100' };
const listed = 'kind id cursor changedFields opportunity { id lifeCycle { stage nextSteps } }';
const subscription = (selection = listed) =>
  `subscription($ids: [ID!], $filter: OpportunityFilter, $since: String) {
    opportunityChanged(ids: $ids, filter: $filter, since: $since) { ${selection} }
  }`;

/** The cursor after all changes so far; undefined while there is none, as before the index is complete. */
async function endOfFeed(url = ''): Promise<string | undefined> {
  const query = 'query($since: String) { opportunityChanges(since: $since) { cursor hasMore } }';
  for (let since: string | undefined; ; ) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { since } }),
    });
    const { opportunityChanges } = ((await response.json()) as Data).data;
    since = opportunityChanges?.cursor;
    if (!opportunityChanges?.hasMore) return since;
  }
}

/** The same field under nine names. */
const nine = (field: string) => Array.from({ length: 9 }, (_, index) => `a${index}: ${field}`).join(' ');

/** A gateway whose index is complete. */
async function ready(env: Record<string, string> = {}): Promise<TestGateway> {
  const gw = await gateway({ ...indexed, ...env });
  await until(async () => !(await gw.query('{ opportunityChanges(first: 1) { cursor } }')).errors);
  return gw;
}

type Change = { kind: string; id: string; cursor: string; changedFields: string[] | null; opportunity: Data };

/** A subscription over each transport: the answers to its events, one by one. */
const transports: Record<
  string,
  (url: string, query: string, variables?: object) => Promise<{ next(): Promise<Data>; close(): void }>
> = {
  async 'an event stream'(url, query, variables = {}) {
    const stream = await eventStream(url, { query, variables });
    return { next: async () => (await stream.next())?.data, close: stream.close };
  },
  async 'a WebSocket'(url, query, variables = {}) {
    const socket = await webSocket(url);
    socket.subscribe('a', { query, variables });
    return { next: async () => (await socket.next()).payload, close: socket.close };
  },
};

const opened = (gw: TestGateway, count = 1) =>
  until(() => gw.logged.filter((line) => line.includes('subscription opened')).length >= count);
const changeOf = async (stream: { next(): Promise<Data> }): Promise<Change> =>
  (await stream.next()).data.opportunityChanged;

describe.each(Object.entries(transports))('over %s', (_transport, subscribe) => {
  test('a change that another program makes is reported with what has changed, at no call of its own', async () => {
    await using gw = await ready();
    const stream = await subscribe(gw.url, subscription());
    await opened(gw);
    await gw.emulator.patchRecord('O5000002', { LifeCycle: { Stage: 'Committed' } }, { touch: true });
    const { data, extensions } = await stream.next();
    expect(data.opportunityChanged).toMatchObject({
      kind: 'UPDATED',
      id: 'O5000002',
      changedFields: ['lifeCycle.stage'],
      opportunity: { lifeCycle: { stage: 'COMMITTED' } },
    });
    expect(extensions.upstream.calls).toEqual({});
    stream.close();
  });

  test('what was missed since a cursor is reported first, once, and then what happens', async () => {
    await using gw = await ready();
    const touch = (id: string) => gw.emulator.patchRecord(id, {}, { touch: true });
    const before = await subscribe(gw.url, subscription());
    await opened(gw);
    await touch('O5000001');
    const { cursor } = await changeOf(before);
    before.close();
    await touch('O5000002');
    await touch('O5000003');
    const after = await subscribe(gw.url, subscription(), { since: cursor });
    const missed = [await changeOf(after), await changeOf(after)];
    expect(missed.map(({ id }) => id)).toEqual(['O5000002', 'O5000003']);
    await touch('O5000004');
    expect((await changeOf(after)).id).toBe('O5000004');
    after.close();
  });

  test('a subscriber hears of the opportunities that it has asked for', async () => {
    await using gw = await ready();
    const byId = await subscribe(gw.url, subscription('id'), { ids: ['O5000003'] });
    const byStage = await subscribe(gw.url, subscription('id'), { filter: { stages: ['LAUNCHED'] } });
    await opened(gw, 2);
    await gw.emulator.patchRecord('O5000002', { LifeCycle: { Stage: 'Launched' } }, { touch: true });
    await gw.emulator.patchRecord('O5000003', { LifeCycle: { Stage: 'Qualified' } }, { touch: true });
    expect((await changeOf(byStage)).id).toBe('O5000002');
    expect((await changeOf(byId)).id).toBe('O5000003');
    byId.close();
    byStage.close();
  });

  test('subscribers who select more than lists have share one read of the record', async () => {
    await using gw = await ready();
    const detail = subscription('opportunity { project { customerBusinessProblem } }');
    const streams = [];
    for (let count = 0; count < 5; count++) streams.push(await subscribe(gw.url, detail));
    await opened(gw, 5);
    await gw.emulator.clearCalls();
    await gw.emulator.patchRecord(
      'O5000002',
      { Project: { CustomerBusinessProblem: 'Late parcels.' } },
      { touch: true },
    );
    for (const stream of streams)
      expect((await changeOf(stream)).opportunity.project.customerBusinessProblem).toBe('Late parcels.');
    expect((await gw.emulator.calls()).GetOpportunity).toBe(1);
    for (const stream of streams) stream.close();
  });

  test('an unknown value of an enum is null, and listed in the extensions of its event', async () => {
    await using gw = await ready();
    const stream = await subscribe(gw.url, subscription());
    await opened(gw);
    await gw.emulator.patchRecord('O5000002', { LifeCycle: { Stage: 'Closed Won' } }, { touch: true });
    const { data, errors, extensions } = await stream.next();
    expect([data.opportunityChanged.opportunity.lifeCycle.stage, errors]).toEqual([null, undefined]);
    expect(extensions.unknownEnumValues).toMatchObject([{ type: 'Stage', value: 'Closed Won' }]);
    stream.close();
  });

  test('an event that is too long is an error, and the next one is reported', async () => {
    await using gw = await ready({ MAX_RESPONSE_BYTES: '10000' });
    const stream = await subscribe(
      gw.url,
      subscription(`id opportunity { ${nine('project { customerBusinessProblem }')} }`),
    );
    await opened(gw);
    await gw.emulator.patchRecord(
      'O5000002',
      { Project: { CustomerBusinessProblem: 'x'.repeat(2_000) } },
      { touch: true },
    );
    expect((await stream.next()).errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    await gw.emulator.patchRecord(
      'O5000002',
      { Project: { CustomerBusinessProblem: 'Late parcels.' } },
      { touch: true },
    );
    expect((await changeOf(stream)).id).toBe('O5000002');
    stream.close();
  });

  test('a replica that is killed costs no change: another one delivers what was missed', async () => {
    const emulator = await startEmulator({});
    const env = { ...indexed, UPSTREAM_ENDPOINT: emulator.url, QUOTA_READS_PER_SECOND: '1000' };
    const replicas = [startProgram(env), startProgram(env)] as const;
    const [first, second] = await Promise.all(replicas.map(({ address }) => address('GraphQL')));
    const urls = [first, second].map((url = '') => url.replace('/graphql', ''));
    const touch = (id: string) =>
      fetch(`${emulator.url}/_emulator/opportunities/${id}?touch=true`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
    for (const url of urls) await until(async () => Boolean(await endOfFeed(url)));
    const before = await subscribe(urls[0] ?? '', subscription(), { since: await endOfFeed(urls[0]) });
    await touch('O5000001');
    const { cursor } = await changeOf(before);
    replicas[0].child.kill('SIGKILL');
    await replicas[0].exited;
    for (const id of ['O5000002', 'O5000003', 'O5000001']) await touch(id);
    const after = await subscribe(urls[1] ?? '', subscription(), { since: cursor });
    const told = new Set<string>();
    while (told.size < 3) told.add((await changeOf(after)).id);
    expect(told).toEqual(new Set(['O5000001', 'O5000002', 'O5000003']));
    after.close();
    replicas[1].child.kill('SIGKILL');
    await replicas[1].exited;
    await emulator.stop();
  });
});

describe('without an index', () => {
  test('no source reports changes, so the subscription is refused', async () => {
    await using gw = await gateway();
    const stream = await eventStream(gw.url, { query: subscription() });
    expect((await stream.next())?.data.errors).toMatchObject([{ extensions: { code: 'INDEX_OFF' } }]);
  });

  test('AWS’s events report them, and what was missed is read from AWS', async () => {
    const emulator = await startEmulator({});
    const EVENTS_QUEUE_URL = `${emulator.url}/123456789012/partner-central-events`;
    await using gw = await gatewayOn(emulator.url, { EVENTS_QUEUE_URL });
    const since = await endOfFeed(gw.url);
    const patch = (id: string, nextSteps: string) =>
      gw.query(
        `mutation { updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "${nextSteps}" } } }) { changed } }`,
      );
    await patch('O5000002', 'Call Ada');
    const stream = await eventStream(gw.url, {
      query: subscription(),
      variables: { since },
    });
    expect((await changeOf({ next: async () => (await stream.next())?.data })).id).toBe('O5000002');
    await patch('O5000001', 'Call Bob');
    let change: Change;
    do change = await changeOf({ next: async () => (await stream.next())?.data });
    while (change.id !== 'O5000001');
    expect(change.opportunity.lifeCycle.nextSteps).toBe('Call Bob');
    stream.close();
    await emulator.stop();
  });
});

describe('a subscriber that does not read', () => {
  const large = subscription(`opportunity { ${nine(`project { ${nine('customerBusinessProblem')} }`)} }`);

  /** A cursor before a hundred changes, each of which is an event of more than 100 kB. */
  async function behind(): Promise<{ gw: TestGateway; variables: object }> {
    const gw = await ready({ REQUEST_TIMEOUT_MS: '1000' });
    const since = await endOfFeed(gw.url);
    const { nodes } = (await gw.query('{ opportunities(first: 100) { nodes { id } } }')).data.opportunities;
    for (const { id } of nodes)
      await gw.emulator.patchRecord(
        id,
        { Project: { CustomerBusinessProblem: 'x'.repeat(2_000) } },
        { touch: true },
      );
    return { gw, variables: { since } };
  }
  const ended = (gw: TestGateway) =>
    until(() => gw.logged.some((line) => line.includes('subscription ended')));

  test('of an event stream is disconnected', async () => {
    const { gw, variables } = await behind();
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const asked = request(`${gw.url}/graphql`, { method: 'POST', headers });
    asked.end(JSON.stringify({ query: large, variables }));
    asked.on('error', () => {});
    const response = await new Promise<Data>((resolve) => asked.once('response', resolve));
    response.on('error', () => {});
    response.pause();
    await ended(gw);
    expect(gw.logged.join('')).toContain('"reason":"too slow"');
    await gw[Symbol.asyncDispose]();
  });

  test('of a WebSocket is closed', async () => {
    const { gw, variables } = await behind();
    const socket = await webSocket(gw.url);
    socket.subscribe('a', { query: large, variables });
    socket.socket.pause();
    await ended(gw);
    expect(gw.logged.join('')).toContain('"reason":"too slow"');
    socket.socket.resume();
    // It gets that error, unless it has not even closed the connection in time.
    expect([4429, 1006]).toContain((await socket.closed).code);
    await gw[Symbol.asyncDispose]();
  });
});
