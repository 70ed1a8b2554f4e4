import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';

/** What the faults of events can be limited to. */
type Event = { readonly detailType: string; readonly account: string };

/** What happens to an event between its publication and the listeners: EventBridge promises neither order nor once. */
export type Delivery<E extends Event> = {
  deliver(event: E): void;
  /** Hands over the events that wait to be overtaken, oldest first. */
  release(): void;
  /** Drops the events that have not been handed over yet. */
  clear(): void;
};

/** Delivers as the faults of events say. Without one, an event is handed over at once. */
export function createDelivery<E extends Event>(
  clock: Clock,
  faults: Faults,
  handOver: (event: E) => void,
): Delivery<E> {
  /** The events that wait for another to overtake them, oldest first. */
  let waiting: E[] = [];
  const cancelLate = new Set<() => void>();

  function takeWaiting(): E[] {
    const taken = waiting;
    waiting = [];
    return taken;
  }

  function pass(event: E): void {
    handOver(event);
    for (const overtaken of takeWaiting().reverse()) handOver(overtaken);
  }

  function passLater(event: E, milliseconds: number): void {
    const cancel = clock.setTimer(() => {
      cancelLate.delete(cancel);
      pass(event);
    }, milliseconds);
    cancelLate.add(cancel);
  }

  return {
    deliver: (event) => {
      const fault = faults.take('event', event.detailType, event.account);
      if (fault?.kind === 'event-out-of-order') waiting.push(event);
      else if (fault?.kind === 'event-late') passLater(event, fault.delayMs ?? 0);
      else if (fault?.kind !== 'event-lost') pass(event);
      if (fault?.kind === 'event-doubled') handOver(event);
    },
    release: () => {
      for (const event of takeWaiting()) handOver(event);
    },
    clear: () => {
      waiting = [];
      for (const cancel of cancelLate) cancel();
      cancelLate.clear();
    },
  };
}
