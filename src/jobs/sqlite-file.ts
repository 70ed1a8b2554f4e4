/** The file of the SQLite store: opened by one process, checked to be ours, and its errors in the store's words. */
import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { ConfigError } from '../config.ts';
import { StoreUnavailable } from './store.ts';

/** Marks a file as ours: "PCGQ". */
const applicationId = 0x50_43_47_51;
/** Raise it with every change of the tables or of what the rows contain. */
const formatVersion = 1;

/** Earlier ones can corrupt a file with a write-ahead log. */
const minSqlite = [3, 51, 3] as const;

/** The write-ahead log is cut to this size after a checkpoint. */
const maxLogBytes = 16_000_000;

/**
 * `key` has no index of its own: the unique constraint orders an account's rows by it. `synchronous` makes sure that what
 * was written before a call to AWS is on the disk, even if the machine loses its power.
 */
const tables = `
  CREATE TABLE rows (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER,
    UNIQUE (account, key)
  ) STRICT;
  CREATE INDEX rows_by_expiry ON rows (expires_at) WHERE expires_at IS NOT NULL;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${formatVersion};
`;

export type SqliteOptions = {
  file: string;
  /** The present instant, in milliseconds since 1970. */
  now(): number;
  clock: Pick<Clock, 'setTimer'>;
};

export type SqliteFile = {
  db: DatabaseSync;
  /** Runs statements. @throws StoreUnavailable */
  run<T>(statements: () => T): T;
  /** Runs statements as a whole or not at all. @throws StoreUnavailable */
  transact<T>(statements: () => T): T;
  close(): void;
};

/** SQLite's primary result codes, for which there is more to say than "failed". */
const reasons: Readonly<Record<number, string>> = {
  5: 'another process uses it',
  8: 'it cannot be written',
  10: 'the disk fails',
  11: 'it is damaged: restore a copy, or remove it',
  13: 'the disk is full',
  14: 'it cannot be opened',
  26: 'it is not a file of this program',
};

/** Why SQLite or the file system failed, without anything from the rows. */
function reasonOf(error: unknown): string {
  const { errcode = 0, code = '' } = error as { errcode?: number; code?: string };
  // The low byte of an extended code is its primary code.
  return reasons[errcode & 0xff] ?? (errcode ? `SQLite failed with code ${errcode}` : code);
}

/** @throws Error if this Node has a SQLite that can corrupt the file */
function assertVersion(): void {
  const got = String(process.versions.sqlite).split('.').map(Number);
  const difference = minSqlite.map((part, index) => (got[index] ?? 0) - part).find(Boolean) ?? 0;
  if (difference < 0)
    throw new ConfigError(
      `JOBS_FILE: needs SQLite ${minSqlite.join('.')} or later, and this Node.js has ${process.versions.sqlite}.`,
    );
}

const pragma = (db: DatabaseSync, name: string): number =>
  Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);

/** Locks the file until the process ends, and creates its tables. */
function prepare(db: DatabaseSync, file: string): void {
  // In this order: the lock is for the whole life of the connection, and files shrink only if they are created so.
  db.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA secure_delete = ON;
    PRAGMA synchronous = FULL;
  `);
  db.exec('BEGIN EXCLUSIVE');
  const isNew = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  const found = pragma(db, 'user_version');
  if (!isNew && pragma(db, 'application_id') !== applicationId)
    throw new ConfigError(`JOBS_FILE: ${file} is not a file of this program; name another one.`);
  if (found > formatVersion)
    throw new ConfigError(
      `JOBS_FILE: ${file} was written by a later release (format ${found}, this one supports ${formatVersion}); run that one.`,
    );
  if (isNew) db.exec(tables);
  db.exec('COMMIT');
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = ${maxLogBytes}`);
  if (db.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok')
    throw new ConfigError(`JOBS_FILE: ${file} is damaged; restore a copy, or remove it.`);
}

/**
 * Opens a file, and creates it if there is none. Only its owner can read it.
 *
 * @throws ConfigError if it cannot be used
 */
export function openSqlite({ file }: SqliteOptions): SqliteFile {
  assertVersion();
  let db: DatabaseSync | undefined;
  try {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    db = new DatabaseSync(file);
    prepare(db, file);
  } catch (error) {
    db?.close();
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`JOBS_FILE: ${file} cannot be used: ${reasonOf(error)}.`);
  }
  return { db, ...guarded(db), close: () => db.close() };
}

/** Runs statements so that their errors are the store's, and no transaction stays open. */
function guarded(db: DatabaseSync): Pick<SqliteFile, 'run' | 'transact'> {
  function run<T>(statements: () => T): T {
    try {
      return statements();
    } catch (error) {
      throw new StoreUnavailable(`The file of JOBS_FILE cannot be used: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
  }
  return {
    run,
    transact: (statements) =>
      run(() => {
        db.exec('BEGIN IMMEDIATE');
        try {
          const result = statements();
          db.exec('COMMIT');
          return result;
        } catch (error) {
          // SQLite has rolled back by itself after some errors, such as a full disk.
          if (db.isTransaction) db.exec('ROLLBACK');
          throw error;
        }
      }),
  };
}
