import type { EmulatorState, PartnerState } from '../state.ts';
import { expireInvitation } from './invitation.ts';
import type { DueTask } from './model.ts';
import { decide } from './review.ts';
import { runTask } from './run-task.ts';

const actions: Readonly<Record<DueTask['what'], (state: PartnerState, entry: DueTask) => void>> = {
  task: (state, { id }) => runTask(state, id),
  expiry: (state, { id }) => expireInvitation(state, id),
  // Has no effect if the control surface or, in the Sandbox, an update has already decided.
  review: (state, { catalog, id }) => decide(state, catalog, id, { status: state.settings.reviewDecision }),
};

/**
 * Runs everything that is due, and returns whether anything was. Without timers: every call runs this first, so
 * tests can simply move the clock.
 */
export function runDueTasks(state: EmulatorState): boolean {
  const { engagements, clock, accounts } = state;
  let ran = false;
  for (let first = engagements.due[0]; first && first.at <= clock.now(); first = engagements.due[0]) {
    engagements.due.shift();
    ran = true;
    actions[first.what](accounts.of(first.account), first);
  }
  return ran;
}
