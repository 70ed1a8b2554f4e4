/** Warnings about what AWS stored otherwise than it was sent. They never cost a call of their own. */
import type { GraphQLResolveInfo } from 'graphql';
import { pathInPatch } from '../domain/list-edits.ts';
import type { PlainObject } from '../domain/paths.ts';
import { type StoredOtherwise, storedOtherwise } from '../domain/stored.ts';
import type { Warning } from '../generated/schema-types.ts';
import type { Context } from '../graphql/context.ts';
import { selectedFields } from '../graphql/selection.ts';
import type { Diagnostics } from './mutation.ts';

/** A write that was made: what was sent, at which path in the caller's variables, and what AWS will store otherwise. */
export type Written = {
  input: PlainObject;
  path: readonly string[];
  known: readonly StoredOtherwise[];
  /** Whether the record is read after the write anyway, because it is selected. */
  isRead: boolean;
  /** The caller's patch, if `input` was made from one: its edits are lists there. */
  patch?: PlainObject;
};

/** Checks whether a mutation's payload selects the record. */
export const selectsRecord = (info: GraphQLResolveInfo): boolean => 'opportunity' in selectedFields(info);

/** All warnings of a payload: those from before the write, and what AWS stored otherwise. */
export async function warningsOf(
  { id, warnings, written }: { id: string | null; written?: Written | undefined } & Diagnostics,
  { loaders }: Context,
): Promise<Warning[]> {
  if (!written || !id) return warnings;
  // The payload's own read; if it fails, `opportunity` reports that.
  const record = written.isRead ? await loaders.opportunity.load(id).catch(() => null) : null;
  const found = record ? storedOtherwise(written.input, record) : written.known;
  const added = found.map(({ path, message }) => ({
    path: [...written.path, ...pathInPatch(written.patch, path)],
    message,
    allowedValues: null,
  }));
  return [...warnings, ...added];
}
