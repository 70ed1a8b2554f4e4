/** What resolvers hand to their children where it is no record of AWS. */
import type { Edge } from '../domain/pages.ts';
import type { UserError } from './types.generated.ts';

/** An edge, and whether what is selected of its node needs the whole record. */
export type OpportunityEdgeModel = Edge & { needsRecord: boolean };
export type OpportunityConnectionModel = { edges: OpportunityEdgeModel[]; hasNextPage: boolean };

/** What became of a mutation; `id` is that of the opportunity to show, null when there is none. */
export type CreatePayload = { id: string | null; userErrors: UserError[] };
export type UpdatePayload = CreatePayload & { changed: boolean };
