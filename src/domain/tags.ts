/** The tags of AWS's resources. */
import type { Violation } from './violation.ts';

type Tag = { key: string; value: string };
/** A tag as AWS returns it. */
type Stored = { key?: string | null | undefined; value?: string | null | undefined };

/** The beginning of the keys that AWS itself sets (AWS Tag Editor guide, naming limits); no one else can remove them. */
const ofAws = 'aws:';

/** The calls that turn some tags into others: tags to set, keys to remove. */
export function tagChanges(
  current: readonly Stored[],
  target: readonly Tag[],
): { set: Tag[]; remove: string[]; result: Stored[] } {
  const values = new Map(current.map(({ key, value }) => [key, value]));
  const keys = new Set<unknown>(target.map(({ key }) => key));
  const others = current.filter(({ key }) => !keys.has(key));
  const kept = others.filter(({ key }) => key?.startsWith(ofAws));
  return {
    set: target.filter(({ key, value }) => values.get(key) !== value),
    remove: others.flatMap(({ key }) => (key && !key.startsWith(ofAws) ? [key] : [])),
    result: [...kept, ...target],
  };
}

/** What is wrong with a list of tags as a whole: keys that are given twice, and those that only AWS sets. */
export function checkTags(tags: readonly Tag[]): Violation[] {
  return tags.flatMap(({ key }, index) => {
    const isRepeated = tags.findIndex((one) => one.key === key) < index;
    if (!isRepeated && !key.startsWith(ofAws)) return [];
    const message = isRepeated
      ? `Tag ${key} is given more than once.`
      : `Only AWS sets tags that begin with ${ofAws}.`;
    return [{ path: ['tags', String(index), 'key'], field: 'tags.key', code: 'INVALID_VALUE', message }];
  });
}
