import type { PartnerState } from '../state.ts';
import type { DueTask } from './store.ts';

/** Schedules a task by the emulator's clock. */
export function schedule({ engagements }: PartnerState, entry: DueTask): void {
  engagements.due = [...engagements.due, entry].sort((a, b) => a.at - b.at);
}

/** Schedules the review of a submitted opportunity, if the settings say so. */
export function scheduleReview(state: PartnerState, catalog: string, id: string): void {
  const { reviewAfterMs } = state.settings;
  if (reviewAfterMs > 0)
    schedule(state, {
      at: state.clock.now() + reviewAfterMs,
      what: 'review',
      account: state.accountId,
      catalog,
      id,
    });
}
