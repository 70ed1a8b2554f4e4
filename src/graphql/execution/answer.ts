/** The `data` of a response that a plan has written. */
import type { CachedJson, JsonCache } from './json-cache.ts';

/** JSON in parts, so that cached JSON is not copied before it is sent. */
export type Text = string | CachedJson | readonly Text[];

/** JSON that is sent: a string, or bytes in parts if it is long. */
export type Json = string | readonly Buffer[];

/**
 * Shorter answers are sent as one string. Longer ones are put together from bytes: a single letter beyond Latin-1 makes a
 * string two bytes wide, and encoding that takes twenty times as long as putting together the bytes of a hundred records.
 */
const longAnswer = 16_384;

/** The parts in order, with the strings between two records joined. */
function flatten(text: Text, parts: (string | CachedJson)[] = []): (string | CachedJson)[] {
  if (typeof text === 'string') {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else parts.push(text);
  } else if ('text' in text) parts.push(text);
  else for (const part of text) flatten(part, parts);
  return parts;
}

const lengthOf = (part: string | CachedJson): number => (typeof part === 'string' ? part : part.text).length;

/**
 * Stands for `data` in a result of Apollo Server, which passes it on untouched. It is never null, and has no errors: what
 * has some is executed by graphql-js.
 */
export class Answer {
  readonly json: Json;

  constructor(text: Text, { bytesOf }: JsonCache) {
    const parts = flatten(text);
    const length = parts.reduce((sum, part) => sum + lengthOf(part), 0);
    this.json =
      length < longAnswer
        ? parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')
        : parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : bytesOf(part)));
  }

  /** The data itself, for transports that write their messages with `JSON.stringify`. */
  toJSON(): unknown {
    return JSON.parse(typeof this.json === 'string' ? this.json : Buffer.concat(this.json).toString());
  }
}
