/** Arguments that cannot be served: one form for every message about them. */
import { Fault } from '../fault.ts';

/** Longer values are cut where a message quotes them. */
const maxQuoted = 100;

/** A caller's string as a message quotes it. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > maxQuoted ? `${text.slice(0, maxQuoted)}…` : text);

/** A fault about one argument, such as `first: got 0, expected 1 to 100`. */
export const badInput = (field: string, got: string, expected: string): Fault =>
  new Fault('BAD_USER_INPUT', `${field}: got ${got}, expected ${expected}`);
