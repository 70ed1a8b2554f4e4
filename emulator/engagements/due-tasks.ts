import type { EmulatorState } from '../state.ts';
import { decide } from './review.ts';
import { finishTask } from './submission.ts';

/**
 * Runs everything that is due, and returns whether anything was. Without timers: every call runs this first, so
 * tests can simply move the clock.
 */
export function runDueTasks(state: EmulatorState): boolean {
  const { engagements, clock, settings } = state;
  let ran = false;
  for (let first = engagements.due[0]; first && first.at <= clock.now(); first = engagements.due[0]) {
    engagements.due = engagements.due.slice(1);
    ran = true;
    const own = state.accounts.of(first.account);
    if (first.what === 'task') finishTask(own, first.id);
    // Has no effect if the control surface or, in the Sandbox, an update has already decided.
    else decide(own, first.catalog, first.id, { status: settings.reviewDecision });
  }
  return ran;
}
