import type { Clock } from '../clock.ts';
import type { JsonObject } from '../json.ts';

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

/** Hands events to listeners, and keeps the newest. */
export type Bus = {
  publish(event: PartnerEvent): void;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (event: PartnerEvent) => void): () => void;
  /** The newest thousand, oldest first. */
  events(): readonly PartnerEvent[];
  clear(): void;
};

const keptEvents = 1000;

export function createBus(_clock: Clock): Bus {
  const listeners = new Set<(event: PartnerEvent) => void>();
  let log: PartnerEvent[] = [];
  return {
    publish: (event) => {
      log = [...log.slice(1 - keptEvents), event];
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    events: () => log,
    clear: () => {
      log = [];
    },
  };
}
