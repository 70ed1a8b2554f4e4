import type { EmulatorState, PartnerState } from '../state.ts';
import type { DueTask } from './model.ts';

/** Schedules something by the emulator's clock. */
export function schedule({ engagements }: EmulatorState, entry: DueTask): void {
  const { due } = engagements;
  // Most things are due later than all the others.
  let index = due.length;
  while (index > 0 && (due[index - 1]?.at ?? 0) > entry.at) index -= 1;
  due.splice(index, 0, entry);
}

/** Schedules the review of a submitted opportunity, if the settings say so. */
export function scheduleReview(state: PartnerState, catalog: string, id: string): void {
  const { clock, settings, accountId: account } = state;
  if (settings.reviewAfterMs > 0)
    schedule(state, { at: clock.now() + settings.reviewAfterMs, what: 'review', account, catalog, id });
}
