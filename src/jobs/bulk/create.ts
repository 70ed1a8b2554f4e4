/** The creation of bulk jobs: their items are stored as they come, and the job when all are there. */
import { createHash } from 'node:crypto';
import { badInput } from '../../domain/bad-input.ts';
import { Fault } from '../../fault.ts';
import { type RowWrite, StoreUnavailable } from '../store.ts';
import {
  type BulkItem,
  type BulkJob,
  type ItemResult,
  type JobHeader,
  keys,
  maxItems,
  type NewItem,
  newJobId,
} from './model.ts';
import { deleteItems } from './remove.ts';
import { type JobRows, jobRow } from './rows.ts';

/** The items that are written at a time. */
const itemsPerWrite = 100;

/** The most unfinished jobs of a caller. */
const maxUnfinished = 100;

export type NewJob = JobHeader & {
  /** The caller's token: of requests with the same one, the first creates the job. */
  clientToken: string | null;
  items: AsyncIterable<NewItem> | Iterable<NewItem>;
  /** Where the request has its items, for messages: `input.items`. */
  field: string;
};

export type CreateTools = { rows: JobRows; now(): number; ttlMs: number };

const hashOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

const instantOf = (ms: number): string => new Date(ms).toISOString();

/** The result of an item that has failed before it was tried. */
function bornFailed({ userErrors }: NewItem): ItemResult | undefined {
  return userErrors && { outcome: 'FAILED', id: null, userErrors, warnings: [], steps: [] };
}

/** The rows of an item that is new. */
function itemRows(id: string, index: number, newItem: NewItem, expiresAt: number): RowWrite[] {
  const { input, writes, source } = newItem;
  const result = newItem.result ?? bornFailed(newItem);
  const item: BulkItem = {
    input,
    writes,
    ...(source !== undefined && { source }),
    ...(result && { result }),
  };
  const row = { key: keys.item(id, index), value: JSON.stringify(item), expiresAt };
  return result ? [row, { key: keys.outcomeOf(id, result.outcome, index), value: '1', expiresAt }] : [row];
}

type Written = Pick<BulkJob, 'total' | 'failed' | 'writesLeft'> & { hash: string };

/**
 * Stores the items as they come.
 *
 * @param limit of their number
 * @throws Fault BAD_USER_INPUT for none or too many, and what the source throws; what was written is deleted then
 */
export async function writeItems(
  id: string,
  { items, field, options }: Pick<NewJob, 'items' | 'field' | 'options'>,
  expiresAt: number,
  { rows: { store } }: Pick<CreateTools, 'rows'>,
  limit = maxItems,
): Promise<Written> {
  const hash = createHash('sha256');
  let [total, failed, writesLeft] = [0, 0, 0];
  let batch: RowWrite[] = [];
  for await (const item of items) {
    if (total === limit) throw badInput(field, `more than ${limit} items`, `1 to ${limit}`);
    hash.update(`${JSON.stringify([item.input, item.userErrors ?? null])}\n`);
    batch.push(...itemRows(id, total, item, expiresAt));
    total += 1;
    if (item.userErrors) failed += 1;
    else writesLeft += item.writes;
    if (batch.length >= itemsPerWrite) {
      await store.write(batch);
      batch = [];
    }
  }
  if (total === 0 && !options) throw badInput(field, 'no items', `1 to ${maxItems}`);
  if (batch.length > 0) await store.write(batch);
  return { total, failed, writesLeft, hash: hash.digest('hex') };
}

/** The job that a token stands for. @throws Fault IDEMPOTENCY_CONFLICT if it was created from something else */
async function jobOfToken(
  tokenKey: string,
  content: string,
  { rows }: CreateTools,
): Promise<BulkJob | undefined> {
  const [row] = await rows.store.read([tokenKey]);
  const stored = row && (await rows.read(JSON.parse(row.value) as string));
  if (stored && stored.job.content !== content)
    throw new Fault('IDEMPOTENCY_CONFLICT', 'The client token was used for another bulk job before.');
  return stored?.job;
}

/** @throws Fault BAD_USER_INPUT for a caller with as many unfinished jobs as it may have */
async function assertFewUnfinished(caller: string, field: string, { rows }: CreateTools): Promise<void> {
  const unfinished = (await rows.unfinished()).filter((job) => job.caller === caller);
  if (unfinished.length < maxUnfinished) return;
  throw badInput(
    field,
    `another job beside ${unfinished.length} unfinished ones of this caller`,
    `at most ${maxUnfinished} of them; cancel one, or wait until one has ended`,
  );
}

/**
 * Creates a job. Its items are stored as they come, and if the source fails, nothing is left of them.
 *
 * @returns the job, and whether it was created now: a repeated request with the same token gets the first one's
 * @throws Fault BAD_USER_INPUT, IDEMPOTENCY_CONFLICT, or StoreUnavailable; and what the source of the items throws
 */
export async function createJob(
  newJob: NewJob,
  tools: CreateTools,
): Promise<{ job: BulkJob; isNew: boolean }> {
  const { kind, name, startAfter, options, caller, scopes, view, clientToken, field } = newJob;
  const { rows, now, ttlMs } = tools;
  const { store } = rows;
  const ofView = view ? [view.prefixes] : [];
  const tokenKey = clientToken === null ? null : keys.token(hashOf(caller, clientToken, ...ofView));
  const [earlier] = tokenKey ? await store.read([tokenKey]) : [];
  if (!earlier) await assertFewUnfinished(caller, field, tools);
  const createdAt = now();
  const id = newJobId(createdAt);
  const expiresAt = Math.max(createdAt, startAfter ? Date.parse(startAfter) : 0) + ttlMs;
  const leftover = { key: keys.leftover(id), value: JSON.stringify(createdAt), expiresAt };
  await store.write([leftover]);
  try {
    const { total, failed, writesLeft, hash } = await writeItems(id, newJob, expiresAt, tools);
    const content = hashOf(kind, name, startAfter, options ?? null, hash);
    const job: BulkJob = {
      id,
      kind,
      name,
      startAfter,
      ...(options && { options }),
      caller,
      scopes,
      ...(view && { view }),
      status: 'QUEUED',
      total,
      done: 0,
      failed,
      skipped: 0,
      next: 0,
      writesLeft,
      createdAt: instantOf(createdAt),
      startedAt: null,
      finishedAt: null,
      expiresAt: instantOf(expiresAt),
      waiting: null,
      content,
      tokenKey,
    };
    for (;;) {
      const before = tokenKey && (await jobOfToken(tokenKey, content, tools));
      if (before) {
        await deleteItems(id, rows);
        return { job: before, isNew: false };
      }
      // Again, since an upload takes time in which others may have been created.
      await assertFewUnfinished(caller, field, tools);
      const [stored] = tokenKey ? await store.read([tokenKey]) : [];
      const isCreated = await store.write([
        jobRow(job, 0),
        { key: keys.unfinishedJob(id), value: JSON.stringify(caller), expiresAt },
        { ...leftover, value: undefined },
        ...(tokenKey
          ? [{ key: tokenKey, value: JSON.stringify(id), ifVersion: stored?.version ?? 0, expiresAt }]
          : []),
      ]);
      if (isCreated) return { job, isNew: true };
      // The answer to this very write was lost and it was repeated, or another request with the token was faster.
      if (await rows.read(id)) return { job, isNew: true };
    }
  } catch (error) {
    // If the store is away, it may have the job all the same; if not, `removeLeftovers` deletes what there is of it.
    if (!(error instanceof StoreUnavailable)) await deleteItems(id, rows).catch(() => {});
    throw error;
  }
}
