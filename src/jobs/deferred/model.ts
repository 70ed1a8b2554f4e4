/** Edits that wait until AWS has reviewed their opportunity, as they are stored: a row for each. */
import type { PlainObject } from '../../domain/paths.ts';
import type { View } from '../../domain/view.ts';
import type { UserError } from '../../generated/schema-types.ts';
import { read } from '../../upstream/codec.ts';
import type { OpportunityRecord } from '../../upstream/wire.ts';
import type { Intent } from '../bulk/model.ts';
import type { Row } from '../store.ts';

export type DeferredEdit = {
  id: string;
  opportunityId: string;
  /** What waits, as the patch of an update. */
  patch: PlainObject;
  /** The fields of the record that it changes. */
  fields: readonly string[];
  /** RFC 3339 */
  createdAt: string;
  /** The caller whose edit it is. */
  createdBy: string;
  /** What that caller saw of the opportunities; absent where there was no rule. */
  view?: View | undefined;
  /** The version that it was made on. */
  base: OpportunityRecord;
  /** The write that was about to be sent, until its outcome is known. */
  intent: Intent | null;
  /** Why it cannot be sent. */
  failure: { at: string; userErrors: UserError[] } | null;
};

/** An edit with the version of its row. */
export type StoredEdit = { edit: DeferredEdit; version: number };

export const prefix = 'deferred/';
export const prefixOf = (opportunityId: string): string => `${prefix}${opportunityId}/`;
export const keyOf = ({ id, opportunityId }: Pick<DeferredEdit, 'id' | 'opportunityId'>): string =>
  `${prefixOf(opportunityId)}${id}`;

/** The form of an edit's id, which has that of its opportunity. */
const idForm = /^edit-(O[0-9]{1,19})-[0-9a-f-]{36}$/;

/** The opportunity of an edit by its id; undefined if it is not one. */
export const opportunityOfEdit = (id: string): string | undefined => idForm.exec(id)?.[1];

/** Numbers in the record keep their digits. */
export const storedEdit = ({ value, version }: Row): StoredEdit => ({
  edit: read(value) as DeferredEdit,
  version,
});

/** Checks whether an edit waits for AWS, and not for a person. */
export const isWaiting = ({ edit: { failure } }: StoredEdit): boolean => failure === null;
