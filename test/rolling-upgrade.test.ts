/**
 * Replicas of two releases on one Redis. The fixture is what the first release sends to the others, and is never changed: with
 * another form, raise the number of the format, and freeze its messages in a fixture of their own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { createReplication, type ReplicaMessage } from '../src/records/replication.ts';
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
});
