import { readFile, rename, writeFile } from 'node:fs/promises';
import { engagementsContent, restoreEngagements } from './engagements/store.ts';
import { asObject, isObject, type Json, type JsonObject } from './json.ts';
import type { Opportunity } from './records/record.ts';
import type { EmulatorState } from './state.ts';

/** Keeps the emulator's records, spent client tokens and engagements in a file. */
export type StateFile = {
  /** Fills the state from the file; false if there is none yet. */
  load(): Promise<boolean>;
  /** Schedules a write soon, which includes all changes until then. */
  changed(): void;
  /** Writes now. */
  save(): Promise<void>;
};

const writeDelayMs = 200;
const formatVersion = 1;

/** For an emulator without a file: keeps nothing. */
const none: StateFile = { load: async () => false, changed: () => {}, save: async () => {} };

export function openStateFile(path: string | undefined, state: EmulatorState): StateFile {
  if (path === undefined) return none;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  // A rename is atomic, so a crash while writing leaves the old file. Writes never overlap.
  async function write(): Promise<void> {
    const content = {
      version: formatVersion,
      records: state.store.all(),
      tokens: state.tokens.entries(),
      engagements: engagementsContent(state.engagements),
    };
    try {
      await writeFile(`${path}.tmp`, JSON.stringify(content));
      await rename(`${path}.tmp`, String(path));
    } catch (error) {
      throw new Error(`The state file ${path} cannot be written: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write, write);
    return writing;
  }

  return {
    load: async () => {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw new Error(`The state file ${path} cannot be read: ${error.message}`, { cause: error });
      });
      if (text === undefined) return false;
      const { records, tokens, engagements } = parse(text, path);
      for (const record of records) state.store.put(record as Opportunity);
      restoreEngagements(state.engagements, engagements as Partial<ReturnType<typeof engagementsContent>>);
      for (const { record } of state.engagements.referrals.values()) state.store.reserve(record.Id);
      state.tokens.restore(tokens as ReturnType<EmulatorState['tokens']['entries']>);
      return true;
    },
    changed: () => {
      // The next change retries a write that fails here; an error of the last write, at the stop, is reported.
      timer ??= setTimeout(() => save().catch(() => {}), writeDelayMs);
    },
    save,
  };
}

function parse(text: string, path: string): { records: JsonObject[]; tokens: unknown; engagements: unknown } {
  let content: Json = null;
  try {
    content = JSON.parse(text) as Json;
  } catch {
    // Falls through: a truncated file and a foreign one get the same message below.
  }
  if (
    isObject(content) &&
    content.version === formatVersion &&
    Array.isArray(content.records) &&
    Array.isArray(content.tokens)
  )
    // Early files call the engagements `ledger`, and the first have none.
    return {
      records: content.records.filter(isObject),
      tokens: content.tokens,
      engagements: asObject(content.engagements ?? content.ledger),
    };
  throw new Error(`The state file ${path} was not written by this emulator; move it or choose another`);
}
