/** Bulk jobs whose store fails while they are carried out: nothing is half done, they wait, and go on when it is back. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { createClient } from 'redis';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import {
  call,
  clientOf,
  createSurely,
  editableIds,
  nextSteps,
  operation,
  readJob,
  untilJob,
  updatesIn,
} from './bulk-kit.ts';
import { temporaryFolder } from './jobs/stores.ts';
import { type Data, emulatorControl, gatewayOn, type TestGateway } from './kit.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { eventStream } from './streams.ts';
import { type StoppedTime, stopTime } from './time.ts';
import { until } from './until.ts';

/** The open database of the latest gateway with a file. */
const opened = vi.hoisted(() => ({ db: undefined as DatabaseSync | undefined }));
vi.mock('../src/jobs/sqlite-file.ts', async (original) => {
  const module = await original<typeof import('../src/jobs/sqlite-file.ts')>();
  return {
    openSqlite(options: Parameters<typeof module.openSqlite>[0]) {
      const file = module.openSqlite(options);
      opened.db = file.db;
      return file;
    },
  };
});

function stopDay(): StoppedTime {
  const time = stopTime();
  vi.spyOn(Date, 'now').mockImplementation(time.date);
  return time;
}
afterEach(() => void vi.restoreAllMocks());

const updates = (ids: readonly string[], text: string) => ids.map((id) => ({ id, patch: nextSteps(text) }));

const onceEach = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 1]));

const logLines = ({ logged }: TestGateway, message: string): Data[] =>
  logged.filter((line) => line.includes(message)).map((line) => JSON.parse(line));

describe('a bulk job in a file', () => {
  test.each([
    ['cannot be written', 'PRAGMA query_only = 1', 'PRAGMA query_only = 0', 'it cannot be written'],
    ['is full', 'PRAGMA max_page_count = 1', 'PRAGMA max_page_count = 1000000', 'the disk is full'],
  ])(
    'a job waits for its store when the file %s, reports that, and goes on afterwards without doing anything twice',
    async (_what, fail, repair, reason) => {
      using folder = temporaryFolder();
      using time = stopDay();
      const emulator = await startEmulator();
      const control = emulatorControl(emulator.url);
      await using gw = await gatewayOn(emulator.url, { JOBS_FILE: folder.file });
      const client = clientOf(gw.url);
      const ids = await time.until(editableIds(client, 12));
      await control.hold('UpdateOpportunity', 3);
      const { job } = await call(client, 'bulkUpdateOpportunities', { items: updates(ids, 'Stored') });
      await control.untilHeld(3);
      const query = `subscription { bulkJobProgress(id: "${job.id}") { waitingFor } }`;
      const stream = await eventStream(gw.url, { query });
      opened.db?.exec(fail);
      await control.release();
      await time.advance(12_000);
      const waiting = await readJob(client, job.id);
      await time.advance(30_000);
      const { data, errors } = await client.query(operation('bulkUpdateOpportunities'), {
        input: { items: [...updates(ids, 'Other'), ...updates(ids, 'Another')] },
      });
      const file = await fetch(new URL('/bulk/update', gw.url), {
        method: 'POST',
        headers: { 'content-type': 'application/jsonl' },
        body: [...updates(ids, 'Other'), ...updates(ids, 'Another')]
          .map((one) => JSON.stringify(one))
          .join('\n'),
      });
      opened.db?.exec(repair);
      await time.advance(60_000);
      const ended = await readJob(client, job.id);
      const seen = [];
      for (let event = await stream.next(); event && event.event !== 'complete'; event = await stream.next())
        seen.push(event.data.data.bulkJobProgress.waitingFor);

      expect(waiting).toMatchObject({ status: 'RUNNING', waitingFor: 'STORE', failed: 0 });
      expect(data.bulkUpdateOpportunities).toBeNull();
      expect(errors?.[0]).toMatchObject({
        message: `The file of JOBS_FILE cannot be used: ${reason}.`,
        extensions: { code: 'JOBS_UNAVAILABLE' },
      });
      expect([file.status, await file.json()]).toMatchObject([
        503,
        { errors: [{ message: expect.stringContaining(reason), extensions: { code: 'JOBS_UNAVAILABLE' } }] },
      ]);
      expect(ended).toMatchObject({ status: 'DONE', waitingFor: null, done: 12, failed: 0, skipped: 0 });
      expect(seen).toContain('STORE');
      expect(seen.at(-1)).toBeNull();
      expect(updatesIn(await control.log())).toEqual(onceEach(ids));
      expect(logLines(gw, 'jobs store failed')).toMatchObject([{ reason: expect.stringContaining(reason) }]);
      expect(logLines(gw, 'jobs store available again')).toHaveLength(1);
      expect(logLines(gw, 'job failed')).toEqual([]);
      await emulator.stop();
    },
  );
});

