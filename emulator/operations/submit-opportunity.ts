import { involvementKey } from '../engagements/ledger.ts';
import { submitOrRefuse } from '../engagements/submission.ts';
import { notFound } from '../errors.ts';
import { asText } from '../json.ts';
import { type Operation, VOID } from '../operation.ts';
import { submitOpportunityRequest } from '../shapes/lifecycle-requests.ts';

/** Hands an opportunity to AWS for review. Unlike the task, it refuses at once, and has no token to repeat it by. */
export const submitOpportunity: Operation = {
  request: submitOpportunityRequest,
  kind: 'write',
  run(input, world) {
    const id = String(input.Identifier);
    const record = world.store.get(String(input.Catalog), id);
    if (record === undefined) throw notFound(id);
    const engagement = world.ledger.involvements.get(involvementKey(record.Catalog, id))?.engagement;
    submitOrRefuse(world, record, {
      InvolvementType: String(input.InvolvementType),
      Visibility: asText(input.Visibility) ?? 'Full',
      ...(engagement === undefined ? {} : { engagement }),
    });
    return VOID;
  },
};
