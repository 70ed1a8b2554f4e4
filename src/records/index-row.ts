/** The form of a row of the index, as replicas exchange it: what a reader needs of it, whatever AWS has added. */
import { z } from 'zod';

export const indexRow = z.object({
  summary: z.looseObject({ id: z.string() }),
  position: z.string(),
  isLost: z.boolean(),
  changedFields: z.array(z.string()).optional(),
});
