import { isObject, type Json, type JsonObject } from '../json.ts';
import { numbers, type Settings, switches } from '../settings.ts';
import { readOneOf, readWhole } from './read.ts';
import { badRequest, onlyMembers } from './route.ts';

/** The settings of a request, each of them checked; the others keep their values. */
export function readSettings(body: JsonObject): Partial<Settings> {
  onlyMembers(body, [...Object.keys(switches), ...Object.keys(numbers), 'enumValues', 'estimates']);
  for (const [name, values] of Object.entries(switches))
    if (body[name] !== undefined) readOneOf(body, name, values);
  for (const name of Object.keys(numbers)) if (body[name] !== undefined) readWhole(body, name, 0);
  const isString = (value: Json) => typeof value === 'string';
  const areStrings = (value: Json) => Array.isArray(value) && value.every(isString);
  if (!everyValue(body.enumValues, areStrings))
    throw badRequest('enumValues must be lists of strings by name, {"Stage": ["New"]}');
  if (!everyValue(body.estimates, (value) => value === null || (isString(value) && Number(value) > 0)))
    throw badRequest(
      'estimates must be amounts by estimate id, {"a1b2…": "531.00"}, or null for one that does not exist',
    );
  return body as Partial<Settings>;
}

const everyValue = (value: Json | undefined, holds: (value: Json) => boolean): boolean =>
  value === undefined || (isObject(value) && Object.values(value).every(holds));
