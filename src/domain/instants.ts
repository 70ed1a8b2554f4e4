/**
 * Points in time as RFC 3339 strings. AWS has used whole seconds, milliseconds and nanoseconds, and a JavaScript date
 * has only three decimals of a second, so strings are compared by their digits.
 */
import { withoutTrailingZeros } from './decimals.ts';

const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds of the whole second, and the decimals without trailing zeros. Null if the string is not an instant. */
export function parseInstant(text: string): { seconds: number; fraction: string } | null {
  const [, day, time, fraction = '', offset] = rfc3339.exec(text) ?? [];
  if (!day || !time || !offset || !isDay(day)) return null;
  const seconds = Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  return Number.isNaN(seconds) ? null : { seconds, fraction: withoutTrailingZeros(fraction) };
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
