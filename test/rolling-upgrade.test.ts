/**
 * Replicas of two releases on one Redis. The fixture is what the first release sends to the others, and is never changed: with
 * another form, raise the number of the format, and freeze its messages in a fixture of their own. What they store is in
 * `stored-formats.test.ts`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { systemClock } from '../src/clock.ts';
import { createReplication, type ReplicaMessage } from '../src/records/replication.ts';
import { emulatorControl } from './kit.ts';
import { post, preload, startProgram } from './program.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { until } from './until.ts';

const name = 'partner-central-graphql:main:Sandbox';
const channel = `${name}:seen:v1`;
const file = join(import.meta.dirname, 'fixtures/redis-format-1.json');
const frozen = (JSON.parse(readFileSync(file, 'utf8')) as { messages: string[] }).messages;

/** The messages of one publication, each as if it had been published alone. */
const alone = (text: string): string[] => {
  const [from, list] = JSON.parse(text) as [string, unknown[]];
  return list.map((message) => JSON.stringify([from, [message]]));
};

/** A message of each kind. */
const messages: ReplicaMessage[] = [
  { version: { id: 'O1', date: '2026-01-01T00:00:00Z', isCurrent: true } },
  {
    version: {
      id: 'O1',
      date: '2026-01-01T00:00:00Z',
      isCurrent: true,
      record: { id: 'O1', lastModifiedDate: '2026-01-01T00:00:00Z' },
    } as never,
  },
  { event: { id: 'e-1', type: 'OPPORTUNITY_UPDATED', time: '2026-01-01T00:00:00Z', opportunityId: 'O1' } },
  {
    row: {
      summary: { id: 'O1' },
      position: '2026-01-01T00:00:00Z O1',
      isLost: false,
      changedFields: ['project'],
    },
    isPublished: true,
  } as never,
  { look: 'invitations' },
  { watched: { part: 'invitations', asOf: '2026-01-01T00:00:00Z', items: [{ id: 'arn:1' }] } } as never,
];

/** Makes a program one of the next release: each format that has a number has the next one. */
const nextFormat = preload(`import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.includes('/src/') || !loaded.source) return loaded;
    return { ...loaded, source: String(loaded.source).replace(/^const formatVersion = 1;/m, 'const formatVersion = 2;') };
  },
});`);

