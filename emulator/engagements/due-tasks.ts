import type { EmulatorState, PartnerState } from '../state.ts';
import { deliverContacts } from './acceptance.ts';
import { expireInvitation } from './invitation.ts';
import type { DueTask } from './model.ts';
import { decide } from './review.ts';
import { runTask } from './run-task.ts';

const actions: Readonly<Record<DueTask['what'], (state: PartnerState, entry: DueTask) => void>> = {
  task: (state, { id }) => runTask(state, id),
  expiry: (state, { id }) => expireInvitation(state, id),
  contacts: (state, { id }) => deliverContacts(state, id),
  // Has no effect if the control surface or, in the Sandbox, an update has already decided.
  review: (state, { catalog, id }) => decide(state, catalog, id, { status: state.settings.reviewDecision }),
};

/**
 * Runs everything that is due, and returns whether anything was. Every call runs this first, so that what it sees does
 * not depend on a timer.
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

/**
 * Runs what is due also while no calls come, since a caller may be waiting for its event. The function returned must be
 * called whenever something may have been scheduled; `onRun` is called after something has run.
 */
export function watchDueTasks(state: EmulatorState, onRun: () => void): () => void {
  let watched: DueTask | undefined;
  let cancel = () => {};
  function watch(): void {
    const [first] = state.engagements.due;
    if (first === watched) return;
    cancel();
    watched = first;
    if (first) cancel = state.clock.setTimer(ring, Math.max(0, first.at - state.clock.now()));
  }
  function ring(): void {
    watched = undefined;
    if (runDueTasks(state)) onRun();
    watch();
  }
  return watch;
}