test('a damaged file fails no item, and a copy of it that is older goes on without doing anything twice', async () => {
  using folder = temporaryFolder();
  const copy = `${folder.file}.copy`;
  const emulator = await startEmulator();
  const control = emulatorControl(emulator.url);
  const env = { JOBS_FILE: folder.file };
  let id = '';
  let ids: string[] = [];
  {
    await using gw = await gatewayOn(emulator.url, env);
    const client = clientOf(gw.url);
    ids = await editableIds(client, 40);
    const { job } = await call(client, 'bulkUpdateOpportunities', { items: updates(ids, 'Restored') });
    id = job.id;
    await call(client, 'pauseBulkJob', { id });
  }
  copyFileSync(folder.file, copy);
  {
    await using gw = await gatewayOn(emulator.url, env);
    const client = clientOf(gw.url);
    await control.hold('UpdateOpportunity', 3);
    await call(client, 'resumeBulkJob', { id });
    await control.untilHeld(3);
    opened.db?.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = 1; PRAGMA shrink_memory');
    const bytes = readFileSync(folder.file);
    writeFileSync(folder.file, bytes.fill(0xff, 4_096));
    await control.release();
    await until(() => logLines(gw, 'jobs store failed').length > 0);
    const { errors } = await client.query(`{ bulkJob(id: "${id}") { status } }`);
    expect(errors?.[0]).toMatchObject({
      message: 'The file of JOBS_FILE cannot be used: it is damaged: restore a copy, or remove it.',
      extensions: { code: 'JOBS_UNAVAILABLE' },
    });
  }
  await expect(gatewayOn(emulator.url, env)).rejects.toThrow('is damaged; restore a copy, or remove it');
  copyFileSync(copy, folder.file);
  await using gw = await gatewayOn(emulator.url, env);
  const client = clientOf(gw.url);
  await call(client, 'resumeBulkJob', { id });
  expect(await untilJob(client, id)).toMatchObject({ status: 'DONE', total: 40, failed: 0 });
  expect(updatesIn(await control.log())).toEqual(onceEach(ids));
  await emulator.stop();
});

describe.runIf(hasRedis)('a bulk job in Redis', () => {
  test('a job waits for its store while Redis has no memory left, and goes on without doing anything twice', async () => {
    const redis = await startRedis(await freePort());
    const emulator = await startEmulator();
    const control = emulatorControl(emulator.url);
    await using gw = await gatewayOn(emulator.url, { REDIS_URL: redis.url });
    const client = clientOf(gw.url);
    const ids = await editableIds(client, 6);
    await control.hold('UpdateOpportunity', 3);
    const job = await createSurely(client, updates(ids, 'Stored'));
    await control.untilHeld(3);
    const server = await createClient({ url: redis.url }).connect();
    await server.configSet('maxmemory', '1');
    await control.release();
    expect(await untilJob(client, job.id, ({ waitingFor }) => waitingFor === 'STORE')).toMatchObject({
      status: 'RUNNING',
      failed: 0,
    });
    await server.configSet('maxmemory', '0');
    server.destroy();
    expect(await untilJob(client, job.id)).toMatchObject({ status: 'DONE', done: 6, failed: 0, skipped: 0 });
    expect(updatesIn(await control.log())).toEqual(onceEach(ids));
    expect(logLines(gw, 'jobs store failed')).toMatchObject([
      { reason: 'Redis, which has the state of jobs, has no memory left (maxmemory).' },
    ]);
    await redis.kill();
    await emulator.stop();
  });

  test('a job waits while Redis is away, and goes on without doing anything twice', async () => {
    using folder = temporaryFolder();
    const [port, durable] = [await freePort(), dirname(folder.file)];
    let redis = await startRedis(port, durable);
    const emulator = await startEmulator();
    const control = emulatorControl(emulator.url);
    await using gw = await gatewayOn(emulator.url, { REDIS_URL: redis.url });
    const client = clientOf(gw.url);
    const ids = await editableIds(client, 6);
    await control.hold('UpdateOpportunity', 3);
    const job = await createSurely(client, updates(ids, 'Away'));
    await control.untilHeld(3);
    await redis.kill();
    await control.release();
    const status = `{ bulkJob(id: "${job.id}") { status } }`;
    const { errors } = await client.query(status);
    expect(errors?.[0]?.extensions.code).toBe('JOBS_UNAVAILABLE');
    await until(() => logLines(gw, 'jobs store failed').length > 0);
    redis = await startRedis(port, durable);
    await until(async () => !(await client.query(status)).errors);
    expect(await untilJob(client, job.id)).toMatchObject({ status: 'DONE', done: 6, failed: 0, skipped: 0 });
    expect(updatesIn(await control.log())).toEqual(onceEach(ids));
    await redis.kill();
    await emulator.stop();
  });
});
if (!hasRedis) test.skip(`a bulk job in Redis (${redisMissing})`);
