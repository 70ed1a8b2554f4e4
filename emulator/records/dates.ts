import type { Clock } from '../clock.ts';
import { instant, toMilliseconds } from '../instant.ts';
import type { Settings } from '../settings.ts';
import type { Opportunity } from './record.ts';

/**
 * The LastModifiedDate of a write at `now`. It is always later than the previous one, even if two writes fall into one
 * tick of the clock or the clock was set back: otherwise the lock would miss a write.
 */
export function nextModified(
  now: number,
  previous: string | undefined,
  settings: Pick<Settings, 'timestamps'>,
): string {
  const step = settings.timestamps === 'seconds' ? 1000 : 1;
  const before = previous === undefined ? undefined : instant(previous);
  const current = Math.floor(now / step) * step;
  const earliest = before === undefined ? current : (Math.floor(toMilliseconds(before) / step) + 1) * step;
  const next = Math.max(current, earliest);
  return settings.timestamps === 'nanoseconds' ? formatNanoseconds(next) : formatTimestamp(next);
}

/**
 * To the nanosecond, as the service dates all but opportunities: adds six digits, the same ones for the same
 * millisecond, which a `Date` loses.
 */
export const formatNanoseconds = (milliseconds: number): string =>
  new Date(milliseconds)
    .toISOString()
    .replace('Z', `${String((milliseconds % 999_983) + 1).padStart(6, '0')}Z`);

/** A later instant with the same digits after the millisecond. */
export const laterInstant = (text: string, milliseconds: number): string =>
  new Date(Date.parse(`${text.slice(0, 23)}Z`) + milliseconds).toISOString().slice(0, 23) + text.slice(23);

/** The service's creation dates have whole seconds. */
export const creationTimestamp = (now: number): string => formatTimestamp(Math.floor(now / 1000) * 1000);

/** Omits zero milliseconds, as the service does. */
export const formatTimestamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('.000Z', 'Z');

/** A record that the service itself has changed: its date moves, although no response contains it. */
export const withNextModified = (
  record: Opportunity,
  { clock, settings }: { clock: Clock; settings: Settings },
): Opportunity => ({
  ...record,
  LastModifiedDate: nextModified(clock.now(), record.LastModifiedDate, settings),
});
