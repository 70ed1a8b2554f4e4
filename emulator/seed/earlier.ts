import type { PartnerState } from '../state.ts';

/** The state at an earlier time, whose events are not delivered. */
export const earlier = (own: PartnerState, time: number): PartnerState => ({
  ...own,
  clock: { ...own.clock, now: () => time },
  bus: { ...own.bus, publish: () => {} },
});
