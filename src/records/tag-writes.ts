/** Writes of tags. */
import type DataLoader from 'dataloader';
import { tagChanges } from '../domain/tags.ts';
import { inParts } from './batches.ts';
import type { RequestScope } from './in-flight.ts';
import { listTags, type Tags } from './tags.ts';
import type { TimedCache } from './timed-cache.ts';
import type { Writer } from './writer.ts';

/** The most keys that one call removes (API reference). */
const keysPerCall = 50;

type TagWriteTools = {
  scope: RequestScope;
  cache: TimedCache<Tags>;
  write: Writer['write'];
  loader: DataLoader<string, Tags>;
};

/**
 * Makes the tags of a resource be these. What is right already is not sent, so it can be repeated after any failure.
 *
 * @returns whether anything was changed
 * @throws Fault
 */
export async function setTags(
  resourceArn: string,
  target: Parameters<typeof tagChanges>[1],
  { scope, cache, write, loader }: TagWriteTools,
): Promise<boolean> {
  const { set, remove, result } = tagChanges(await listTags(resourceArn, scope), target);
  try {
    if (set.length > 0) await write('TagResource', { resourceArn, tags: set });
    for (const tagKeys of inParts(remove, keysPerCall))
      await write('UntagResource', { resourceArn, tagKeys });
  } finally {
    cache.drop(resourceArn);
    loader.clear(resourceArn);
  }
  cache.put(resourceArn, result);
  return set.length > 0 || remove.length > 0;
}
