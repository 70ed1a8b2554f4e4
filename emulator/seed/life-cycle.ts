import type { JsonObject } from '../json.ts';
import { enums } from '../values/enums.ts';
import { picklists } from '../values/picklists.ts';
import { reviewComments } from './deals.ts';
import type { Draft } from './draft.ts';

export function lifeCycleOf({ plan, deal, dates, random, full }: Draft): JsonObject {
  const reviewed = plan.status === 'Action Required' || plan.status === 'Rejected';
  const over = plan.stage === 'Launched' || plan.stage === 'Closed Lost';
  const steps = deal.nextSteps;
  // The newest step is the current one; a history that ends in another would record a change that never happened.
  const taken = full ? steps.length : random.whole(0, steps.length);
  const history = steps.slice(0, taken).map((Value, step) => ({ Value, Time: dates.past(50 - 10 * step) }));
  return {
    Stage: plan.stage,
    ReviewStatus: plan.status,
    ClosedLostReason: plan.stage === 'Closed Lost' ? random.pick(enums.ClosedLostReason) : null,
    TargetCloseDate: dates.day(over ? -random.whole(2, 200) : random.whole(30, 330)),
    NextSteps: history.at(-1)?.Value ?? null,
    NextStepsHistory: history.length > 0 ? history : null,
    ReviewComments: reviewed ? random.pick(reviewComments) : null,
    ReviewStatusReason: reviewed ? random.pick(picklists.ReviewStatusReason) : null,
  };
}
