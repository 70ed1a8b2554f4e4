/** The JSON of records, cached with the records. */
import type { UnknownEnumValue } from '../open-enums.ts';

/** A record as JSON, for one selection of its fields. */
export type CachedJson = {
  readonly text: string;
  /** The JSON as bytes, once a long response has needed them. */
  bytes?: Buffer;
  /** Values that the schema does not have, with their paths within the record. */
  readonly unknown: readonly UnknownEnumValue[];
};

/** Identifies a selection. It is not the plan itself, which would then live as long as its JSON. */
export type SelectionKey = object;

type Generation = WeakMap<object, Map<SelectionKey, CachedJson>>;

/** What an entry takes beside its characters. */
const overheadBytes = 200;

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
    count(sizeOf(entry.text) + (entry.bytes?.length ?? 0));
    return entry;
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
    /** The JSON as bytes, which are cached with it. */
    bytesOf(entry: CachedJson): Buffer {
      if (entry.bytes) return entry.bytes;
      entry.bytes = Buffer.from(entry.text);
      count(entry.bytes.length);
      return entry.bytes;
    },
  };
}

export type JsonCache = ReturnType<typeof createJsonCache>;
