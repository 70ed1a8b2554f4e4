import { isObject, type Json, type JsonObject } from '../json.ts';
import { numbers, type Settings, switches } from '../settings.ts';
import { readOneOf, readWhole } from './read.ts';
import { badRequest, onlyMembers } from './route.ts';

/** The settings that a request names, each of them checked; the others stay as they are. */
export function readSettings(body: JsonObject): Partial<Settings> {
  onlyMembers(body, [...Object.keys(switches), ...Object.keys(numbers), 'enumValues', 'estimates']);
  for (const [name, values] of Object.entries(switches))
    if (body[name] !== undefined) readOneOf(body, name, values);
  for (const name of Object.keys(numbers)) if (body[name] !== undefined) readWhole(body, name, 0);
  const isText = (value: Json) => typeof value === 'string';
  const areTexts = (value: Json) => Array.isArray(value) && value.every(isText);
  if (!everyValue(body.enumValues, areTexts))
    throw badRequest('enumValues has to be lists of texts by name, {"Stage": ["New"]}');
  if (!everyValue(body.estimates, (value) => value === null || (isText(value) && Number(value) > 0)))
    throw badRequest(
      'estimates has to be amounts by estimate id, {"a1b2…": "531.00"}, or null for one that is not there',
    );
  return body as Partial<Settings>;
}

const everyValue = (value: Json | undefined, holds: (value: Json) => boolean): boolean =>
  value === undefined || (isObject(value) && Object.values(value).every(holds));
