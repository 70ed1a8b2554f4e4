import { type Calls, createCalls } from './calls.ts';
import { type Clock, createClock } from './clock.ts';
import { createLedger, type Ledger, restoreLedger } from './engagements/ledger.ts';
import { createFaults, type Faults } from './faults.ts';
import { createQuotas, type Quotas } from './quotas.ts';
import { createStore, type Store } from './records/store.ts';
import { createTokens, type Tokens } from './records/tokens.ts';
import { createView, type View } from './records/view.ts';
import { seedOpportunities } from './seed/seed.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** Everything one emulator holds. Operations get it as an argument; nothing is kept in modules. */
export type World = {
  readonly clock: Clock;
  /** The records as they are. Writes look here; whoever only reads looks at the view. */
  readonly store: Store;
  readonly view: View;
  readonly ledger: Ledger;
  readonly tokens: Tokens;
  readonly calls: Calls;
  readonly faults: Faults;
  readonly quotas: Quotas;
  readonly settings: Settings;
};

export function createWorld(now: () => number): World {
  const clock = createClock(now);
  const settings = defaultSettings();
  const view = createView(() => store, clock, settings);
  const store = createStore(view.replaced);
  return {
    clock,
    store,
    view,
    ledger: createLedger(),
    tokens: createTokens(),
    calls: createCalls(),
    faults: createFaults(),
    quotas: createQuotas(clock, settings),
    settings,
  };
}

/** Forgets everything, switches and clock included, and seeds anew if asked to. */
export function resetWorld(world: World, options: { seed: boolean }): void {
  Object.assign(world.settings, defaultSettings());
  world.clock.reset();
  world.store.clear();
  world.view.clear();
  restoreLedger(world.ledger);
  world.tokens.clear();
  world.calls.clear();
  world.faults.clear();
  world.quotas.clear();
  if (options.seed) for (const record of seedOpportunities(world.clock.now())) world.store.put(record);
}
