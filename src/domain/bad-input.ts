/** Arguments that cannot be served: one form for every message about them. */
import { Fault } from '../fault.ts';

/** Longer values are cut where a message quotes them. */
const maxQuoted = 100;

/** A caller's string as a message quotes it. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > maxQuoted ? `${text.slice(0, maxQuoted)}…` : text);

/** The longest message; a longer one is cut in the middle, since graphql-js names the place and the reason last. */
const maxMessage = 1_000;

/** Quotations that are longer than a caller needs to recognise them. */
const longQuotation = /"([^"]{100})[^"]+"/g;

/** A message of a library, which may quote whole values, in a length for people. */
export function shortened(message: string): string {
  if (message.length <= maxMessage) return message;
  const short = message.replaceAll(longQuotation, '"$1…"');
  if (short.length <= maxMessage) return short;
  const half = maxMessage / 2;
  return `${short.slice(0, half)} … ${short.slice(-half)}`;
}

/** A fault about one argument, such as `first: got 0, expected 1 to 100`. */
export const badInput = (field: string, got: string, expected: string): Fault =>
  new Fault('BAD_USER_INPUT', `${field}: got ${got}, expected ${expected}`);
