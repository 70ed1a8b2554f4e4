import type { EmulatorState } from '../state.ts';
import type { AccountId } from './model.ts';
import { connectionKey } from './store.ts';

/** Connects two partners, which AWS asks of partners that invite each other. AWS: multi-partner opportunities. */
export const connect = ({ engagements }: EmulatorState, one: AccountId, other: AccountId): void => {
  engagements.connections.set(connectionKey(one, other), { accounts: [one, other] });
};

export const disconnect = ({ engagements }: EmulatorState, one: AccountId, other: AccountId): void => {
  engagements.connections.delete(connectionKey(one, other));
};

export const areConnected = ({ engagements }: EmulatorState, one: AccountId, other: AccountId): boolean =>
  engagements.connections.has(connectionKey(one, other));
