import type { EmulatorState } from '../state.ts';
import { createDisk } from './disk.ts';
import { applyChanges, type Change, changesSince, restore, type Tables } from './tables.ts';

/** Keeps the emulator's content in a file. */
export type StateFile = {
  /** Fills the state from the file; false if there is none yet. */
  load(): Promise<boolean>;
  /** Writes the whole content, and removes the journal beside it. */
  save(): Promise<void>;
  /**
   * Resolves when everything that has changed is on the disk. Rejects if it cannot be written; then the state is again
   * what the disk has.
   */
  commit(): Promise<void>;
};

/** For an emulator without a file: keeps nothing. */
const none: StateFile = { load: async () => false, save: async () => {}, commit: async () => {} };

export function openStateFile(path: string | undefined, state: EmulatorState): StateFile {
  if (path === undefined) return none;
  const disk = createDisk(path);
  /** What the disk has. */
  const saved: Tables = new Map();
  let isSnapshotDue = true;
  let isWriting = false;
  /** Those who wait for the next write. While one is on its way, all others wait for a single next one. */
  let group: PromiseWithResolvers<void> | undefined;

  async function write(): Promise<void> {
    const changes = changesSince(saved, state);
    const isWhole = isSnapshotDue || disk.isJournalLong();
    isSnapshotDue = false;
    try {
      if (isWhole) await disk.writeSnapshot(withChanges(changes));
      else if (changes.length > 0) await disk.append(changes);
    } catch (error) {
      // The journal may end in the middle of a line, which must not be followed by another.
      isSnapshotDue = true;
      throw error;
    }
    applyChanges(saved, changes);
  }

  function withChanges(changes: readonly Change[]): Tables {
    const tables = new Map([...saved].map(([name, table]) => [name, new Map(table)]));
    applyChanges(tables, changes);
    return tables;
  }

  function takeGroup(): typeof group {
    const taken = group;
    group = undefined;
    return taken;
  }

  async function writeGroups(): Promise<void> {
    isWriting = true;
    for (let current = takeGroup(); current; current = takeGroup())
      try {
        await write();
        current.resolve();
      } catch (thrown) {
        const error = unwritable(thrown);
        restore(state, saved);
        current.reject(error);
        // What has happened meanwhile was built upon what is now taken back.
        takeGroup()?.reject(error);
      }
    isWriting = false;
  }

  const unwritable = (cause: unknown): Error =>
    new Error(`The state file ${path} cannot be written: ${(cause as Error).message}`, { cause });

  function commit(): Promise<void> {
    group ??= Promise.withResolvers<void>();
    const { promise } = group;
    if (!isWriting) void writeGroups();
    return promise;
  }

  return {
    load: async () => {
      try {
        const tables = await disk.read();
        if (!tables) return false;
        restore(state, tables);
        return true;
      } catch (error) {
        throw new Error(`The state file ${path} ${(error as Error).message}`, { cause: error });
      }
    },
    commit,
    save: async () => {
      isSnapshotDue = true;
      await commit();
      await disk.close();
    },
  };
}
