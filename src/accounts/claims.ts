/** Claims about a caller: those of a verified token, or those that a router sends. */

/** By their names. They are the caller's, and never logged. */
export type Claims = Readonly<Record<string, unknown>>;

/** For callers about whom nothing is claimed. */
export const noClaims: Claims = Object.freeze({});

/**
 * The values of a claim: a string, a number or a boolean is one value, a list of them is several. Anything else is none, such as an
 * empty string, or an integer so large that it is read as another one.
 */
export function claimValues(claims: Claims, name: string): string[] {
  if (!Object.hasOwn(claims, name)) return [];
  return [claims[name]]
    .flat()
    .filter((value) =>
      typeof value === 'number'
        ? Math.abs(value) <= Number.MAX_SAFE_INTEGER
        : typeof value === 'boolean' || (typeof value === 'string' && value !== ''),
    )
    .map(String);
}
