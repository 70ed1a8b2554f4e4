import { saveOpportunity } from '../engagements/save.ts';
import { scheduleReview } from '../engagements/schedule.ts';
import { ApiError, notFound } from '../errors.ts';
import { instant } from '../instant.ts';
import { asObject, getIn, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { changeOf } from '../records/change.ts';
import { nextModified } from '../records/dates.ts';
import { normalise } from '../records/normalise.ts';
import type { Opportunity } from '../records/record.ts';
import { replacement } from '../records/replacement.ts';
import { keptMembers, withHistory } from '../records/write.ts';
import { assertRules } from '../rules/business.ts';
import type { Settings } from '../settings.ts';
import { updateOpportunityRequest } from '../shapes/requests.ts';

/**
 * Replaces a whole record: omitted members are cleared. Errors are checked in this order: unknown record, outdated
 * lock, then all rules at once.
 */
export const updateOpportunity: Operation = {
  request: updateOpportunityRequest,
  kind: 'write',
  current: (input, { store }) => store.get(String(input.Catalog), String(input.Identifier)),
  run(input, state) {
    const { clock, store, settings } = state;
    const catalog = String(input.Catalog);
    const id = String(input.Identifier);
    const before = store.get(catalog, id);
    if (!before) throw notFound(id);
    if (instant(String(input.LastModifiedDate)) !== instant(before.LastModifiedDate))
      throw new ApiError('ConflictException', 'Conflicting error, last modified date is not the latest');

    const after = replacement(input, before, state);
    assertRules(changeOf(catalog, before, after, state));

    const normalised = normalise(after, before, settings);
    const history = withHistory(asObject(normalised.LifeCycle), before.LifeCycle, clock.now());
    const LifeCycle = resubmitted(history, before, settings);
    const LastModifiedDate = nextModified(clock.now(), before.LastModifiedDate, settings);
    saveOpportunity(state, { ...normalised, LifeCycle, ...keptMembers(before), LastModifiedDate });
    if (LifeCycle.ReviewStatus === 'Submitted') scheduleReview(state, catalog, id);
    return { Id: id, LastModifiedDate };
  },
};

/** By AWS's guide, an update in Action Required submits the record; in the recordings it does not. */
function resubmitted(
  lifeCycle: JsonObject,
  before: Opportunity,
  { afterActionRequired }: Settings,
): JsonObject {
  const asked = 'Action Required';
  const stays = lifeCycle.ReviewStatus === asked && getIn(before, 'LifeCycle', 'ReviewStatus') === asked;
  return stays && afterActionRequired === 'submit' ? { ...lifeCycle, ReviewStatus: 'Submitted' } : lifeCycle;
}
