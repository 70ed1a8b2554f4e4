/**
 * The opportunities that were just written through the gateway, and whose new versions its index does not have yet. AWS is
 * asked for changes soon after a write, and once more if its list did not have it by then; after that, the usual poll finds it.
 */
import type { Clock } from '../clock.ts';
import { instantKey } from '../domain/instants.ts';
import { type IndexRow, type OpportunityIndex, positionOf } from './opportunity-index.ts';
import { lagMs } from './sightings.ts';

/** The writes of this time are looked for with one call. */
const windowMs = 1_000;

export type Written = {
  /** Notes a write. @param date of the new version, if AWS has returned it */
  note(id: string, date?: string | null): void;
  /** Sets who is notified of a write that has been noted. */
  listen(listener: () => void): void;
  /** When AWS is to be asked for changes; undefined if the index has everything that was written. */
  nextAt(): number | undefined;
  /** Notes that AWS was asked. @param at when that began */
  noteAsked(at: number): void;
  /** Leaves everything to the usual poll. */
  clear(): void;
};

type Entry = { date: string | undefined; before: IndexRow | undefined; askAt: number; isRepeated: boolean };

export function createWritten(index: Pick<OpportunityIndex, 'get'>, clock: Pick<Clock, 'now'>): Written {
  const entries = new Map<string, Entry>();
  let notify = () => {};

  /** Whether the index has what was written: of a version without a date, any other one than before. */
  function isShown(id: string, { date, before }: Entry): boolean {
    const row = index.get(id);
    if (date === undefined) return row !== before;
    return row !== undefined && positionOf(row.summary) >= date;
  }

  function forgetShown(): void {
    for (const [id, entry] of entries) if (isShown(id, entry)) entries.delete(id);
  }

  return {
    note(id, date) {
      const entry = {
        date: date ? instantKey(date) : undefined,
        before: index.get(id),
        askAt: clock.now() + windowMs,
        isRepeated: false,
      };
      if (isShown(id, entry)) return;
      entries.set(id, entry);
      notify();
    },
    listen(listener) {
      notify = listener;
    },
    nextAt() {
      forgetShown();
      const times = [...entries.values()].map(({ askAt }) => askAt);
      return times.length > 0 ? Math.min(...times) : undefined;
    },
    noteAsked(at) {
      for (const [id, entry] of entries) {
        // One that was written while AWS was being asked keeps its time.
        if (entry.askAt > at) continue;
        if (entry.isRepeated) entries.delete(id);
        else entries.set(id, { ...entry, askAt: at + lagMs, isRepeated: true });
      }
    },
    clear: () => entries.clear(),
  };
}
