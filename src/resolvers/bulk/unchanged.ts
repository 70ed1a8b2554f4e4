/** Updates that change nothing, found out without reading whole records: AWS lists twenty opportunities by one call. */
import { idForms } from '../../domain/ids.ts';
import { applyPatch, isEdits } from '../../domain/list-edits.ts';
import { changedFields, isEmpty, isSameIn, writable } from '../../domain/patch.ts';
import { getIn, leafPaths, type PlainObject } from '../../domain/paths.ts';
import type { Context } from '../../graphql/context.ts';
import type { NumberedItem } from '../../jobs/bulk/model.ts';
import type { OpportunityRecord, OpportunitySummary } from '../../upstream/wire.ts';

type Update = { id: string; patch: PlainObject };

/** The update of an item that names its opportunity by id, and can be judged by its values. */
function updateOf({ item: { input, intent } }: NumberedItem): Update | undefined {
  if (!input || intent || input.onConflict === 'FAIL') return undefined;
  if (typeof input.id !== 'string' || !idForms.Opportunity.test(input.id)) return undefined;
  const patch = input.patch as PlainObject;
  return Object.keys(patch).some(isEdits) ? undefined : { id: input.id, patch };
}

/** Whether a list's summary has every value of a patch. What it does not have may be missing in lists only. */
const hasValues = (summary: OpportunitySummary, patch: PlainObject): boolean =>
  leafPaths(patch).every((path) => !isEmpty(getIn(patch, path)) && isSameIn(summary, patch, path));

/** Whether a record stays the same under a patch. */
const isKept = (record: OpportunityRecord, patch: PlainObject): boolean =>
  changedFields(writable(record), applyPatch(writable(record), patch)).length === 0;

/** The items that change nothing. Those that only a read of their own could identify are left out. @throws Fault */
export async function unchangedItems(
  items: readonly NumberedItem[],
  { loaders, account }: Context,
): Promise<NumberedItem[]> {
  const updates = items.flatMap((one) => {
    const update = updateOf(one);
    return update ? [{ one, update }] : [];
  });
  // A single one is read anyway.
  if (updates.length < 2) return [];
  const found = await Promise.all(
    updates.map(async ({ one, update: { id, patch } }) => {
      const current = await loaders.summary.load(id);
      if (!current) return [];
      const known = account.cache.latest(id);
      const isProven = known !== undefined && known.lastModifiedDate === current.lastModifiedDate;
      return hasValues(current, patch) || (isProven && isKept(known, patch)) ? [one] : [];
    }),
  );
  return found.flat();
}
