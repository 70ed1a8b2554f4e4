import { restoreEngagements } from './engagements/store.ts';
import { defaultPartner } from './partners.ts';
import { seedEngagements } from './seed/engagements.ts';
import { seedRooms } from './seed/rooms.ts';
import { seedOpportunities } from './seed/seed.ts';
import { defaultSettings } from './settings.ts';
import type { EmulatorState } from './state.ts';

/** Clears everything, partners, switches and clock included, and optionally seeds the default partner again. */
export function resetState(state: EmulatorState, options: { seed: boolean }): void {
  Object.assign(state.settings, defaultSettings());
  state.clock.reset();
  state.partners.clear();
  state.accounts.clear();
  state.opportunityIds.clear();
  restoreEngagements(state.engagements);
  state.bus.clear();
  state.queues.clear();
  state.calls.clear();
  state.faults.clear();
  if (!options.seed) return;
  const own = state.accounts.of(defaultPartner.accountId);
  for (const record of seedOpportunities(state.clock.now())) own.store.put(record);
  seedEngagements(own);
  seedRooms(state);
  // Only what is still open can expire.
  state.engagements.due = state.engagements.due.filter(
    ({ id }) => state.engagements.invitations.get(id)?.Status === 'PENDING',
  );
}
