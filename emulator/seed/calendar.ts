import { toDay } from '../instant.ts';
import { creationTimestamp, formatTimestamp } from '../records/dates.ts';
import type { Random } from './random.ts';

const dayMs = 86_400_000;

/** The dates of one record, relative to the day of seeding. */
export type Calendar = {
  created: string;
  modified: string;
  /** The day `offset` days from today, negative for the past. */
  day(offset: number): string;
  /** A time `days` days ago. */
  past(days: number): string;
};

export function calendar(now: number, index: number, random: Random): Calendar {
  const today = Math.floor(now / dayMs) * dayMs;
  const time = () => random.whole(8 * 3600, 18 * 3600) * 1000;
  return {
    created: creationTimestamp(today - random.whole(60, 400) * dayMs + time()),
    // The index as milliseconds makes every LastModifiedDate unique.
    modified: formatTimestamp(today - random.whole(1, 30) * dayMs + time() + index + 1),
    day: (offset) => toDay(today + offset * dayMs),
    past: (days) => formatTimestamp(today - days * dayMs + time()),
  };
}
