import type { Violation } from '../errors.ts';
import { asString, canonical, getIn, type Json, type JsonObject } from '../json.ts';
import type { Settings } from '../settings.ts';

/** What a rule may ask about the other records of the catalog. */
export type Others = {
  exists(id: string): boolean;
  /** The id of another record with this identifier of the partner's. */
  holderOf(partnerIdentifier: string): string | undefined;
};

/**
 * A write about to happen: what the record would be, and what it is; a create has no `before`. Both hold known
 * members only, and nothing that is unset or empty.
 */
export type Change = {
  readonly catalog: string;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject;
  /** The entities associated with the record, by type. */
  readonly associated: JsonObject;
  readonly others: Others;
  readonly now: number;
  readonly settings: Settings;
};

/** A rule of the business: what is wrong with a change, nothing when it may go ahead. */
export type Rule = (change: Change) => Violation[];

/** The value at a dotted path of AWS's names. */
export const valueAt = (record: JsonObject | undefined, path: string): Json | undefined =>
  getIn(record, ...path.split('.'));

export const stringAt = (record: JsonObject | undefined, path: string): string | undefined =>
  asString(valueAt(record, path));

export const listAt = (record: JsonObject | undefined, path: string): Json[] => {
  const value = valueAt(record, path);
  return Array.isArray(value) ? value : [];
};

export const same = (one: Json | undefined, other: Json | undefined): boolean =>
  canonical(one ?? null) === canonical(other ?? null);

/**
 * Whether the change touches any of these members. A rule asks this first: what is stored is accepted back, right or
 * wrong, so only the members that a caller changes are held to it.
 */
export const touches = ({ before, after }: Change, ...paths: string[]): boolean =>
  !before || paths.some((path) => !same(valueAt(before, path), valueAt(after, path)));

/** A path as errors name it: every name with a small first letter. */
export const fieldOf = (path: string): string =>
  path.replace(/(^|\.)([A-Z])/g, (_all, dot: string, letter: string) => dot + letter.toLowerCase());

export const violation = (code: string, path: string, message: string): Violation => ({
  code,
  field: fieldOf(path),
  message,
});

export const missing = (path: string): Violation =>
  violation('REQUIRED_FIELD_MISSING', path, `${fieldOf(path)} is required`);
