import type { Violation } from '../errors.ts';
import { asString, canonical, getIn, type Json, type JsonObject } from '../json.ts';
import type { Settings } from '../settings.ts';

/** Queries of a rule about the other records of the catalog. */
export type Others = {
  exists(id: string): boolean;
  /** The id of another record with this partner identifier. */
  holderOf(partnerIdentifier: string): string | undefined;
};

/**
 * A proposed write: the record after it, and before it; a create has no `before`. Both contain only known members that
 * are neither unset nor empty.
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

/** A business rule: returns the violations of a change. */
export type Rule = (change: Change) => Violation[];

/** The value at a dotted path of AWS's member names. */
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
 * Whether the change touches any of these members. Every rule checks this first: stored values are accepted back, valid
 * or not, so a rule applies only to members that a caller changes.
 */
export const touches = ({ before, after }: Change, ...paths: string[]): boolean =>
  !before || paths.some((path) => !same(valueAt(before, path), valueAt(after, path)));

/** A path as errors print it, in lower camel case. */
export const fieldOf = (path: string): string =>
  path.replace(/(^|\.)([A-Z])/g, (_all, dot: string, letter: string) => dot + letter.toLowerCase());

export const violation = (code: string, path: string, message: string): Violation => ({
  code,
  field: fieldOf(path),
  message,
});

export const missing = (path: string): Violation =>
  violation('REQUIRED_FIELD_MISSING', path, `${fieldOf(path)} is required`);
