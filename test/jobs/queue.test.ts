/** One and the same suite for the queue of one process and for that of replicas. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createLocalQueue } from '../../src/jobs/local-queue.ts';
import type { JobQueue } from '../../src/jobs/queue.ts';
import { createRedisQueue } from '../../src/jobs/redis-queue.ts';
import { StoreUnavailable } from '../../src/jobs/store.ts';
import { freePort, hasRedis, redisMissing, startRedis } from '../redis.ts';
import { until } from '../until.ts';

const log = { error() {} };
const name = 'partner-central-graphql:main:Sandbox';
const leaseMs = 1_000;
let redis: Awaited<ReturnType<typeof startRedis>>;
let kinds = 0;
beforeAll(async () => {
  if (hasRedis) redis = await startRedis(await freePort());
});
afterAll(() => redis?.kill());

const openInRedis = (kind = `kind-${++kinds}`, url = redis.url): JobQueue =>
  createRedisQueue({ url, name, kind, leaseMs, clock: systemClock, log });

/** Adds work to a queue that may still be connecting, on a machine that has other things to do. */
const added = (queue: JobQueue, id: string) =>
  until(() =>
    queue.add(id).then(
      () => true,
      () => false,
    ),
  );

/** Work that ends when the test ends it. */
function createWork() {
  const began: string[] = [];
  const open: { id: string; signal: AbortSignal; end(): void; fail(): void }[] = [];
  return {
    began,
    open,
    carryOut(id: string, signal: AbortSignal): Promise<void> {
      began.push(id);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      open.push({ id, signal, end: resolve, fail: () => reject(new Error('It failed.')) });
      return promise;
    },
    /** Resolves when so many pieces of work have begun. */
    untilBegun: (count: number) => until(() => began.length >= count),
  };
}

const queues: [name: string, open: () => JobQueue][] = [
  ['of one process', () => createLocalQueue({ clock: systemClock, log })],
];
if (hasRedis) queues.push(['in Redis', openInRedis]);
else test.skip(`a queue in Redis (${redisMissing})`);

describe.each(queues)('a queue %s', (_name, open) => {
  test('carries out once what is added twice before it begins', async () => {
    const queue = open();
    const work = createWork();
    for (const id of ['bulk-1', 'bulk-2', 'bulk-1']) await added(queue, id);
    queue.start(async (id) => void work.began.push(id));
    await work.untilBegun(2);
    await added(queue, 'bulk-3');
    await work.untilBegun(3);
    expect(work.began.toSorted()).toEqual(['bulk-1', 'bulk-2', 'bulk-3']);
    await queue.close();
  });

  test('carries out once more what is added while it is carried out, but never twice at a time', async () => {
    const queue = open();
    const work = createWork();
    queue.start(work.carryOut);
    await added(queue, 'bulk-1');
    await work.untilBegun(1);
    await added(queue, 'bulk-1');
    await added(queue, 'bulk-1');
    await added(queue, 'bulk-2');
    await work.untilBegun(2);
    expect(work.began).toEqual(['bulk-1', 'bulk-2']);
    work.open[0]?.end();
    await work.untilBegun(3);
    expect(work.began).toEqual(['bulk-1', 'bulk-2', 'bulk-1']);
    for (const { end } of work.open) end();
    await added(queue, 'bulk-3');
    await work.untilBegun(4);
    work.open[3]?.end();
    expect(work.began).toEqual(['bulk-1', 'bulk-2', 'bulk-1', 'bulk-3']);
    await queue.close();
  });

  test('carries out again what has failed', async () => {
    const queue = open();
    const work = createWork();
    queue.start(work.carryOut);
    await added(queue, 'bulk-1');
    await work.untilBegun(1);
    work.open[0]?.fail();
    await work.untilBegun(2);
    work.open[1]?.end();
    expect(work.began).toEqual(['bulk-1', 'bulk-1']);
    await queue.close();
  });

  test('carries out no more at a time than its concurrency', async () => {
    const queue = open();
    const work = createWork();
    for (const id of ['bulk-1', 'bulk-2', 'bulk-3']) await added(queue, id);
    queue.start(work.carryOut, { concurrency: 2 });
    await work.untilBegun(2);
    expect(work.open).toHaveLength(2);
    work.open[0]?.end();
    await work.untilBegun(3);
    for (const { end } of work.open) end();
    await queue.close();
  });

  test('aborts and waits for work in progress when it is closed, and begins nothing more', async () => {
    const queue = open();
    const work = createWork();
    await added(queue, 'bulk-1');
    await added(queue, 'bulk-2');
    queue.start(work.carryOut, { concurrency: 1 });
    await work.untilBegun(1);
    let isClosed = false;
    const closed = queue.close().then(() => {
      isClosed = true;
    });
    await until(() => work.open[0]?.signal.aborted === true);
    expect(isClosed).toBe(false);
    work.open[0]?.end();
    await closed;
    expect(work.began).toHaveLength(1);
  });
});

describe.runIf(hasRedis)('a queue in Redis among replicas', () => {
  test('hands over work in progress when a replica stops', async () => {
    const [one, two] = [openInRedis('handed-over'), openInRedis('handed-over')];
    const [first, second] = [createWork(), createWork()];
    await added(one, 'bulk-1');
    one.start(first.carryOut);
    await first.untilBegun(1);
    two.start(second.carryOut);
    const closed = one.close();
    await until(() => first.open[0]?.signal.aborted === true);
    first.open[0]?.end();
    await closed;
    await second.untilBegun(1);
    second.open[0]?.end();
    await two.close();
  });

  test('hands over what a process was at that was killed', async () => {
    const args = [redis.url, name, 'killed', `${leaseMs}`];
    const queue = openInRedis('killed');
    const work = createWork();
    await added(queue, 'bulk-1');
    // Twice, since a piece of work may be the death of one process after another.
    for (let kill = 0; kill < 2; kill++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), ...args]);
      expect(String((await once(child.stdout, 'data'))[0]).trim()).toBe('bulk-1');
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    queue.start(work.carryOut);
    await work.untilBegun(1);
    work.open[0]?.end();
    expect(work.began).toEqual(['bulk-1']);
    await queue.close();
  });

  test('works on after Redis has forgotten all scripts', async () => {
    const queue = openInRedis();
    const work = createWork();
    queue.start(async (id) => void work.began.push(id));
    await added(queue, 'bulk-1');
    await work.untilBegun(1);
    const client = await createClient({ url: redis.url }).connect();
    await client.scriptFlush();
    client.destroy();
    await added(queue, 'bulk-2');
    await work.untilBegun(2);
    await queue.close();
  });

  test('refuses work within seconds while Redis is away, and works on when it is back', async () => {
    const port = await freePort();
    let own = await startRedis(port);
    const queue = openInRedis('away', own.url);
    const work = createWork();
    queue.start(async (id) => void work.began.push(id));
    await added(queue, 'bulk-1');
    await work.untilBegun(1);
    await own.kill();
    await expect(queue.add('bulk-2')).rejects.toThrow(StoreUnavailable);
    own = await startRedis(port);
    await added(queue, 'bulk-3');
    await until(() => work.began.includes('bulk-3'));
    await queue.close();
    await own.kill();
  });
});
