import type { EmulatorState } from '../state.ts';
import type { Due } from './ledger.ts';

/** Puts something on the agenda of the emulator's clock. */
export function schedule({ ledger }: EmulatorState, entry: Due): void {
  ledger.due = [...ledger.due, entry].sort((a, b) => a.at - b.at);
}

/** Has a submitted opportunity reviewed by itself, where the settings ask for it. */
export function scheduleReview(state: EmulatorState, catalog: string, id: string): void {
  const { reviewAfterMs } = state.settings;
  if (reviewAfterMs > 0)
    schedule(state, { at: state.clock.now() + reviewAfterMs, what: 'review', catalog, id });
}
