import type { Clock } from '../clock.ts';
import { instant, toMilliseconds } from '../instant.ts';
import type { Settings } from '../settings.ts';
import type { Opportunity } from './record.ts';

/**
 * The LastModifiedDate of a write at `now`. It always lies after the one before, even when two writes fall into one
 * tick of the clock or the clock was set back: the lock would not notice a write otherwise.
 */
export function nextModified(now: number, previous: string | undefined, settings: Settings): string {
  const step = settings.timestamps === 'seconds' ? 1000 : 1;
  const before = previous === undefined ? undefined : instant(previous);
  const current = Math.floor(now / step) * step;
  const earliest = before === undefined ? current : (Math.floor(toMilliseconds(before) / step) + 1) * step;
  const next = Math.max(current, earliest);
  return settings.timestamps === 'nanoseconds' ? formatNanoseconds(next) : formatTimestamp(next);
}

/** Six more digits, the same ones for the same millisecond. They are what a `Date` loses on the way. */
const formatNanoseconds = (milliseconds: number): string =>
  new Date(milliseconds)
    .toISOString()
    .replace('Z', `${String((milliseconds % 999_983) + 1).padStart(6, '0')}Z`);

/** A creation date has whole seconds on the service. */
export const creationTimestamp = (now: number): string => formatTimestamp(Math.floor(now / 1000) * 1000);

/** Milliseconds are printed only where there are any, which is how whole seconds look on the wire. */
export const formatTimestamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('.000Z', 'Z');

/** A record that the service has written for its own reasons: the date moves, and nobody is told where to. */
export const withNextModified = (
  record: Opportunity,
  { clock, settings }: { clock: Clock; settings: Settings },
): Opportunity => ({
  ...record,
  LastModifiedDate: nextModified(clock.now(), record.LastModifiedDate, settings),
});
