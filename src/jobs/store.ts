/** Where the state of work is kept that outlives a request: rows with a key and a version. */
import { Fault } from '../fault.ts';

/** A stored row. */
export type Row = {
  key: string;
  /** 1 for a new row; every write raises it. */
  version: number;
  /** JSON text. */
  value: string;
};

/** One row to write. */
export type RowWrite = {
  key: string;
  /** JSON text; undefined deletes the row. */
  value: string | undefined;
  /** The version that the row has to have, 0 if there must be none. Without it, the stored row is replaced. */
  ifVersion?: number;
  /** The instant at which the row is deleted by itself, in milliseconds since 1970; without it, it stays. */
  expiresAt?: number;
};

/**
 * Rows of one account. Keys are printable ASCII with parts separated by `/`, such as `item/bulk-1/000042`, and are ordered
 * by their code units.
 *
 * Every function throws `StoreUnavailable` if the store does not answer or cannot write: nothing was written then, or, when
 * the answer was lost, everything. A caller that repeats a write with the same `ifVersion` finds out which.
 */
export type JobStore = {
  /** The rows of some keys, in the order of the keys; undefined for those that are not stored. */
  read(keys: readonly string[]): Promise<(Row | undefined)[]>;
  /**
   * The rows whose keys start with a prefix, in the order of their keys.
   *
   * @param after the key before the first one, of an earlier page
   */
  scan(
    prefix: string,
    page: { limit: number; after?: string | undefined; isReversed?: boolean },
  ): Promise<Row[]>;
  /**
   * Writes all rows or none.
   *
   * @returns false if a row had another version than `ifVersion`; nothing is written then
   */
  write(rows: readonly RowWrite[]): Promise<boolean>;
};

/** A store that holds a file or a connection. */
export type OpenStore = JobStore & { close(): void };

/** The store does not answer, is full, or is broken. Clients get its message, so that it has no key and no value. */
export class StoreUnavailable extends Fault {
  constructor(message: string, { cause }: { cause?: unknown } = {}) {
    super('JOBS_UNAVAILABLE', message, { cause, isTransient: true });
  }
}
