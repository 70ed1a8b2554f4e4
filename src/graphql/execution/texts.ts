/** The JSON of records, kept with the records. */
import type { UnknownEnumValue } from '../open-enums.ts';

/** A record as JSON, for one selection of its fields. */
export type Held = {
  readonly text: string;
  /** The text as bytes, once a long response has needed them. */
  bytes?: Buffer;
  /** Values that the schema does not have, with their paths within the record. */
  readonly unknown: readonly UnknownEnumValue[];
};

/** Identifies a selection. It is not the plan itself, which would then live as long as its texts. */
export type SelectionKey = object;

type Generation = WeakMap<object, Map<SelectionKey, Held>>;

/** What an entry takes beside its characters. */
const overheadBytes = 200;

/** V8 stores a string with one byte per character if it can. */
const sizeOf = (text: string): number =>
  overheadBytes + (Buffer.byteLength(text) === text.length ? text.length : 2 * text.length);

/**
 * Texts by record and selection. Records are immutable versions, so a text is valid as long as its record exists, and a
 * record that is dropped takes its texts along. There are two generations: when the younger one has half of the bytes, the
 * older one is forgotten. A text that is used moves into the younger one.
 *
 * @param maxBytes the memory limit of both
 */
export function createTexts(maxBytes: number) {
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

  function keep(record: object, selection: SelectionKey, held: Held): Held {
    const texts = younger.get(record);
    if (texts) texts.set(selection, held);
    else younger.set(record, new Map([[selection, held]]));
    count(sizeOf(held.text) + (held.bytes?.length ?? 0));
    return held;
  }

  return {
    get(record: object, selection: SelectionKey): Held | undefined {
      const held = younger.get(record)?.get(selection);
      if (held) return held;
      const old = older.get(record)?.get(selection);
      return old && keep(record, selection, old);
    },
    put: (record: object, selection: SelectionKey, text: string, unknown: Held['unknown']): Held =>
      keep(record, selection, { text, unknown }),
    /** The text as bytes, which are kept with it. */
    bytesOf(held: Held): Buffer {
      if (held.bytes) return held.bytes;
      held.bytes = Buffer.from(held.text);
      count(held.bytes.length);
      return held.bytes;
    },
  };
}

export type Texts = ReturnType<typeof createTexts>;
