/** What resolvers hand to their children where it is no record of AWS. */
import type { Edge } from '../domain/cursors.ts';
import type { UserError, Warning } from '../generated/schema-types.ts';
import type { OpportunityRecord } from '../upstream/records.ts';

/** An edge, and whether what is selected of its node needs the whole record. */
export type OpportunityEdgeModel = Edge & { needsRecord: boolean };
export type OpportunityConnectionModel = { edges: OpportunityEdgeModel[]; hasNextPage: boolean };

/** What stands against a mutation, in the words of the graph. */
export type Refusal = UserError;

/** What became of a mutation; `id` is that of the opportunity to show, null when there is none. */
export type CreatePayload = {
  id: string | null;
  clientToken: string;
  warnings: Warning[];
  userErrors: UserError[];
};
export type UpdatePayload = {
  id: string;
  changed: boolean;
  changedFields: string[];
  conflict: ConflictModel | null;
  warnings: Warning[];
  userErrors: UserError[];
};

export type ConflictModel = {
  current: OpportunityRecord;
  changedFields: string[] | null;
  overlappingFields: string[];
};
