import { type QuotaLimits, Windows } from './windows.ts';

/** When a call may go first. */
export type FirstPlaces = {
  /** When the next first place is free; infinite if a turn is due. */
  freeAt(now: number): number;
  /** Notes a call that went first. */
  take(now: number): void;
  /** Notes a call that took its turn. */
  turn(): void;
  /** The same from now on, for a simulation. */
  copy(): FirstPlaces;
};

/** For all classes but reads: every write goes first. */
export const unlimited: FirstPlaces = {
  freeAt: (now) => now,
  take() {},
  turn() {},
  copy: () => unlimited,
};

/**
 * For the reads that a write needs, so that it is as fast as its own quota allows, no matter who else is reading. They go
 * first as often as AWS accepts writes, and not more often than every other read: a patch that changes nothing needs
 * reads too, and must not keep others from reading. Between two turns of other calls there are no more first places than
 * in a second, since a turn can take longer than that while AWS throttles, or while replicas share the quota.
 */
export function firstPlacesOf({
  readsPerSecond,
  writesPerSecond,
}: Pick<QuotaLimits, 'readsPerSecond' | 'writesPerSecond'>): FirstPlaces {
  const perSecond = Math.min(writesPerSecond, readsPerSecond / 2);
  const limit = { perSecond, perDay: Number.POSITIVE_INFINITY };
  const mostBetweenTurns = Math.max(1, Math.floor(perSecond));

  function places(windows: Windows, taken: number): FirstPlaces {
    let sinceLastTurn = taken;
    return {
      freeAt: (now) =>
        sinceLastTurn < mostBetweenTurns ? windows.next(now, true).at : Number.POSITIVE_INFINITY,
      take(now) {
        windows.spend(now, true);
        sinceLastTurn += 1;
      },
      turn() {
        sinceLastTurn = 0;
      },
      copy: () => places(windows.forecast(), sinceLastTurn),
    };
  }
  return places(new Windows({ all: limit, ordinary: limit }), 0);
}
