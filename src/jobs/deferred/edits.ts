/** The deferred edits of one account. */
import type { StuckEdit } from '../../domain/attention.ts';
import { combinePatches } from '../../domain/deferred.ts';
import { uuidOf } from '../../domain/uuid.ts';
import type { JobQueue } from '../queue.ts';
import type { JobStore, Row } from '../store.ts';
import {
  type DeferredEdit,
  isWaiting,
  keyOf,
  opportunityOfEdit,
  prefix,
  prefixOf,
  type StoredEdit,
  storedEdit,
} from './model.ts';

/** The most edits of one opportunity. */
export const maxEdits = 20;
/** The rows that are read at a time. */
const pageSize = 500;
/** The most edits that are looked at, of all opportunities. */
const maxAll = 10_000;

/** The row by which replicas agree which of them asks AWS. It does not belong to an edit. */
const pollKey = 'deferred-poll';

export type NewEdit = Pick<
  DeferredEdit,
  'opportunityId' | 'patch' | 'fields' | 'createdBy' | 'view' | 'base'
>;

/** An edit that was stored, and how to undo that if nothing else has changed it since. */
export type PutEdit = { edit: DeferredEdit; undo(): Promise<void> };

/** What identifies whose an edit is: it is sent within one caller's view. */
const creatorOf = ({ createdBy, view }: Pick<NewEdit, 'createdBy' | 'view'>): string[] =>
  view ? [createdBy, JSON.stringify(view.prefixes)] : [createdBy];

export type DeferredEditsOptions = {
  store: JobStore;
  queue: Pick<JobQueue, 'add'>;
  /** The present instant, in milliseconds since 1970. */
  now(): number;
  /** How long an edit is kept that cannot be sent, in milliseconds. */
  ttlMs: number;
};

export function createDeferredEdits({ store, queue, now, ttlMs }: DeferredEditsOptions) {
  const present = () => new Date(now()).toISOString();
  /** Called with the opportunity of an edit that was stored here. */
  let onPut = (_opportunityId: string): void => {};

  /** Writes an edit, or deletes it, if its row still has a version: 0 if there must be none. */
  const write = (edit: DeferredEdit, ifVersion: number, { isDeleted = false } = {}): Promise<boolean> =>
    store.write([
      {
        key: keyOf(edit),
        value: isDeleted ? undefined : JSON.stringify(edit),
        ifVersion,
        ...(edit.failure && { expiresAt: now() + ttlMs }),
      },
    ]);

  /** The edits of an opportunity, oldest first. */
  async function of(opportunityId: string): Promise<StoredEdit[]> {
    const rows = await store.scan(prefixOf(opportunityId), { limit: 2 * maxEdits });
    return inOrder(rows);
  }

  /** All edits, oldest first. */
  async function all(): Promise<StoredEdit[]> {
    const rows: Row[] = [];
    for (let after: string | undefined; rows.length < maxAll; after = rows.at(-1)?.key) {
      const page = await store.scan(prefix, { limit: pageSize, after });
      rows.push(...page);
      if (page.length < pageSize) break;
    }
    return inOrder(rows);
  }

  return {
    of,
    all,

    /** The first edit of each opportunity that could not be made, with the reason. */
    async stuck(): Promise<StuckEdit[]> {
      const found = new Map<string, StuckEdit>();
      for (const { edit } of await all()) {
        const { opportunityId, failure } = edit;
        if (!failure || found.has(opportunityId)) continue;
        const message = failure.userErrors[0]?.message ?? '';
        found.set(opportunityId, { opportunityId, at: failure.at, message });
      }
      return [...found.values()];
    },

    /** Sets the listener for edits that are stored. */
    listen(listener: (opportunityId: string) => void): void {
      onPut = listener;
    },

    /** Has what waits for an opportunity tried soon. */
    wake: (opportunityId: string): Promise<void> => queue.add(opportunityId),

    /** @returns undefined if there is none */
    async read(id: string): Promise<StoredEdit | undefined> {
      const opportunityId = opportunityOfEdit(id);
      if (!opportunityId) return undefined;
      const [row] = await store.read([keyOf({ id, opportunityId })]);
      return row && storedEdit(row);
    },

    /**
     * Stores an edit. One by the same caller that waits already takes it in, so that the caller's last value of each field
     * counts; otherwise it waits after the others. The same edit again changes nothing.
     *
     * @returns undefined if as many wait already as may
     */
    async put(added: NewEdit): Promise<PutEdit | undefined> {
      const { opportunityId, patch, fields, base } = added;
      const creator = creatorOf(added);
      const id = `edit-${opportunityId}-${uuidOf('deferred', ...creator, base.lastModifiedDate ?? '', JSON.stringify(patch))}`;
      for (;;) {
        const stored = await of(opportunityId);
        const same = stored.find(({ edit }) => edit.id === id);
        if (same && isWaiting(same)) return { edit: same.edit, undo: async () => {} };
        const own = stored.findLast(
          (one) =>
            isWaiting(one) && one.edit.intent === null && String(creatorOf(one.edit)) === String(creator),
        );
        const combined = own && combinePatches(own.edit.patch, patch);
        const before = combined ? own : same;
        if (!before && stored.length >= maxEdits) return undefined;
        const edit: DeferredEdit = combined
          ? { ...own.edit, patch: combined, fields: [...new Set([...own.edit.fields, ...fields])] }
          : { ...added, id, createdAt: present(), intent: null, failure: null };
        const version = before?.version ?? 0;
        if (!(await write(edit, version))) continue;
        onPut(opportunityId);
        const undo = async () => {
          await write(before?.edit ?? edit, version + 1, { isDeleted: !before });
        };
        return { edit, undo };
      }
    },

    /**
     * Changes an edit, unless its row has changed since it was read.
     *
     * @returns undefined if it has
     */
    async change(
      { edit, version }: StoredEdit,
      changes: Partial<DeferredEdit>,
    ): Promise<StoredEdit | undefined> {
      const changed = { ...edit, ...changes };
      return (await write(changed, version)) ? { edit: changed, version: version + 1 } : undefined;
    },

    /** Marks an edit as one that cannot be sent. @returns whether it was unchanged since it was read */
    async fail(
      stored: StoredEdit,
      userErrors: NonNullable<DeferredEdit['failure']>['userErrors'],
    ): Promise<boolean> {
      const edit = { ...stored.edit, intent: null, failure: { at: present(), userErrors } };
      return write(edit, stored.version);
    },

    /** Deletes an edit. @returns whether it was unchanged since it was read */
    remove: ({ edit, version }: StoredEdit): Promise<boolean> => write(edit, version, { isDeleted: true }),

    /** Whether this replica is to ask AWS now, which one does in an interval. */
    async claimPoll(intervalMs: number): Promise<boolean> {
      const [row] = await store.read([pollKey]);
      if (row && now() - Number(row.value) < intervalMs) return false;
      return store.write([{ key: pollKey, value: String(now()), ifVersion: row?.version ?? 0 }]);
    },
  };
}

export type DeferredEdits = ReturnType<typeof createDeferredEdits>;

/** By the time at which they were made. */
function inOrder(rows: readonly Row[]): StoredEdit[] {
  const time = ({ edit: { createdAt, id } }: StoredEdit) => `${createdAt} ${id}`;
  return rows.map(storedEdit).sort((a, b) => (time(a) < time(b) ? -1 : 1));
}
