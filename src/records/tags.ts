/** The tags of opportunities, one opportunity to a call. */
import DataLoader from 'dataloader';
import type { WireTag } from '../upstream/wire.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { readThrough, type TimedCache } from './timed-cache.ts';

export type Tags = WireTag[];

type TagTools = { scope: RequestScope; coalescer: Coalescer; cache: TimedCache<Tags> };

/** The tags of a resource, from AWS. @throws Fault */
export async function listTags(resourceArn: string, { send }: Pick<RequestScope, 'send'>): Promise<Tags> {
  const { tags } = await send('ListTagsForResource', { resourceArn });
  return (tags ?? []).filter((tag) => tag !== null);
}

/** The tags of one request by the ARNs of what has them. */
export function createTagLoader(tools: TagTools): DataLoader<string, Tags> {
  const name = 'ListTagsForResource';
  const read = (arn: string) =>
    readThrough(tools.cache, { name, key: arn }, tools, (send) => listTags(arn, { send })).catch(
      (error: Error) => error,
    );
  return new DataLoader((arns) => Promise.all(arns.map(read)));
}
