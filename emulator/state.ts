import { type Calls, createCalls } from './calls.ts';
import { type Clock, createClock } from './clock.ts';
import { createEngagements, type Engagements, restoreEngagements } from './engagements/store.ts';
import { createFaults, type Faults } from './faults.ts';
import { createQuotas, type Quotas } from './quotas.ts';
import { createStore, type Store } from './records/store.ts';
import { createTokens, type Tokens } from './records/tokens.ts';
import { createView, type View } from './records/view.ts';
import { seedOpportunities } from './seed/seed.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** The whole state of one emulator, passed to operations as an argument; modules keep none. */
export type EmulatorState = {
  readonly clock: Clock;
  /** The current records, for writes; reads go through the view. */
  readonly store: Store;
  readonly view: View;
  readonly engagements: Engagements;
  readonly tokens: Tokens;
  readonly calls: Calls;
  readonly faults: Faults;
  readonly quotas: Quotas;
  readonly settings: Settings;
};

export function createState(now: () => number): EmulatorState {
  const clock = createClock(now);
  const settings = defaultSettings();
  const view = createView(() => store, clock, settings);
  const store = createStore(view.recordWrite);
  return {
    clock,
    store,
    view,
    engagements: createEngagements(),
    tokens: createTokens(),
    calls: createCalls(),
    faults: createFaults(),
    quotas: createQuotas(clock, settings),
    settings,
  };
}

/** Clears everything, switches and clock included, and optionally seeds again. */
export function resetState(state: EmulatorState, options: { seed: boolean }): void {
  Object.assign(state.settings, defaultSettings());
  state.clock.reset();
  state.store.clear();
  state.view.clear();
  restoreEngagements(state.engagements);
  state.tokens.clear();
  state.calls.clear();
  state.faults.clear();
  state.quotas.clear();
  if (options.seed) for (const record of seedOpportunities(state.clock.now())) state.store.put(record);
}
