import { type Calls, createCalls } from './calls.ts';
import { type Clock, createClock } from './clock.ts';
import { createFaults, type Faults } from './faults.ts';
import { createStore, type Store } from './records/store.ts';
import { createTokens, type Tokens } from './records/tokens.ts';
import { seedOpportunities } from './seed/seed.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** Everything one emulator holds. Operations get it as an argument; nothing is kept in modules. */
export type World = {
  readonly clock: Clock;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly calls: Calls;
  readonly faults: Faults;
  readonly settings: Settings;
};

export function createWorld(now: () => number): World {
  return {
    clock: createClock(now),
    store: createStore(),
    tokens: createTokens(),
    calls: createCalls(),
    faults: createFaults(),
    settings: defaultSettings(),
  };
}

/** Forgets everything, switches and clock included, and seeds anew if asked to. */
export function resetWorld(world: World, options: { seed: boolean }): void {
  world.clock.reset();
  world.store.clear();
  world.tokens.clear();
  world.calls.clear();
  world.faults.clear();
  Object.assign(world.settings, defaultSettings());
  if (options.seed) for (const record of seedOpportunities(world.clock.now())) world.store.put(record);
}
