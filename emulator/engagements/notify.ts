import { randomUUID } from 'node:crypto';
import type { Happening } from '../events/details.ts';
import type { EmulatorState } from '../state.ts';
import { type AccountId, aws } from './model.ts';

/** Publishes an event to partners' event buses; AWS has none here. */
export function notify(
  { bus, clock }: EmulatorState,
  accounts: readonly AccountId[],
  happening: Happening,
): void {
  for (const account of accounts.filter((one) => one !== aws))
    bus.publish({
      id: randomUUID(),
      source: 'aws.partnercentral-selling',
      ...happening,
      account,
      region: 'us-east-1',
      // EventBridge dates events to the second.
      time: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    });
}
