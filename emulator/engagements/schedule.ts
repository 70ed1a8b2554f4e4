import type { World } from '../world.ts';
import type { Due } from './ledger.ts';

/** Puts something on the agenda of the emulator's clock. */
export function schedule({ ledger }: World, entry: Due): void {
  ledger.due = [...ledger.due, entry].sort((a, b) => a.at - b.at);
}

/** Has a submitted opportunity reviewed by itself, where the settings ask for it. */
export function scheduleReview(world: World, catalog: string, id: string): void {
  const { reviewAfterMs } = world.settings;
  if (reviewAfterMs > 0)
    schedule(world, { at: world.clock.now() + reviewAfterMs, what: 'review', catalog, id });
}
