/** What the write of an item was to change, noted before it is sent, and found again after a crash. */
import { changedFields, isSame, writable } from '../../domain/patch.ts';
import { getIn } from '../../domain/paths.ts';
import type { Context } from '../../graphql/context.ts';
import type { Intent } from '../../jobs/bulk/model.ts';
import type { PlannedWrite } from '../../records/background-writes.ts';

/** A value as it is after it has been stored. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown;

const last = (field: string): string => field.slice(field.lastIndexOf('.') + 1);

/** @param at the present instant, RFC 3339 */
export function intentOf({ operation, input, base }: PlannedWrite, at: string): Intent {
  if (operation !== 'UpdateOpportunity' || !base) return { operation, at, id: null, base: null, changes: [] };
  const { identifier: _, lastModifiedDate: __, ...content } = input as Record<string, unknown>;
  const before = writable(base);
  const changes = changedFields(before, content).map((field) => ({
    field,
    before: stored(getIn(before, field)),
    after: stored(getIn(content, field)),
  }));
  return { operation, at, id: base.id, base: base.lastModifiedDate ?? null, changes };
}

/**
 * What has become of an update whose result was not recorded: the record has its values, or those from before it, so that
 * it was not applied, or neither, which leaves the outcome unclear.
 */
export type Verdict = 'applied' | 'untouched' | 'unclear';

/** Finds out what has become of an update, by one read. @throws Fault */
export async function verdictOn({ id, changes }: Intent, { records }: Context): Promise<Verdict> {
  if (id === null) return 'untouched';
  const record = await records.inTurn(id, ({ read }) => read());
  if (!record) return 'untouched';
  const content = writable(record);
  const has = (which: 'before' | 'after') =>
    changes.every((change) =>
      isSame(stored(getIn(content, change.field)), change[which], last(change.field)),
    );
  if (has('after')) return 'applied';
  return has('before') ? 'untouched' : 'unclear';
}
