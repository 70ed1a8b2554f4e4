import { bytes, integer, manifestFile, oneOf } from './kinds.ts';

export const limits = {
  MAX_BODY_BYTES: bytes(1_000, 100_000_000)
    .default(1_048_576)
    .describe('The maximum request body; a larger one is rejected with 413, a compressed one with 415.'),
  BULK_MAX_BYTES: bytes(1_000, 1_000_000_000)
    .default(20_000_000)
    .describe(
      'The maximum file of items for a bulk job (`POST /bulk/…`); a larger one is rejected with 413. One item of it may be as long as `MAX_BODY_BYTES`.',
    ),
  MAX_MEMORY_BYTES: bytes(1_000_000, 1_000_000_000_000)
    .optional()
    .describe(
      "The resident memory above which operations are executed one at a time, and others get a 503; defaults to 90 % of the container's limit.",
    ),
  MAX_DEPTH: integer('a whole number', 1, 1_000).default(12).describe('The maximum depth of an operation.'),
  MAX_ALIASES: integer('a whole number', 0, 10_000)
    .default(100)
    .describe('The maximum number of aliases in an operation.'),
  MAX_UPSTREAM_CALLS: integer('a whole number', 0, 1_000_000)
    .default(300)
    .describe(
      'The maximum number of AWS calls per operation, in its plan and while it runs; a call that is repeated counts once. 0 means unlimited.',
    ),
  MAX_ROOT_FIELDS: integer('a whole number', 1, 10_000)
    .default(50)
    .describe('The maximum number of fields of `Query` or `Mutation` in an operation.'),
  MAX_RECORDS: integer('a whole number', 1, 1_000_000)
    .default(2_000)
    .describe(
      'The maximum number of records that an operation can return: pages count by their `first`, representations one by one, and a record once for each 50 fields that are selected of it.',
    ),
  MAX_RESPONSE_BYTES: bytes(10_000, 500_000_000)
    .default(10_000_000)
    .describe('The maximum response; a longer one is replaced with an error.'),
  MAX_SUBSCRIPTIONS_PER_CALLER: integer('a whole number', 0, 100_000)
    .default(50)
    .describe(
      'The maximum number of subscriptions that a caller has open on a replica, and of WebSockets; 0 allows none.',
    ),
  APQ_MAX_BYTES: bytes(0, 1_000_000_000)
    .default(1_000_000)
    .describe('The memory limit for automatic persisted queries; 0 disables them.'),
  TRUSTED_DOCUMENTS: oneOf('off', 'log', 'enforce')
    .default('off')
    .describe('`off`, `log` operations missing from the manifest, or `enforce` it.'),
  TRUSTED_DOCUMENTS_FILE: manifestFile
    .optional()
    .describe(
      'The manifest: `{"<id>": "<operation>"}` as Relay and the client preset write it, or Apollo\'s. SIGHUP rereads it.',
    ),
};
