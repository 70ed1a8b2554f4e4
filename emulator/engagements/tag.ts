import { opportunityArn } from '../arns.ts';
import { businessInvalid, notFound } from '../errors.ts';
import { asObject, type Json } from '../json.ts';
import type { PartnerState } from '../state.ts';
import type { Tag } from './model.ts';

/** AWS: the data model. */
const maxTags = 200;

/** The tags of a resource, in the order in which they were added. */
export const tagsOf = ({ engagements }: PartnerState, arn: string): Tag[] => engagements.tags.get(arn) ?? [];

/** Adds tags, or replaces the values of those that a resource has. Tags do not move the date of an opportunity. */
export function addTags(state: PartnerState, arn: string, added: Json | undefined): void {
  const tags = (Array.isArray(added) ? added : []).map((tag): Tag => {
    const { Key, Value } = asObject(tag);
    return { Key: String(Key), Value: String(Value) };
  });
  const byKey = new Map([...tagsOf(state, arn), ...tags].map((tag) => [tag.Key, tag]));
  if (byKey.size > maxTags)
    throw businessInvalid([
      {
        code: 'TOO_MANY_VALUES',
        field: 'tags',
        message: `A resource can have ${maxTags} tags, not ${byKey.size}`,
      },
    ]);
  if (byKey.size > 0) state.engagements.tags.set(arn, [...byKey.values()]);
}

/** Adds the tags of a task to what it has made: it is not documented what they end up on. */
export function attachTags(state: PartnerState, arn: string, tags: Json | undefined): void {
  if (state.settings.taskTags === 'attach') addTags(state, arn, tags);
}

/** Removes tags by their keys; unknown keys are not an error. */
export function removeTags(state: PartnerState, arn: string, keys: readonly Json[]): void {
  state.engagements.tags.set(
    arn,
    tagsOf(state, arn).filter(({ Key }) => !keys.includes(Key)),
  );
}

/** @throws ApiError unless an ARN is that of an opportunity or a snapshot job of the calling account */
export function assertTaggable({ accountId, store, engagements }: PartnerState, arn: string): void {
  const [, catalog = '', type, id = ''] = arn.split(':').at(-1)?.split('/') ?? [];
  const isOpportunity =
    type === 'opportunity' && arn === opportunityArn(accountId, catalog, id) && store.get(catalog, id);
  const job = type === 'resource-snapshot-job' ? engagements.jobs.get(id) : undefined;
  if (!isOpportunity && !(job?.owner === accountId && job.Arn === arn)) throw notFound(arn);
}
