import type { EmulatorState } from '../state.ts';
import { decide } from './review.ts';
import { finishTask } from './submission.ts';

/**
 * Lets happen whatever is due by the clock, and says whether anything was. There is no timer behind this: every call asks
 * first, so a clock that is moved on by hand takes the agenda with it.
 */
export function runDue(state: EmulatorState): boolean {
  const { engagements, clock, settings } = state;
  let happened = false;
  for (
    let first = engagements.due[0];
    first !== undefined && first.at <= clock.now();
    first = engagements.due[0]
  ) {
    engagements.due = engagements.due.slice(1);
    happened = true;
    if (first.what === 'task') finishTask(state, first.id);
    // Somebody may have decided already, by the control surface or as the Sandbox allows.
    else decide(state, first.catalog, first.id, { status: settings.reviewDecision });
  }
  return happened;
}
