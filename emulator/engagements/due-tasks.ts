import type { EmulatorState } from '../state.ts';
import { decide } from './review.ts';
import { finishTask } from './submission.ts';

/**
 * Runs everything that is due, and returns whether anything was. There is no timer: every call runs this first, so
 * moving the clock by hand is enough.
 */
export function runDueTasks(state: EmulatorState): boolean {
  const { engagements, clock, settings } = state;
  let ran = false;
  for (let first = engagements.due[0]; first && first.at <= clock.now(); first = engagements.due[0]) {
    engagements.due = engagements.due.slice(1);
    ran = true;
    if (first.what === 'task') finishTask(state, first.id);
    // No effect if the review was decided already, by the control surface or, in the Sandbox, by an update.
    else decide(state, first.catalog, first.id, { status: settings.reviewDecision });
  }
  return ran;
}
