/** What `ACCOUNTS_FILE` may contain. */
import { z } from 'zod';

/**
 * A row-level view: its callers see only opportunities whose `partnerOpportunityIdentifier` starts with one of their prefixes.
 * A caller without a value of the claim sees none.
 */
const view = z.strictObject({
  /** The name of the claim. */
  claim: z.string().min(1),
  /** The prefixes by the claim's value; without it, the values of the claim are the prefixes. The empty prefix fits all. */
  prefixes: z.record(z.string(), z.array(z.string())).optional(),
});

export type ViewRule = Readonly<z.output<typeof view>>;
