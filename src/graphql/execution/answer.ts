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

/** All of it as one string, which V8 puts together without copying its parts. */
function joined(text: Text): string {
  if (typeof text === 'string') return text;
  if ('text' in text) return text.text;
  return text.reduce<string>((before, part) => before + joined(part), '');
}

/** Adds all of it as bytes, with the strings between two records joined. Returns the string after the last record. */
function addBytes(text: Text, before: string, bytesOf: JsonCache['bytesOf'], parts: Buffer[]): string {
  if (typeof text === 'string') return before + text;
  if ('text' in text) {
    parts.push(Buffer.from(before), bytesOf(text));
    return '';
  }
  return text.reduce<string>((rest, part) => addBytes(part, rest, bytesOf, parts), before);
}

/**
 * Stands for `data` in a result of Apollo Server, which passes it on untouched. It is never null, and has no errors: what
 * has some is executed by graphql-js.
 */
export class Answer {
  readonly json: Json;

  constructor(text: Text, { bytesOf }: JsonCache) {
    const all = joined(text);
    if (all.length < longAnswer) {
      this.json = all;
    } else {
      const parts: Buffer[] = [];
      const rest = addBytes(text, '', bytesOf, parts);
      this.json = [...parts, Buffer.from(rest)];
    }
  }

  /** The data itself, for transports that write their messages with `JSON.stringify`. */
  toJSON(): unknown {
    return JSON.parse(typeof this.json === 'string' ? this.json : Buffer.concat(this.json).toString());
  }
}
