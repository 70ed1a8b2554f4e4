/** The stores of what outlives a request, each with the same clock of a test: `await using opened = await open()`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { createMemoryStore } from '../../src/jobs/memory-store.ts';
import { openRedisStore } from '../../src/jobs/redis-store.ts';
import { openSqliteStores } from '../../src/jobs/sqlite-store.ts';
import type { OpenStore } from '../../src/jobs/store.ts';
import { fakeClock } from '../clock.ts';

/** A folder that is removed after the test. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  return {
    file: join(folder, 'jobs.sqlite'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A time of day that a test moves. */
export function stoppedCalendar() {
  let instant = Date.UTC(2026, 10, 26);
  return {
    now: () => instant,
    pass(ms: number): void {
      instant += ms;
    },
  };
}

export type TestStore = {
  store: OpenStore;
  now(): number;
  pass(ms: number): void;
  /** Closes the store and opens it again, for the same account or for another. */
  reopen(account?: string): Promise<OpenStore>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function openMemory(): Promise<TestStore> {
  const calendar = stoppedCalendar();
  const store = { ...createMemoryStore(calendar.now), close() {} };
  return { ...calendar, store, reopen: async () => store, async [Symbol.asyncDispose]() {} };
}

export async function openFile(): Promise<TestStore> {
  const folder = temporaryFolder();
  const calendar = stoppedCalendar();
  const open = (account = 'main:Sandbox') => {
    const { clock } = fakeClock();
    const { storeOf, close } = openSqliteStores({ file: folder.file, clock, now: calendar.now });
    return { ...storeOf(account), close };
  };
  let last = open();
  return {
    ...calendar,
    store: last,
    async reopen(account) {
      last.close();
      last = open(account);
      return last;
    },
    async [Symbol.asyncDispose]() {
      last.close();
      folder[Symbol.dispose]();
    },
  };
}

/** @param url of a Redis that is the test's own */
export async function openInRedis(url: string): Promise<TestStore> {
  const calendar = stoppedCalendar();
  const open = (account = 'main:Sandbox') =>
    openRedisStore({
      url,
      name: `partner-central-graphql:${account}`,
      now: calendar.now,
      clock: systemClock,
      log: { info() {}, warn() {} },
    });
  let last = open();
  return {
    ...calendar,
    store: last,
    async reopen(account) {
      last.close();
      last = open(account);
      return last;
    },
    async [Symbol.asyncDispose]() {
      for (const { key } of await last.scan('', { limit: 10_000 }))
        await last.write([{ key, value: undefined }]);
      last.close();
    },
  };
}
