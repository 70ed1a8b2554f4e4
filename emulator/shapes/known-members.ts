import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Shape } from './shape.ts';

/**
 * The part of a value that its shape describes, without anything unset or empty; `undefined` if nothing is left.
 *
 * Rules see records in this form only, which guarantees two things: an unknown member can never violate a rule, and a
 * Get response sent back unchanged, with its nulls and empty lists, changes nothing.
 */
export function knownMembers(shape: Shape, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (shape.kind === 'list' && Array.isArray(value)) {
    const items = value.map((item) => knownMembers(shape.item, item)).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (shape.kind !== 'structure' || !isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [name, member] of shape.entries) {
    const inner = knownMembers(member, value[name]);
    if (inner !== undefined) kept[name] = inner;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}
