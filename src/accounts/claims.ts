/** Claims about a caller: those of a verified token, or those that a router sends. */

/** By their names. They are the caller's, and never logged. */
export type Claims = Readonly<Record<string, unknown>>;

/** For callers about whom nothing is claimed. */
export const noClaims: Claims = Object.freeze({});

/**
 * The values of a claim: a string, a number or a boolean is one value, a list of them is several. Anything else, an empty string
 * among it, is none.
 */
export function claimValues(claims: Claims, name: string): string[] {
  if (!Object.hasOwn(claims, name)) return [];
  return [claims[name]]
    .flat()
    .filter((value) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '')
    .map(String);
}
