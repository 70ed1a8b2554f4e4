import { toDay } from '../instant.ts';
import { creationTimestamp, formatTimestamp } from '../records/dates.ts';
import type { Plan } from './plan.ts';
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

/** The review statuses in which AWS's invitation is open, which it is for fifteen days. */
const open = ['Submitted', 'In review', 'Action Required'];

export function calendar(now: number, index: number, { status }: Plan, random: Random): Calendar {
  const today = Math.floor(now / dayMs) * dayMs;
  const time = () => random.whole(8 * 3600, 18 * 3600) * 1000;
  return {
    created: creationTimestamp(today - random.whole(60, 400) * dayMs + time()),
    // The index as milliseconds makes every LastModifiedDate unique.
    modified: formatTimestamp(
      today - random.whole(1, open.includes(status) ? 13 : 30) * dayMs + time() + index + 1,
    ),
    day: (offset) => toDay(today + offset * dayMs),
    past: (days) => formatTimestamp(today - days * dayMs + time()),
  };
}
