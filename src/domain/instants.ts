/**
 * Points in time as RFC 3339 text. AWS has used whole seconds, milliseconds and nanoseconds, and a JavaScript date keeps
 * only three digits of the second, so texts are compared by their digits.
 */
import { withoutTrailingZeros } from './decimals.ts';

const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds of the whole second, and the digits behind it without trailing zeros. Null when the text is no instant. */
export function parseInstant(text: string): { seconds: number; fraction: string } | null {
  const [, day, time, fraction = '', offset] = rfc3339.exec(text) ?? [];
  if (!day || !time || !offset || !isDay(day)) return null;
  const seconds = Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  return Number.isNaN(seconds) ? null : { seconds, fraction: withoutTrailingZeros(fraction) };
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** One text for all notations of an instant; a text that is none stands for itself. */
export function sameInstant(text: string): string {
  const instant = parseInstant(text);
  return instant ? `${instant.seconds}.${instant.fraction}` : text;
}

/** Negative when `a` is earlier, positive when it is later, 0 for the same instant. Texts that are no instants compare as texts. */
export function compareInstants(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [parseInstant(a), parseInstant(b)];
  if (!left || !right) return a < b ? -1 : Number(a > b);
  if (left.seconds !== right.seconds) return left.seconds - right.seconds;
  const digits = Math.max(left.fraction.length, right.fraction.length);
  const [x, y] = [left.fraction.padEnd(digits, '0'), right.fraction.padEnd(digits, '0')];
  return x < y ? -1 : Number(x > y);
}
