import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Shape } from './shape.ts';

/**
 * The part of a value that its shape describes, without anything unset or empty; `undefined` when nothing is left.
 *
 * Rules see records in this form only. Two things follow by construction: a member that no model knows can never
 * break a rule, and a Get answer that comes back as it is, with its nulls and its empty lists, changes nothing.
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
