/** The JSON of records, cached with the records. */
import type { UnknownEnumValue } from '../open-enums.ts';

/** A record as JSON, for one selection of its fields. */
export type CachedJson = {
  readonly text: string;
  /** The JSON as bytes, once a long response has needed them. */
  bytes?: Buffer;
  /** Values that the schema does not have, with their paths within the record. */
  readonly unknown: readonly UnknownEnumValue[];
  /** The latest long response whose first record it is. */
  page?: Page;
};

/** A part of a long response: a record, or what is between two. */
export type Part = string | CachedJson;

/** `bytes` are there once it has been asked for twice: one with the rest of the quota is another each time. */
type Page = { readonly parts: readonly Part[]; bytes?: Buffer };

const isSame = (page: Page, parts: readonly Part[]): boolean =>
  page.parts.length === parts.length && parts.every((part, index) => part === page.parts[index]);

/** Identifies a selection. It is not the plan itself, which would then live as long as its JSON. */
export type SelectionKey = object;

type Generation = WeakMap<object, Map<SelectionKey, CachedJson>>;

/** What an entry takes beside its characters. */
const overheadBytes = 200;

/** The most that one response may take, so that it does not displace all others. */
const maxPageShare = 0.05;

/** V8 stores a string with one byte per character if it can. */
const sizeOf = (text: string): number =>
  overheadBytes + (Buffer.byteLength(text) === text.length ? text.length : 2 * text.length);

/**
 * JSON by record and selection. Records are immutable versions, so an entry is valid as long as its record exists, and is
 * dropped with it. There are two generations: when the younger one has half of the bytes, the older one is dropped. An entry
 * that is used moves into the younger one.
 *
 * @param maxBytes the memory limit of both
 */
export function createJsonCache(maxBytes: number) {
  let younger: Generation = new WeakMap();
  let older: Generation = new WeakMap();
  let size = 0;

  function count(bytes: number): void {
    size += bytes;
    if (size <= maxBytes / 2) return;
    older = younger;
    younger = new WeakMap();
    size = 0;
  }

  function keep(record: object, selection: SelectionKey, entry: CachedJson): CachedJson {
    const entries = younger.get(record);
    if (entries) entries.set(selection, entry);
    else younger.set(record, new Map([[selection, entry]]));
    count(sizeOf(entry.text) + (entry.bytes?.length ?? 0) + (entry.page?.bytes?.length ?? 0));
    return entry;
  }

  function encoded(part: Part): Buffer {
    if (typeof part === 'string') return Buffer.from(part);
    if (part.bytes) return part.bytes;
    part.bytes = Buffer.from(part.text);
    count(part.bytes.length);
    return part.bytes;
  }

  return {
    get(record: object, selection: SelectionKey): CachedJson | undefined {
      const entry = younger.get(record)?.get(selection);
      if (entry) return entry;
      const old = older.get(record)?.get(selection);
      return old && keep(record, selection, old);
    },
    put: (
      record: object,
      selection: SelectionKey,
      text: string,
      unknown: CachedJson['unknown'],
    ): CachedJson => keep(record, selection, { text, unknown }),
    /**
     * A long response as bytes. They are cached like those of its records, since many callers ask for the same page: to put
     * together a page of a hundred takes longer than everything else that is done for it.
     */
    bytesOf(parts: readonly Part[]): Buffer {
      const first = parts.find((part) => typeof part !== 'string');
      const page = first?.page && isSame(first.page, parts) ? first.page : undefined;
      if (page?.bytes) return page.bytes;
      const bytes = Buffer.concat(parts.map(encoded));
      if (bytes.length > maxBytes * maxPageShare) return bytes;
      if (page) {
        page.bytes = bytes;
        count(bytes.length);
      } else if (first) first.page = { parts };
      return bytes;
    },
  };
}

export type JsonCache = ReturnType<typeof createJsonCache>;
