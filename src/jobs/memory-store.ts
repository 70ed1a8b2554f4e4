/** A store in memory: its rows end with the process. */
import type { JobStore, Row, RowWrite } from './store.ts';

type Stored = Row & { expiresAt: number };

/** Where a key is in a sorted list, or would be. */
function placeOf(key: string, sorted: readonly string[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param now the present instant, in milliseconds since 1970 */
export function createMemoryStore(now: () => number): JobStore {
  const rows = new Map<string, Stored>();
  /** The keys of the rows in their order, so that a page of a long job does not sort all of them. */
  const order: string[] = [];

  function remove(key: string): void {
    if (rows.delete(key)) order.splice(placeOf(key, order), 1);
  }

  function find(key: string): Stored | undefined {
    const row = rows.get(key);
    if (!row || row.expiresAt > now()) return row;
    remove(key);
    return undefined;
  }

  function put({ key, value, expiresAt = Number.POSITIVE_INFINITY }: RowWrite): void {
    if (value === undefined) {
      remove(key);
      return;
    }
    const version = (find(key)?.version ?? 0) + 1;
    if (version === 1) order.splice(placeOf(key, order), 0, key);
    rows.set(key, { key, value, version, expiresAt });
  }

  /** The keys with a prefix after another one, in their order or against it. */
  function* keysAfter(prefix: string, after: string | undefined, isReversed: boolean): Generator<string> {
    // Keys are printable ASCII, so that `\x7f` comes after all of them.
    let place = isReversed
      ? placeOf(after !== undefined && after < `${prefix}\x7f` ? after : `${prefix}\x7f`, order) - 1
      : placeOf(after !== undefined && after >= prefix ? `${after}\x00` : prefix, order);
    for (let key = order[place]; key?.startsWith(prefix); key = order[place]) {
      yield key;
      // An expired row has been removed meanwhile, and the next one is in its place.
      if (isReversed) place -= 1;
      else if (order[place] === key) place += 1;
    }
  }

  return {
    async read(keys) {
      return keys.map(find);
    },
    async scan(prefix, { limit, after, isReversed = false }) {
      const found: Row[] = [];
      for (const key of keysAfter(prefix, after, isReversed)) {
        const row = find(key);
        if (row) found.push(row);
        if (found.length === limit) break;
      }
      return found;
    },
    async write(writes) {
      const isCurrent = ({ key, ifVersion }: RowWrite) =>
        ifVersion === undefined || (find(key)?.version ?? 0) === ifVersion;
      if (!writes.every(isCurrent)) return false;
      writes.forEach(put);
      return true;
    },
  };
}
