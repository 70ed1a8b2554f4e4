/** The deletion of jobs with all that is stored of them. */
import { keys } from './model.ts';
import type { JobRows } from './rows.ts';

/** The rows that are deleted at a time. */
const rowsPerWrite = 200;

/** The time that a job may take to be created, its upload included. After that, its leftovers are deleted. */
const creationMs = 3_600_000;

/** Deletes the items of a job that has been deleted, or was never created. */
export async function deleteItems(id: string, { store }: Pick<JobRows, 'store'>): Promise<void> {
  for (const prefix of [keys.items(id), keys.outcomes(id)]) {
    for (;;) {
      const rows = await store.scan(prefix, { limit: rowsPerWrite });
      if (rows.length > 0) await store.write(rows.map(({ key }) => ({ key, value: undefined })));
      if (rows.length < rowsPerWrite) break;
    }
  }
  await store.write([{ key: keys.leftover(id), value: undefined }]);
}

/**
 * Deletes a job, and its items at once: first the job, so that nothing is carried out any more. Leftovers of a
 * crash are deleted later.
 *
 * @returns false if there is none
 */
export async function deleteJob(id: string, rows: JobRows): Promise<boolean> {
  const { store } = rows;
  for (;;) {
    const stored = await rows.read(id);
    if (!stored) return false;
    const { tokenKey, expiresAt } = stored.job;
    const isDeleted = await store.write([
      { key: keys.job(id), value: undefined, ifVersion: stored.version },
      { key: keys.unfinishedJob(id), value: undefined },
      { key: keys.leftover(id), value: JSON.stringify(0), expiresAt: Date.parse(expiresAt) },
      ...(tokenKey ? [{ key: tokenKey, value: undefined }] : []),
    ]);
    if (isDeleted) break;
  }
  await deleteItems(id, rows);
  return true;
}

/** Deletes the leftovers of crashes: items of jobs that were being created or deleted. */
export async function removeLeftovers(rows: JobRows, now: number): Promise<void> {
  const { store } = rows;
  const found = await store.scan(keys.leftovers, { limit: rowsPerWrite });
  for (const { key, value } of found) {
    const id = key.slice(keys.leftovers.length);
    if ((JSON.parse(value) as number) + creationMs < now && !(await rows.read(id)))
      await deleteItems(id, rows);
  }
}
