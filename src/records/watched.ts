/** What an account watches besides its opportunities, so that `attention` needs no call: what it has, and when to look again. */
import type { Clock } from '../clock.ts';
import { type Watched, type WatchedPart, watchedParts } from '../domain/attention.ts';

/** A part as AWS had it. */
export type SeenPart = {
  [Part in WatchedPart]: { part: Part; asOf: string; items: Watched[Part] };
}[WatchedPart];

export type WatchedParts = {
  get<Part extends WatchedPart>(part: Part): Extract<SeenPart, { part: Part }> | undefined;
  /** Replaces a part, unless what is known of it is newer, and lets it rest. */
  put(seen: SeenPart, restMs: number): void;
  /** The parts that should be read now. */
  due(): WatchedPart[];
  /** Lets a part rest that cannot be read. */
  rest(part: WatchedPart, restMs: number): void;
  /** Notes that a part has probably changed. */
  hint(part: WatchedPart): void;
  all(): SeenPart[];
};

export function createWatchedParts(clock: Pick<Clock, 'now'>): WatchedParts {
  const seen = new Map<WatchedPart, SeenPart>();
  const dueAt = new Map<WatchedPart, number>();
  const isDue = (part: WatchedPart): boolean => clock.now() >= (dueAt.get(part) ?? 0);
  const rest = (part: WatchedPart, ms: number) => void dueAt.set(part, clock.now() + ms);
  return {
    get: <Part extends WatchedPart>(part: Part) =>
      seen.get(part) as Extract<SeenPart, { part: Part }> | undefined,
    put(one, restMs) {
      if ((seen.get(one.part)?.asOf ?? '') > one.asOf) return;
      seen.set(one.part, one);
      rest(one.part, restMs);
    },
    due: () => watchedParts.filter(isDue),
    rest,
    hint: (part) => void dueAt.delete(part),
    all: () => [...seen.values()],
  };
}
