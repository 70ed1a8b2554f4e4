/** The `data` of a response that a plan has written. */
import type { CachedJson, JsonCache, Part } from './json-cache.ts';

/** JSON in parts, so that cached JSON is not copied before it is sent. */
export type Text = string | CachedJson | readonly Text[];

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

/** The parts in order, with the strings between two records joined. */
function flattened(text: Text, parts: Part[]): Part[] {
  if (typeof text === 'string') {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else parts.push(text);
  } else if ('text' in text) parts.push(text);
  else for (const part of text) flattened(part, parts);
  return parts;
}

/**
 * Stands for `data` in a result of Apollo Server, which passes it on untouched. It is never null, and has no errors: what
 * has some is executed by graphql-js.
 */
export class Answer {
  private readonly text: Text;
  private readonly json: string;
  private readonly cache: JsonCache;

  constructor(text: Text, cache: JsonCache) {
    this.text = text;
    this.json = joined(text);
    this.cache = cache;
  }

  /** Whether the data has at most so many bytes. Counting them takes as long as copying them, and few answers are long. */
  isWithin(maxBytes: number): boolean {
    return 3 * this.json.length <= maxBytes || Buffer.byteLength(this.json) <= maxBytes;
  }

  /** The response: the data as JSON, between what precedes it and what follows. */
  between(before: string, after: string): string | Buffer {
    if (this.json.length < longAnswer) return before + this.json + after;
    return this.cache.bytesOf(flattened([before, this.text, after], []));
  }

  /** The data itself, for transports that write their messages with `JSON.stringify`. */
  toJSON(): unknown {
    return JSON.parse(this.json);
  }
}
