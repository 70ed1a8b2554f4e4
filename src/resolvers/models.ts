/** What resolvers hand to their children where it is not a record of AWS. */
import type { Page } from '../records/pages.ts';
import type { OpportunityRecord, OpportunitySummary } from '../upstream/wire.ts';
import type { Complaints } from './mutation.ts';

/** An opportunity, with at least what AWS's list shows of it. */
export type OpportunityModel = OpportunityRecord | OpportunitySummary;

/** An edge, and whether what is selected of its node needs the whole record. */
export type OpportunityEdgeModel = { cursor: string; summary: OpportunitySummary; needsRecord: boolean };
export type OpportunityConnectionModel = Page<OpportunityEdgeModel>;

/** The result of a create; `id` is that of the opportunity to show, null when there is none. */
export type CreateResult = { id: string | null; clientToken: string };
export type CreatePayload = CreateResult & Complaints;

/** The result of a patch. */
export type UpdateResult = {
  id: string;
  changed: boolean;
  changedFields: string[];
  conflict: ConflictModel | null;
};
export type UpdatePayload = UpdateResult & Complaints;

export type ConflictModel = {
  current: OpportunityRecord;
  changedFields: string[] | null;
  overlappingFields: string[];
};
