import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isObject, type Json } from '../json.ts';
import { applyChanges, type Change, type Tables } from './tables.ts';

/**
 * Tables on disk: a snapshot in one file, and in a journal beside it the changes since. What a promise of this has
 * confirmed survives the end of the process, and of the machine.
 */
export type Disk = {
  /** The tables as they were confirmed last; undefined if there is no file. @throws Error for a file in another format */
  read(): Promise<Tables | undefined>;
  /** Replaces the file as a whole; the journal begins anew. Must be called before the first `append`, and after an error. */
  writeSnapshot(tables: Tables): Promise<void>;
  append(changes: readonly Change[]): Promise<void>;
  /** Whether the journal has outgrown the snapshot. */
  isJournalLong(): boolean;
  /** Removes the journal, of which the snapshot must have everything. */
  close(): Promise<void>;
};

/** Earlier versions were one file, of another content. */
const formatVersion = 3;

/** A journal up to this size may be longer than its snapshot. */
const shortJournalBytes = 65_536;

export function createDisk(path: string): Disk {
  const journalPath = `${path}.journal`;
  let journal: FileHandle | undefined;
  /** Stored in both files, so that a journal is never applied to another snapshot than its own. */
  let id = '';
  let [snapshotBytes, journalBytes] = [0, 0];

  return {
    read: async () => {
      const snapshot = await readIfThere(path);
      if (snapshot === undefined) return undefined;
      const { tables, journal: name } = parseSnapshot(snapshot);
      applyJournal((await readIfThere(journalPath)) ?? '', name, tables);
      return tables;
    },
    writeSnapshot: async (tables) => {
      await journal?.close().catch(() => {});
      journal = undefined;
      id = randomUUID();
      const entries = [...tables].map(([name, table]) => [name, [...table]]);
      const text = JSON.stringify({
        version: formatVersion,
        journal: id,
        tables: Object.fromEntries(entries),
      });
      await replaceFile(path, text);
      snapshotBytes = Buffer.byteLength(text);
      journalBytes = 0;
    },
    append: async (changes) => {
      const isNew = journal === undefined;
      journal ??= await open(journalPath, 'w');
      const line = `${isNew ? `${JSON.stringify(id)}\n` : ''}${JSON.stringify(changes)}\n`;
      await journal.writeFile(line);
      await journal.datasync();
      if (isNew) await syncFolder(journalPath);
      journalBytes += Buffer.byteLength(line);
    },
    isJournalLong: () => journalBytes > Math.max(snapshotBytes, shortJournalBytes),
    close: async () => {
      await journal?.close();
      await rm(journalPath, { force: true });
    },
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`cannot be read: ${error.message}`, { cause: error });
  });
}

function parseSnapshot(text: string): { tables: Tables; journal: unknown } {
  let content: Json = null;
  try {
    content = JSON.parse(text) as Json;
  } catch {
    // Falls through: a truncated file and a foreign one get the same message below.
  }
  if (isObject(content) && typeof content.version === 'number' && content.version < formatVersion)
    throw new Error('was written by an earlier version of the emulator; delete it, or choose another');
  if (!isObject(content) || content.version !== formatVersion || !isObject(content.tables))
    throw new Error('was not written by this emulator; move it or choose another');
  const tables = Object.entries(content.tables).map(
    ([name, entries]) => [name, new Map(entries as [string, unknown][])] as const,
  );
  return { tables: new Map(tables), journal: content.journal };
}

/**
 * Applies the journal of a snapshot. What the process was writing when it ended, the last line, may be torn: no caller was
 * promised that it is stored.
 */
function applyJournal(text: string, id: unknown, tables: Tables): void {
  const [first, ...lines] = text.split('\n');
  if (first !== JSON.stringify(id)) return;
  const last = lines.findLastIndex((line) => line !== '');
  for (const [index, line] of lines.slice(0, last + 1).entries()) {
    let changes: Change[];
    try {
      changes = JSON.parse(line) as Change[];
    } catch (error) {
      if (index === last) return;
      throw new Error(`has a damaged journal, in line ${index + 2}; delete both files, or repair them`, {
        cause: error,
      });
    }
    applyChanges(tables, changes);
  }
}

/** A rename is atomic, so that a crash while writing leaves the old file. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // On a full disk, half a file would be in the way of what could still be written.
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(path);
}

/** Makes a new name in a folder durable. Windows cannot open a folder, and needs none of this. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
