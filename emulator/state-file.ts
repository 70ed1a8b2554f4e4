import { readFile, rename, writeFile } from 'node:fs/promises';
import { contentOf, parseContent, restoreContent } from './content.ts';
import type { EmulatorState } from './state.ts';

/** Keeps the emulator's content in a file. */
export type StateFile = {
  /** Fills the state from the file; false if there is none yet. */
  load(): Promise<boolean>;
  /** Schedules a write soon, which includes all changes until then. */
  changed(): void;
  /** Writes now. */
  save(): Promise<void>;
};

const writeDelayMs = 200;

/** For an emulator without a file: keeps nothing. */
const none: StateFile = { load: async () => false, changed: () => {}, save: async () => {} };

export function openStateFile(path: string | undefined, state: EmulatorState): StateFile {
  if (path === undefined) return none;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  // A rename is atomic, so a crash while writing leaves the old file. Writes never overlap.
  async function write(): Promise<void> {
    try {
      await writeFile(`${path}.tmp`, JSON.stringify(contentOf(state)));
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
      try {
        restoreContent(state, parseContent(text));
      } catch (error) {
        throw new Error(`The state file ${path} ${(error as Error).message}`, { cause: error });
      }
      return true;
    },
    changed: () => {
      // The next change retries a write that fails here; an error of the last write, at the stop, is reported.
      timer ??= setTimeout(() => save().catch(() => {}), writeDelayMs);
    },
    save,
  };
}
