/** Records whose selected fields depend on nothing but the record: each is written once, and its JSON cached. */
import type { UnknownEnumValue } from '../open-enums.ts';
import { checked, giveUp } from './give-up.ts';
import type { CachedJson } from './json-cache.ts';
import type { Write } from './leaves.ts';
import type { Plan } from './position.ts';
import { keysOf, whenSettled } from './run.ts';

/** A value with its path within the record. */
const within = ({ path, ...value }: UnknownEnumValue): UnknownEnumValue => ({
  ...value,
  path: path.slice(1),
});

/** @param write writes a record that has not been written yet, in a turn of the event loop that has room for it */
export function cachedPlan(write: Write): Plan {
  const selection = {};
  return (value, prev, key, run) => {
    const record = checked(value) as object;
    if (typeof record !== 'object') return giveUp('value');
    const place = { prev, key, typename: undefined };
    function note(json: CachedJson): CachedJson {
      for (const { path, ...one } of json.unknown)
        run.unknown.push({ path: [...keysOf(place), ...path], ...one });
      return json;
    }
    function writeNow(): CachedJson {
      const unknown: UnknownEnumValue[] = [];
      const text = write(record, undefined, key, unknown);
      return note(run.cache.put(record, selection, text, unknown.map(within)));
    }
    const cached = run.cache.get(record, selection);
    if (cached) return note(cached);
    const turn = run.takeTurn();
    return turn ? whenSettled(turn, run, writeNow) : writeNow();
  };
}
