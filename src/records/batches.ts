/** Batches of what the records of a page lead to. */
import DataLoader from 'dataloader';

/** A loader that takes the keys of all records of a page into one batch, and resolves each key on its own. */
export type BatchLoader<Value> = {
  load(key: string): Promise<Value>;
  clear(key: string): void;
  clearAll(): void;
};

/**
 * A loader whose batches wait until a turn of the event loop has added nothing: the records of a page are completed a
 * few per turn (`graphql/turns.ts`), and each batch is at least one call.
 */
export function createBatchLoader<Value>(
  read: (keys: readonly string[]) => Promise<ArrayLike<Value | Error>>,
): BatchLoader<Value> {
  let added = 0;
  function whenQuiet(dispatch: () => void): void {
    const before = added;
    // The first turn may already have begun.
    setImmediate(() => setImmediate(() => (added === before ? dispatch() : whenQuiet(dispatch))));
  }
  const loader = new DataLoader<string, Value>(read, { batchScheduleFn: whenQuiet });
  return {
    load(key) {
      added += 1;
      return loader.load(key);
    },
    clear: (key) => void loader.clear(key),
    clearAll: () => void loader.clearAll(),
  };
}

/** A list in parts of at most `size`. */
export const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
