import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { createDelivery } from './delivery.ts';

/** An event of the service, in EventBridge's terms. */
export type PartnerEvent = {
  id: string;
  source: 'aws.partnercentral-selling';
  detailType: string;
  /** The partner account whose event bus receives it. */
  account: string;
  region: string;
  time: string;
  resources: string[];
  detail: JsonObject;
};

/** Hands events to listeners, as often, as late and in the order that the faults of events say, and keeps the newest. */
export type Bus = {
  publish(event: PartnerEvent): void;
  /** Returns a function that ends the subscription. A listener is called within the write, so it must not throw. */
  subscribe(listener: (event: PartnerEvent) => void): () => void;
  /** The newest ten thousand as they were published, oldest first: lost ones are among them, and doubled ones once. */
  events(): readonly PartnerEvent[];
  /** Hands over the events that wait for a later one to overtake them. */
  release(): void;
  /** Forgets all events, those still to be handed over too. */
  clear(): void;
};

const keptEvents = 10_000;

export function createBus(clock: Clock, faults: Faults): Bus {
  const listeners = new Set<(event: PartnerEvent) => void>();
  const delivery = createDelivery(clock, faults, (event: PartnerEvent) => {
    for (const listener of listeners) listener(event);
  });
  let log: PartnerEvent[] = [];
  return {
    publish: (event) => {
      log.push(event);
      if (log.length >= 2 * keptEvents) log = log.slice(-keptEvents);
      delivery.deliver(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    events: () => log.slice(-keptEvents),
    release: delivery.release,
    clear: () => {
      log = [];
      delivery.clear();
    },
  };
}
