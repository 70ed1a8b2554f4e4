const rfc3339 =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d{1,9})\d*)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * Normalises a timestamp to `YYYY-MM-DDTHH:MM:SS.nnnnnnnnnZ`: strings in this form compare as the instants do. A
 * `Date` would not do, because AWS returns nanoseconds and a lock must compare every digit.
 */
export function instant(text: string): string | undefined {
  const match = rfc3339.exec(text);
  if (!match) return undefined;
  const [, day, hour, minute, second, fraction = '', zone] = match;
  const milliseconds = Date.parse(
    `${day}T${hour}:${minute}:${second === '60' ? '59' : second}${zone?.toUpperCase()}`,
  );
  // `Date.parse` reads 30 February as 2 March.
  if (Number.isNaN(milliseconds) || !isDay(day ?? '')) return undefined;
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}Z`;
}

/** Milliseconds since the epoch of a normalised instant, truncated. */
export const toMilliseconds = (comparable: string): number => Date.parse(`${comparable.slice(0, 23)}Z`);

/** Days are strings in this API. */
export const toDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** Whether `YYYY-MM-DD` is a day that exists: the pattern alone allows 31 February. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && toDay(time) === text;
}
