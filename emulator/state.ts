import { type Calls, createCalls } from './calls.ts';
import { type Clock, createClock } from './clock.ts';
import { createEngagements, type Engagements } from './engagements/store.ts';
import { type Bus, createBus } from './events/bus.ts';
import { envelope } from './events/envelope.ts';
import { createFaults, type Faults } from './faults.ts';
import { createPartners, type Partners } from './partners.ts';
import { createQueues, eventsQueue, type Queues } from './queues/queues.ts';
import { createQuotas, type Quotas } from './quotas.ts';
import { createOpportunityIds, type OpportunityIds } from './records/ids.ts';
import { createStore, type Store } from './records/store.ts';
import { createTokens, type Tokens } from './records/tokens.ts';
import { createView, type View } from './records/view.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** The whole state of one emulator, passed as an argument; modules keep none. */
export type EmulatorState = {
  readonly clock: Clock;
  readonly partners: Partners;
  readonly accounts: Accounts;
  readonly opportunityIds: OpportunityIds;
  /** What several accounts share. */
  readonly engagements: Engagements;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly calls: Calls;
  readonly faults: Faults;
  readonly settings: Settings;
};

/** What one partner account has to itself. */
export type Account = {
  /** Twelve digits. */
  readonly accountId: string;
  /** The current records, for writes; reads go through the view. */
  readonly store: Store;
  readonly view: View;
  readonly tokens: Tokens;
  readonly quotas: Quotas;
};

/** The state as an operation sees it: all of it, and the account that calls. */
export type PartnerState = EmulatorState & Account;

/** The states of the partner accounts; each begins empty. */
export type Accounts = {
  of(accountId: string): PartnerState;
  all(): PartnerState[];
  clear(): void;
};

export function createState(now: () => number): EmulatorState {
  const clock = createClock(now);
  const settings = defaultSettings();
  const faults = createFaults();
  const states = new Map<string, PartnerState>();
  const accounts: Accounts = {
    of: (accountId) => {
      const known = states.get(accountId);
      if (known) return known;
      const fresh = { ...state, ...createAccount(accountId, state) };
      states.set(accountId, fresh);
      return fresh;
    },
    all: () => [...states.values()],
    clear: () => states.clear(),
  };
  const state: EmulatorState = {
    clock,
    partners: createPartners(),
    accounts,
    opportunityIds: createOpportunityIds(),
    engagements: createEngagements(),
    bus: createBus(clock, faults),
    queues: createQueues(clock),
    calls: createCalls(),
    faults,
    settings,
  };
  // A rule on each account's event bus, with its queue as target.
  state.bus.subscribe((event) =>
    state.queues.of(event.account)[eventsQueue].send(JSON.stringify(envelope(event))),
  );
  return state;
}

function createAccount(accountId: string, { clock, settings, opportunityIds }: EmulatorState): Account {
  const view = createView(() => store, clock, settings);
  const store = createStore((record, before) => {
    opportunityIds.reserve(record.Id);
    view.recordWrite(record, before);
  });
  return { accountId, store, view, tokens: createTokens(), quotas: createQuotas(clock, settings) };
}
