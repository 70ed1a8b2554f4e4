import { asObject, isObject, type Json, type JsonObject } from '../json.ts';
import type { Shape, StructureShape } from './shape.ts';

/** `unknown: 'keep'` includes members that the shape does not have, as a newer service would. */
export type PresentOptions = { unknown: 'keep' | 'drop'; nulls: 'explicit' | 'omit' };

/** Formats a stored value as the service returns it: with every member of the shape, unset ones as null. */
export function present(shape: StructureShape, stored: JsonObject, options: PresentOptions): JsonObject {
  const presented: JsonObject = {};
  for (const [name, member] of shape.entries) {
    const value = presentValue(member, stored[name], options);
    if (value !== null || options.nulls === 'explicit') presented[name] = value;
  }
  if (options.unknown === 'drop') return presented;
  const unknown = Object.entries(stored).filter(([name]) => !Object.hasOwn(shape.members, name));
  return unknown.length === 0 ? presented : Object.fromEntries([...Object.entries(presented), ...unknown]);
}

function presentValue(shape: Shape, value: Json | undefined, options: PresentOptions): Json {
  const unset = value === undefined || value === null;
  if (shape.kind === 'structure') {
    if (unset && !shape.shownEmpty) return null;
    return unset || isObject(value) ? present(shape, asObject(value), options) : value;
  }
  if (unset) return shape.kind === 'list' && shape.shownEmpty ? [] : null;
  if (shape.kind !== 'list' || !Array.isArray(value)) return value;
  return value.map((item) => presentValue(shape.item, item, options));
}
