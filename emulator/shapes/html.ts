import { getIn, type Json, type JsonObject, withValue } from '../json.ts';

/** The picklists that are free strings in the model. */
const picklistPaths = [
  ['Project', 'CustomerUseCase'],
  ['Project', 'ApnPrograms'],
  ['Marketing', 'UseCases'],
];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * HTML-encodes picklist values: "Containers &amp; Serverless". The live service was observed to do so once or twice,
 * and then refuses its own values.
 */
export function encodePicklists(answer: JsonObject): JsonObject {
  return picklistPaths.reduce((encoded, path) => {
    const value = getIn(encoded, ...path);
    return value === undefined ? encoded : withValue(encoded, path, encode(value));
  }, answer);
}

function encode(value: Json): Json {
  if (Array.isArray(value)) return value.map(encode);
  return typeof value === 'string' ? value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign) : value;
}
