/** The file of JOBS_FILE: who may read and open it, and what happens when it cannot be used. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/jobs/sqlite-file.ts';
import { openSqliteStores } from '../../src/jobs/sqlite-store.ts';
import { StoreUnavailable } from '../../src/jobs/store.ts';
import { fakeClock } from '../clock.ts';
import { startProgram } from '../program.ts';
import { stoppedCalendar, temporaryFolder } from './stores.ts';

function open(file: string, { clock } = fakeClock(), calendar = stoppedCalendar()) {
  const { storeOf, close } = openSqliteStores({ file, clock, now: calendar.now });
  return { ...storeOf('main:Sandbox'), close };
}

describe('the file of JOBS_FILE', () => {
  test('the file and its log are readable by their owner alone, also if the file was there before', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file, '', { mode: 0o644 });
    const store = open(folder.file);
    await store.write([{ key: 'job/1', value: '{}' }]);
    for (const name of [folder.file, `${folder.file}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    store.close();
  });

  test('a second opener is refused while the first one is there, in a sentence that names JOBS_FILE', () => {
    using folder = temporaryFolder();
    const store = open(folder.file);
    expect(() => open(folder.file)).toThrow(
      `JOBS_FILE: ${folder.file} cannot be used: another process uses it.`,
    );
    store.close();
    open(folder.file).close();
  });

  test('a second process exits with that sentence alone, and starts once the first one was killed', async () => {
    using folder = temporaryFolder();
    const env = { JOBS_FILE: folder.file };
    const first = startProgram(env);
    await first.banner;
    const { code, err } = await startProgram(env).exited;
    expect([code, err]).toEqual([1, `JOBS_FILE: ${folder.file} cannot be used: another process uses it.\n`]);
    first.child.kill('SIGKILL');
    await first.exited;
    const third = startProgram(env);
    await third.banner;
    third.child.kill('SIGKILL');
    await third.exited;
  });

  test.each([
    ['no database', (file: string) => writeFileSync(file, 'Dear diary, '.repeat(100)), 'is not a file of'],
    [
      "another program's database",
      (file: string) => {
        const db = new DatabaseSync(file);
        db.exec('CREATE TABLE bookmarks (url TEXT)');
        db.close();
      },
      'is not a file of this program',
    ],
    [
      "a later release's",
      (file: string) => {
        open(file).close();
        const db = new DatabaseSync(file);
        db.exec('PRAGMA user_version = 99');
        db.close();
      },
      'was written by a later release (format 99, this one supports 1)',
    ],
    [
      'damaged',
      (file: string) => {
        open(file).close();
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.fill(0xff, 4_096, bytes.length));
      },
      'is damaged',
    ],
  ])('a file that is %s is refused', (_what, make, reason) => {
    using folder = temporaryFolder();
    make(folder.file);
    expect(() => open(folder.file)).toThrow(reason);
    expect(() => open(folder.file)).toThrow(`JOBS_FILE: ${folder.file}`);
  });

  test('a folder that is not there, and a folder in place of a file, are refused', () => {
    using folder = temporaryFolder();
    const missing = join(dirname(folder.file), 'missing', 'jobs.sqlite');
    expect(() => open(missing)).toThrow(`JOBS_FILE: ${missing} cannot be used: ENOENT.`);
    expect(() => open(dirname(folder.file))).toThrow('cannot be used: EISDIR.');
  });
});

describe('a store in a file', () => {
  test('a full disk is JOBS_UNAVAILABLE, leaves nothing half done, and does not outlast its cause', async () => {
    using folder = temporaryFolder();
    const { clock } = fakeClock();
    const { db, transact, close } = openSqlite({ file: folder.file, clock, now: stoppedCalendar().now });
    const put = db.prepare('INSERT INTO rows (account, key, version, value) VALUES (?, ?, 1, ?)');
    const write = () =>
      transact(() => {
        put.run('main:Sandbox', 'item/1', 'small');
        put.run('main:Sandbox', 'item/2', 'x'.repeat(1_000_000));
      });
    const count = () => db.prepare('SELECT count(*) AS rows FROM rows').get()?.rows;
    // SQLite's own limit of a file, which it reports as a full disk.
    db.exec('PRAGMA max_page_count = 50');
    expect(write).toThrow(StoreUnavailable);
    expect(write).toThrow('The file of JOBS_FILE cannot be used: the disk is full.');
    expect(count()).toBe(0);
    db.exec('PRAGMA max_page_count = 1000000');
    write();
    expect(count()).toBe(2);
    close();
  });

  test('rows that have expired leave the file by themselves, some at a time, and the file shrinks', async () => {
    using folder = temporaryFolder();
    const time = fakeClock();
    const calendar = stoppedCalendar();
    const store = open(folder.file, time, calendar);
    const value = 'A customer '.repeat(1_000);
    const expiresAt = calendar.now() + 1_000;
    const rows = Array.from({ length: 1_200 }, (_, index) => ({ key: `item/${index}`, value, expiresAt }));
    await store.write(rows);
    await store.write([{ key: 'job/1', value: '"kept"' }]);
    calendar.pass(1_000);
    expect(await store.scan('item/', { limit: 1 })).toEqual([]);
    for (let sweeps = 0; sweeps < 20; sweeps++) time.runNext();
    store.close();
    expect(statSync(folder.file).size).toBeLessThan(1_000_000);
    expect(readFileSync(folder.file).includes('A customer')).toBe(false);
    const again = open(folder.file);
    expect(await again.read(['job/1'])).toMatchObject([{ value: '"kept"' }]);
    again.close();
  });
});
