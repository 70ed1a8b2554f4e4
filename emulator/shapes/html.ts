import { getIn, type Json, type JsonObject, withValue } from '../json.ts';

/** The picklists that the model leaves as free texts. */
const picklists = [
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
 * Writes picklist values as a page would: "Containers &amp; Serverless". The live service was seen to do so once or
 * twice, and does not take back what it has said then.
 */
export function encodePicklists(answer: JsonObject): JsonObject {
  return picklists.reduce((encoded, path) => {
    const value = getIn(encoded, ...path);
    return value === undefined ? encoded : withValue(encoded, path, encode(value));
  }, answer);
}

function encode(value: Json): Json {
  if (Array.isArray(value)) return value.map(encode);
  return typeof value === 'string' ? value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign) : value;
}
