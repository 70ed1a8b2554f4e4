import type { Violation } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Opportunity } from '../records/record.ts';
import type { Settings } from '../settings.ts';

/** A write about to happen: what the record would be, and what it is. A create has no `before`. */
export type Change = {
  readonly before: Opportunity | undefined;
  readonly after: JsonObject;
  readonly now: number;
  readonly settings: Settings;
};

/** A rule of the business: what is wrong with a change, nothing when it may go ahead. */
export type Rule = (change: Change) => Violation[];
