import { addTags, assertTaggable, removeTags, tagsOf } from '../engagements/tag.ts';
import type { JsonObject } from '../json.ts';
import { emptyAnswer, type Operation } from '../operation.ts';
import { listTagsRequest, tagResourceRequest, untagResourceRequest } from '../shapes/engagement-requests.ts';
import type { PartnerState } from '../state.ts';

/** The ARN of a request, if it is of something that can be tagged. */
function taggableArn(input: JsonObject, state: PartnerState): string {
  const arn = String(input.ResourceArn);
  assertTaggable(state, arn);
  return arn;
}

export const tagResource: Operation = {
  request: tagResourceRequest,
  kind: 'write',
  run(input, state) {
    addTags(state, taggableArn(input, state), input.Tags);
    return emptyAnswer;
  },
};

export const untagResource: Operation = {
  request: untagResourceRequest,
  kind: 'write',
  run(input, state) {
    removeTags(state, taggableArn(input, state), Array.isArray(input.TagKeys) ? input.TagKeys : []);
    return emptyAnswer;
  },
};

/** Lists all tags of a resource; the list has no pages. */
export const listTagsForResource: Operation = {
  request: listTagsRequest,
  kind: 'read',
  run: (input, state) => ({ Tags: tagsOf(state, taggableArn(input, state)) }),
};