describe.skipIf(!hasRedis)(`replicas of two releases${hasRedis ? '' : ` (${redisMissing})`}`, () => {
  test('messages have the form that is frozen for the number of their format, and are understood in it', async () => {
    const redis = await startRedis(await freePort());
    const client = await createClient({ url: redis.url }).connect();
    const listener = await client.duplicate().connect();
    const published = new Set<string>();
    await listener.subscribe(channel, (text) => {
      for (const one of alone(text)) published.add(one.replace(/^\["[^"]*"/, '["<replica>"'));
    });
    let ignored = 0;
    const log = { warn() {}, info() {} };
    const options = { url: redis.url, name, log, clock: systemClock, onIgnored: () => ignored++ };
    const replication = createReplication(options);
    const heard = new Set<string>();
    replication.subscribe((message) => heard.add(JSON.stringify(message)));
    const all = new Set(messages.map((message) => JSON.stringify(message)));

    await until(() => {
      for (const message of messages) replication.publish(message);
      return published.size === all.size;
    });
    expect(published).toEqual(new Set(frozen.map((one) => one.replace(/^\["[^"]*"/, '["<replica>"'))));
    await until(async () => {
      for (const text of frozen) await client.publish(channel, text);
      return heard.size === all.size;
    });
    expect([heard, ignored]).toEqual([all, 0]);
    await replication.close();
    for (const one of [client, listener]) one.destroy();
    await redis.kill();
  });

  test('replicas with other formats serve side by side: each reads what the other writes, the quota is one, and the last one goes on', async () => {
    const redis = await startRedis(await freePort());
    const emulator = await startEmulator();
    const { calls, record } = emulatorControl(emulator.url);
    const client = await createClient({ url: redis.url }).connect();
    const env = {
      UPSTREAM_ENDPOINT: emulator.url,
      REDIS_URL: redis.url,
      REPLICAS: '2',
      INDEX: 'on',
      SYNC_INTERVAL_MS: '500',
      CACHE_FRESH_MS: '0',
      QUOTA_READS_PER_SECOND: '100',
      QUOTA_WRITES_PER_SECOND: '20',
    };
    const old = startProgram(env);
    const next = startProgram({ ...env, ...nextFormat });
    onTestFinished(async () => {
      for (const { child } of [old, next]) child.kill('SIGKILL');
      client.destroy();
      await emulator.stop();
      await redis.kill();
    });
    const ask = async (program: typeof old, query: string, headers = {}) => {
      for (;;) {
        const response = await post(await program.address('GraphQL'), { query }, headers);
        // Keys of requests are refused until Redis is connected.
        if (response.status !== 503) return (await response.json()).data;
      }
    };
    const patch = (fields: string) =>
      `mutation { updateOpportunity(input: { id: "O5000002", patch: { ${fields} } }) { changed userErrors { code } } }`;
    const list = `{ opportunities(filter: { search: "O5000002" }) { totalCount nodes { lifeCycle { nextSteps } } } }`;
    const nextStepsOf = async (program: typeof old) =>
      (await ask(program, list)).opportunities?.nodes[0]?.lifeCycle.nextSteps;
    const isWhole = async (program: typeof old) =>
      (await ask(program, '{ opportunities { totalCount } }')).opportunities?.totalCount === 250;
    const changed = { updateOpportunity: { changed: true, userErrors: [] } };

    await until(async () => (await isWhole(old)) && (await isWhole(next)));
    for (const [from, to, text] of [
      [old, next, 'From the old one'],
      [next, old, 'From the next one'],
    ] as const) {
      expect(await ask(from, patch(`lifeCycle: { nextSteps: "${text}" }`))).toEqual(changed);
      const query = '{ opportunity(id: "O5000002") { lifeCycle { nextSteps } } }';
      expect(await ask(to, query)).toEqual({ opportunity: { lifeCycle: { nextSteps: text } } });
      await until(async () => (await nextStepsOf(to)) === text);
    }
    // Patches of both at once, of which none is lost.
    const both = [
      ask(old, patch('project: { otherSolutionDescription: "Old" }')),
      ask(next, patch('lifeCycle: { nextSteps: "Next" }')),
    ];
    expect(await Promise.all(both)).toEqual([changed, changed]);
    const { Project, LifeCycle } = await record('O5000002');
    expect([Project.OtherSolutionDescription, LifeCycle.NextSteps]).toEqual(['Old', 'Next']);

    // The answer to a key is not read in another format: the request is carried out again, and finds nothing to change.
    const keyed = patch('lifeCycle: { nextSteps: "Keyed" }');
    expect(await ask(old, keyed, { 'idempotency-key': 'k' })).toEqual(changed);
    const again = { updateOpportunity: { changed: false, userErrors: [] } };
    expect(await ask(next, keyed, { 'idempotency-key': 'k' })).toEqual(again);
    expect(await ask(old, keyed, { 'idempotency-key': 'k' })).toEqual(changed);

    const name = 'partner-central-graphql:main:Sandbox';
    for (const part of ['index:v1:rows', 'index:v2:rows'])
      await until(async () => (await client.hLen(`${name}:${part}`)) === 250);
    expect((await client.pubSubChannels()).sort()).toEqual([`${name}:seen:v1`, `${name}:seen:v2`]);
    expect(
      (await client.keys(`${name}:jobs:*:row:idempotency/*`)).map((key) => /v\d/.exec(key)?.[0]).sort(),
    ).toEqual(['v1', 'v2']);
    // The calls of both are counted under the same keys; a count whose confirmation was late is repeated, never omitted.
    const counted = async (kind: string) => Number(await client.hGet(`{${name}:${kind}}:rest`, 'a'));
    const { GetOpportunity = 0, ListOpportunities = 0, UpdateOpportunity = 0 } = await calls();
    await until(async () => (await counted('write')) >= UpdateOpportunity);
    await until(async () => (await counted('read')) >= GetOpportunity + ListOpportunities);

    // The old one is replaced: the next one has everything, without it.
    old.child.kill('SIGTERM');
    expect((await old.exited).code).toBe(0);
    expect(await isWhole(next)).toBe(true);
    expect(await ask(next, patch('lifeCycle: { nextSteps: "Alone" }'))).toEqual(changed);
    next.child.kill('SIGTERM');
    expect((await next.exited).code).toBe(0);
  });
});
