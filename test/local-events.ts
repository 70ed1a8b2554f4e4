/** The events of an emulator in this process, as `main.ts` hands them over. */
import type { PartnerEvent } from '../emulator/events/bus.ts';
import type { Emulator } from '../emulator/server.ts';
import type { LocalEvents } from '../src/events/start.ts';

/** @param onEvent called before the gateway gets an event */
export function localEventsOf(
  emulator: Emulator,
  onEvent: (event: PartnerEvent) => void = () => {},
): LocalEvents {
  return {
    accountId: emulator.accountId,
    listen: (take) =>
      emulator.onEvent((event) => {
        onEvent(event);
        const { detailType, ...envelope } = event;
        take(JSON.stringify({ ...envelope, 'detail-type': detailType }));
      }),
  };
}
