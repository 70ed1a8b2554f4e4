/**
 * Points in time as RFC 3339 strings. AWS has used whole seconds, milliseconds and nanoseconds, and a JavaScript date
 * has only three decimals of a second, so strings are compared by their digits.
 */
import { withoutTrailingZeros } from './decimals.ts';

const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt]((?:[01]\d|2[0-3]):\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds of the whole second, and the decimals without trailing zeros. Null if the string is not an instant. */
export function parseInstant(text: string): { seconds: number; fraction: string } | null {
  const [, day, time, fraction = '', offset] = rfc3339.exec(text) ?? [];
  if (!day || !time || !offset || !isDay(day)) return null;
  const seconds = Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  return Number.isNaN(seconds) ? null : { seconds, fraction: withoutTrailingZeros(fraction) };
}

/** The most decimals of a second that AWS has: nanoseconds. */
const maxDecimals = 9;

/**
 * An instant as AWS takes it: in UTC, `2026-02-04T05:18:25.803Z`, with the decimals as they were written. Null if the
 * string is not an instant, or AWS could not hold it.
 */
export function inUtc(text: string): string | null {
  const instant = parseInstant(text);
  if (!instant) return null;
  const decimals = /\.(\d+)/.exec(text)?.[1] ?? '';
  const whole = new Date(instant.seconds).toISOString();
  if (decimals.length > maxDecimals || !/^\d{4}-/.test(whole)) return null;
  return `${whole.slice(0, -'.000Z'.length)}${decimals && `.${decimals}`}Z`;
}

/** Checks whether a string is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The same string for all notations of an instant; any other string is returned unchanged. */
export function sameInstant(text: string): string {
  const instant = parseInstant(text);
  return instant ? `${instant.seconds}.${instant.fraction}` : text;
}

/** Negative if `a` is earlier, positive if it is later, 0 for the same instant. Other strings compare as strings. */
export function compareInstants(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [parseInstant(a), parseInstant(b)];
  if (!left || !right) return a < b ? -1 : Number(a > b);
  if (left.seconds !== right.seconds) return left.seconds - right.seconds;
  const digits = Math.max(left.fraction.length, right.fraction.length);
  const [x, y] = [left.fraction.padEnd(digits, '0'), right.fraction.padEnd(digits, '0')];
  return x < y ? -1 : Number(x > y);
}

/** The width of the seconds in a key: up to the year 5138. */
const keySeconds = 11;

/**
 * A string that sorts among others as the instant does, to the nanosecond, and is the same for all its notations. Any other
 * string, and an instant before 1970, comes first.
 */
export function instantKey(text: string): string {
  const instant = parseInstant(text);
  if (!instant || instant.seconds < 0) return '';
  return (
    String(instant.seconds / 1_000).padStart(keySeconds, '0') + instant.fraction.padEnd(maxDecimals, '0')
  );
}

/** The key of an instant some milliseconds earlier. */
export function earlierKey(key: string, ms: number): string {
  const at = millisecondsOf(key) - ms;
  return at < 0 ? '' : instantKey(new Date(at).toISOString());
}

/** The start of a key's millisecond, as AWS takes it. */
export const instantOfKey = (key: string): string => new Date(millisecondsOf(key)).toISOString();

const millisecondsOf = (key: string): number => Number(key.slice(0, keySeconds + 3));

/** The whole seconds from one instant to another; negative if the other is earlier, 0 if one of them is not an instant. */
export function secondsBetween(from: string, to: string): number {
  const [start, end] = [parseInstant(from), parseInstant(to)];
  return start && end ? (end.seconds - start.seconds) / 1_000 : 0;
}
