/**
 * The stores of accounts in a file of SQLite, for one process.
 *
 * Statements are synchronous: they hold up the event loop, but for about as long as the disk takes to sync. So a write of
 * many rows is one transaction, and sweeps are short.
 */
import type { StatementSync } from 'node:sqlite';
import { openSqlite, type SqliteFile, type SqliteOptions } from './sqlite-file.ts';
import type { JobStore, Row, RowWrite } from './store.ts';

/** The rows that one statement of a sweep deletes, and the pause between sweeps. */
const sweep = { rows: 500, everyMs: 60_000 };

type Statements = Record<'read' | 'version' | 'put' | 'remove' | 'sweep' | 'shrink', StatementSync> & {
  scan: Record<'up' | 'down', StatementSync>;
};

function prepare({ db }: SqliteFile): Statements {
  const live = 'account = :account AND (expires_at IS NULL OR expires_at > :now)';
  const page = (isAfter: '>' | '<', order: 'ASC' | 'DESC') =>
    db.prepare(
      `SELECT key, version, value FROM rows
       WHERE ${live} AND key >= :from AND key < :to AND key ${isAfter} :after ORDER BY key ${order} LIMIT :limit`,
    );
  return {
    read: db.prepare(`SELECT key, version, value FROM rows WHERE ${live} AND key = :key`),
    version: db.prepare(`SELECT version FROM rows WHERE ${live} AND key = :key`),
    scan: { up: page('>', 'ASC'), down: page('<', 'DESC') },
    put: db.prepare(
      'INSERT OR REPLACE INTO rows (account, key, version, value, expires_at) VALUES (:account, :key, :version, :value, :expiresAt)',
    ),
    remove: db.prepare('DELETE FROM rows WHERE account = :account AND key = :key'),
    sweep: db.prepare(
      'DELETE FROM rows WHERE id IN (SELECT id FROM rows WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)',
    ),
    shrink: db.prepare('PRAGMA incremental_vacuum(500)'),
  };
}

/** The rows of one account. @param account its name and catalog, as part of every row's key */
function createStore(account: string, file: SqliteFile, statements: Statements, now: () => number): JobStore {
  const bound = (key: string) => ({ account, now: now(), key });

  function put({ key, value, expiresAt }: RowWrite): void {
    if (value === undefined) statements.remove.run({ account, key });
    else
      statements.put.run({
        account,
        key,
        version: versionOf(key) + 1,
        value,
        expiresAt: expiresAt ?? null,
      });
  }
  const versionOf = (key: string): number => Number(statements.version.get(bound(key))?.version ?? 0);
  const isCurrent = ({ key, ifVersion }: RowWrite) => ifVersion === undefined || versionOf(key) === ifVersion;

  return {
    async read(keys) {
      return file.run(() => keys.map((key) => statements.read.get(bound(key)) as Row | undefined));
    },
    async scan(prefix, { limit, after, isReversed = false }) {
      const { up, down } = statements.scan;
      // Keys are printable ASCII, so that `\x7f` comes after all of them.
      const range = { from: prefix, to: `${prefix}\x7f`, after: after ?? (isReversed ? '\x7f' : '') };
      const bindings = { account, now: now(), limit, ...range };
      return file.run(() => (isReversed ? down : up).all(bindings) as Row[]);
    },
    async write(rows) {
      return file.transact(() => {
        if (!rows.every(isCurrent)) return false;
        rows.forEach(put);
        return true;
      });
    },
  };
}

export type SqliteStores = {
  /** The rows of one account. @param account its name and catalog */
  storeOf(account: string): JobStore;
  close(): void;
};

/**
 * Opens the file, and creates it if there is none. It is locked until it is closed or the process ends.
 *
 * @throws ConfigError if the file cannot be used, in one sentence that names JOBS_FILE
 */
export function openSqliteStores(options: SqliteOptions): SqliteStores {
  const { now, clock } = options;
  const file = openSqlite(options);
  const statements = prepare(file);

  /** Deletes what has expired, a little at a time, so that no request waits for it. */
  function sweepOnce(): void {
    let isDone = true;
    try {
      const { changes } = file.transact(() => statements.sweep.run({ now: now(), limit: sweep.rows }));
      isDone = Number(changes) < sweep.rows;
      statements.shrink.all();
    } catch {
      // The next request reports it.
    }
    stopTimer = clock.setTimer(sweepOnce, isDone ? sweep.everyMs : 0);
  }
  let stopTimer = clock.setTimer(sweepOnce, 0);

  return {
    storeOf: (account) => createStore(account, file, statements, now),
    close() {
      stopTimer();
      file.close();
    },
  };
}
