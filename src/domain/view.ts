/** A row-level view: the part of an account's opportunities that a caller sees, by the partner's own identifiers. */

/** The opportunities whose `partnerOpportunityIdentifier` begins with one of the prefixes: all for the empty one, none without any. */
export type View = { readonly prefixes: readonly string[] };

type Identified = { readonly partnerOpportunityIdentifier?: string | null | undefined };

/** Checks whether a view leaves anything out. */
export const isLimited = ({ prefixes }: View): boolean => !prefixes.includes('');

/** Checks whether an opportunity is in a view. One without an identifier is in none that is limited. */
export function isInView(view: View, { partnerOpportunityIdentifier: identifier }: Identified): boolean {
  if (!isLimited(view)) return true;
  return typeof identifier === 'string' && view.prefixes.some((prefix) => identifier.startsWith(prefix));
}

/** Checks whether everything in a view is in another one, too. */
export const isWithin = (inner: View, outer: View): boolean =>
  inner.prefixes.every((own) => outer.prefixes.some((prefix) => own.startsWith(prefix)));
