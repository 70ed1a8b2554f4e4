/** AWS's lists that can be filtered by one id or not at all, such as that of associations. */
import { type BatchLoader, createBatchLoader } from './batches.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { readThrough, type TimedCache } from './timed-cache.ts';

/** The key of the whole list in its cache; the others are ids. */
const all = 'all';

export type OneOrAllTools<Index extends object, Value> = {
  /** The operation. */
  name: string;
  scope: RequestScope;
  coalescer: Coalescer;
  cache: TimedCache<Index>;
  /** Reads the part of the list for an id, or the whole list. */
  list(id: string | undefined, scope: Pick<RequestScope, 'send'>): Promise<Index>;
  pick(index: Index, id: string): Value;
};

/** A loader that reads the part for an id if that is asked for alone, and otherwise the whole list, once for all of them. */
export function createOneOrAllLoader<Index extends object, Value>({
  name,
  scope,
  coalescer,
  cache,
  list,
  pick,
}: OneOrAllTools<Index, Value>): BatchLoader<Value> {
  return createBatchLoader(async (ids) => {
    const [first] = ids;
    const isAlone = ids.length === 1 && (scope.request.isUncached || !cache.get(all));
    const key = isAlone && first ? first : all;
    const index = await readThrough(cache, { name, key }, { scope, coalescer }, (send) =>
      list(key === all ? undefined : key, { send }),
    );
    return ids.map((id) => pick(index, id));
  });
}
