/** A store in memory: its rows end with the process. */
import type { JobStore, Row, RowWrite } from './store.ts';

type Stored = Row & { expiresAt: number };

/** @param now the present instant, in milliseconds since 1970 */
export function createMemoryStore(now: () => number): JobStore {
  const rows = new Map<string, Stored>();

  function find(key: string): Stored | undefined {
    const row = rows.get(key);
    if (!row || row.expiresAt > now()) return row;
    rows.delete(key);
    return undefined;
  }

  function put({ key, value, expiresAt = Number.POSITIVE_INFINITY }: RowWrite): void {
    if (value === undefined) rows.delete(key);
    else rows.set(key, { key, value, version: (find(key)?.version ?? 0) + 1, expiresAt });
  }

  return {
    async read(keys) {
      return keys.map(find);
    },
    async scan(prefix, { limit, after, isReversed = false }) {
      const keys = [...rows.keys()].filter((key) => key.startsWith(prefix) && find(key)).sort();
      if (isReversed) keys.reverse();
      const isLater = (key: string) => after === undefined || (isReversed ? key < after : key > after);
      return keys
        .filter(isLater)
        .slice(0, limit)
        .flatMap((key) => find(key) ?? []);
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
