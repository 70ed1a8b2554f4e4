import type { Operation } from './operation.ts';
import { createOpportunity } from './operations/create-opportunity.ts';
import { getOpportunity } from './operations/get-opportunity.ts';
import { listOpportunities } from './operations/list-opportunities.ts';
import { updateOpportunity } from './operations/update-opportunity.ts';

/** Every operation that the emulator knows, by the name on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateOpportunity', createOpportunity],
  ['GetOpportunity', getOpportunity],
  ['ListOpportunities', listOpportunities],
  ['UpdateOpportunity', updateOpportunity],
]);
