import { ApiError, notFound } from '../errors.ts';
import { instant } from '../instant.ts';
import { asObject, asText, dig, isObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { nextModified } from '../records/dates.ts';
import { contractDuration, keptMembers, withHistory, writtenMembers } from '../records/write.ts';
import { holdToRules } from '../rules/business.ts';
import { updateOpportunityRequest } from '../shapes/requests.ts';

/**
 * Replaces a record whole: what the request leaves out is gone. Only what the service keeps itself, and the contract
 * duration, outlive an update that does not name them.
 */
export const updateOpportunity: Operation = {
  request: updateOpportunityRequest,
  writes: true,
  current: (input, { store }) => store.get(String(input.Catalog), String(input.Identifier)),
  run(input, { clock, store, settings }) {
    const id = String(input.Identifier);
    const before = store.get(String(input.Catalog), id);
    if (before === undefined) throw notFound(id);
    if (instant(String(input.LastModifiedDate)) !== instant(before.LastModifiedDate))
      throw new ApiError('ConflictException', 'Conflicting error, last modified date is not the latest');

    const after = writtenMembers(input);
    const kept = contractDuration(input, before);
    if (isObject(after.Project) || Object.keys(kept).length > 0)
      after.Project = { ...asObject(after.Project), ...kept };
    const status = asText(dig(before, 'LifeCycle', 'ReviewStatus'));
    if (settings.omittedReviewStatus === 'preserve' && status !== undefined)
      after.LifeCycle = { ReviewStatus: status, ...asObject(after.LifeCycle) };
    holdToRules({ before, after, now: clock.now(), settings });

    const LastModifiedDate = nextModified(clock.now(), before.LastModifiedDate, settings);
    const LifeCycle = withHistory(asObject(after.LifeCycle), before.LifeCycle, clock.now());
    store.put({ ...after, LifeCycle, ...keptMembers(before), LastModifiedDate });
    return { Id: id, LastModifiedDate };
  },
};
