/** Bulk jobs and their items as they are stored. */
import { randomBytes } from 'node:crypto';
import type { PlainObject } from '../../domain/paths.ts';
import type { View } from '../../domain/view.ts';
import type {
  BulkJobKind,
  BulkJobStatus,
  BulkJobWait,
  UserError,
  Warning,
} from '../../generated/schema-types.ts';

/** The most items of a job. */
export const maxItems = 10_000;

/** The most opportunities of an export, which AWS lists a hundred to a call. */
export const maxExported = 100_000;

/** Why a job does not go on at the moment, and when it is tried again at the latest (RFC 3339). */
export type Waiting = { reason: BulkJobWait; until: string };

/** What a job is, from its creation on. */
export type JobHeader = {
  /** What it does to each item. */
  kind: BulkJobKind;
  name: string | null;
  /** The earliest start, RFC 3339; null for at once. */
  startAfter: string | null;
  /** What a job does that has no items, as its kind understands it; absent for one with items. */
  options?: PlainObject;
  /** The caller for which it acts, and the scopes that it had. */
  caller: string;
  scopes: readonly string[];
  /** What that caller saw of the opportunities; absent where there was no rule. */
  view?: View | undefined;
};

export type BulkJob = JobHeader & {
  id: string;
  status: BulkJobStatus;
  total: number;
  done: number;
  failed: number;
  skipped: number;
  /** The number of the first item that may still be open: all before it are settled. */
  next: number;
  /** The writes that the open items need at most. */
  writesLeft: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** When it is deleted with all its items. */
  expiresAt: string;
  waiting: Waiting | null;
  /** Of an export: whether its items are known. */
  isListed?: boolean;
  /** A hash of what it was created from, to recognise a repeated request. */
  content: string;
  /** The key of the row that has the caller's token, if there is one. */
  tokenKey: string | null;
};

/** How an item has ended. One that has not is open: it is `QUEUED`, or `CANCELED` in a job that is. */
export type SettledOutcome = 'DONE' | 'SKIPPED' | 'FAILED';

export type ItemResult = {
  outcome: SettledOutcome;
  /** The opportunity; null if there is none. */
  id: string | null;
  userErrors: readonly UserError[];
  warnings: readonly Warning[];
  /** The steps of a mutation that makes several, as its payload has them. */
  steps: readonly object[];
};

/** A write that was about to be sent, noted before: after a crash it shows what to look for. */
export type Intent = {
  operation: string;
  /** When it was noted, RFC 3339. */
  at: string;
  /** For an update: the opportunity. */
  id: string | null;
  /** For an update: the `lastModifiedDate` of the version that it replaces. */
  base: string | null;
  /** For an update: each field that it changes, with its value before and after. */
  changes: readonly { field: string; before: unknown; after: unknown }[];
};

/** An item to be stored. */
export type NewItem = {
  /** The input of the mutation that carries it out; null for one that cannot be read. */
  input: PlainObject | null;
  /** The writes that it needs at most. */
  writes: number;
  /** Why it cannot be carried out; it has failed from the beginning. */
  userErrors?: readonly UserError[];
  /** What it was made from, for those who return it with its result; of an export, what was read. */
  source?: unknown;
  /** What has become of it from the beginning, if it need not be carried out. */
  result?: ItemResult;
};

export type BulkItem = Omit<NewItem, 'userErrors'> & {
  intent?: Intent;
  result?: ItemResult;
};

/** An item with its number in the job, which starts at 0, and the version of its row. */
export type NumberedItem = { index: number; version: number; item: BulkItem };

/** A job with the version of its row. */
export type StoredJob = { job: BulkJob; version: number };

/** Ids that sort by time, so that the newest job is the last row. */
export const newJobId = (now: number): string =>
  `bulk-${now.toString(16).padStart(12, '0')}${randomBytes(5).toString('hex')}`;

const padded = (index: number): string => String(index).padStart(6, '0');

/** The keys of rows. Those of items and outcomes are prefixes that end with `/`. */
export const keys = {
  jobs: 'job/',
  job: (id: string) => `job/${id}`,
  /** The jobs that have not ended. */
  unfinished: 'unfinished-job/',
  unfinishedJob: (id: string) => `unfinished-job/${id}`,
  items: (id: string) => `item/${id}/`,
  item: (id: string, index: number) => `item/${id}/${padded(index)}`,
  /** The settled items by outcome. */
  outcomes: (id: string) => `outcome/${id}/`,
  outcome: (id: string, outcome: SettledOutcome) => `outcome/${id}/${outcome}/`,
  outcomeOf: (id: string, outcome: SettledOutcome, index: number) =>
    `outcome/${id}/${outcome}/${padded(index)}`,
  /** What a caller's token stands for. */
  token: (hash: string) => `job-token/${hash}`,
  /** Jobs of which items may be stored, but no job: being created, or deleted. */
  leftovers: 'job-leftover/',
  leftover: (id: string) => `job-leftover/${id}`,
};

/** The part of a key after its last `/`. */
export const lastPart = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

export const isFinished = ({ status }: Pick<BulkJob, 'status'>): boolean =>
  status === 'DONE' || status === 'CANCELED';
