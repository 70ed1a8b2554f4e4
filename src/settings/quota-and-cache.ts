import { accountId, bytes, flag, integer, milliseconds, number, queueUrl, quota, redisUrl } from './kinds.ts';

export const quotaAndCache = {
  QUOTA_READS_PER_SECOND: quota
    .default(10)
    .describe('Reads per second that AWS allows your account; AWS raises limits on request.'),
  QUOTA_READS_PER_DAY: quota.default(100_000).describe('Reads per 24 hours.'),
  QUOTA_WRITES_PER_SECOND: quota.default(1).describe('Writes per second.'),
  QUOTA_WRITES_PER_DAY: quota.default(10_000).describe('Writes per 24 hours.'),
  BULK_DAILY_RESERVE: number(0, 0.99)
    .default(0.1)
    .describe(
      'The share of the reads and writes per 24 hours that bulk jobs leave to people: they wait when only that is left.',
    ),
  QUOTA_PROSPECTING_GET_PER_SECOND: quota
    .default(100)
    .describe('Reads of a prospecting task, which AWS counts by themselves.'),
  QUOTA_PROSPECTING_LIST_PER_SECOND: quota.default(50).describe('Lists of prospecting tasks.'),
  QUOTA_PROSPECTING_START_PER_SECOND: quota.default(2).describe('Starts of prospecting tasks.'),
  QUOTA_CREATE_ENGAGEMENT_PER_SECOND: quota
    .default(15)
    .describe('New engagements, such as leads of your own.'),
  CACHE_FRESH_MS: milliseconds(0, 3_600_000)
    .default(3_000)
    .describe('How long a record is fresh after it was read or revalidated; 0 rereads every time.'),
  AWS_SUMMARY_FRESH_MS: milliseconds(0, 3_600_000)
    .default(300_000)
    .describe(
      "How long AWS's view of an opportunity (`awsSummary`) is fresh after it was read: AWS gives it no date to check it by. A write of the opportunity through this gateway ends it; 0 rereads every time.",
    ),
  CACHE_MAX_BYTES: bytes(1_000_000, 64_000_000_000)
    .default(128_000_000)
    .describe(
      'The memory limit for cached records: three quarters for the records, a quarter for the JSON that is written of them.',
    ),
  INDEX: flag('on', 'off')
    .optional()
    .describe(
      "`on` or `off`: whether the gateway keeps the summaries of all opportunities in memory, about 2.3 kB each, which answer counts, `pipeline`, `attention`, searches and look-ups by the partner's identifier without a call. It costs one read per 100 opportunities at the start and every hour, and one read per `SYNC_INTERVAL_MS`; for `attention` three reads every five minutes or when something hints at a change, and one per lead that is new or has changed. Defaults to `on` with the emulator, otherwise `off`.",
    ),
  SYNC_INTERVAL_MS: milliseconds(100, 3_600_000)
    .default(5_000)
    .describe(
      'How often the index asks AWS for changes; 5000 is 17,280 reads a day. Without events, AWS is also asked a second after a write of the gateway, and once more if its list lags. Without the index, opportunities with deferred edits are looked up as often, twenty to a read.',
    ),
  EVENTS_QUEUE_URL: queueUrl
    .optional()
    .describe(
      "A queue of SQS that receives AWS's events: a change is then known about a second after its event, so that `CACHE_FRESH_MS` may be minutes. The region is the URL's, the credentials are those of the API; see [operations.md](operations.md#events). The embedded emulator hands over its events without a queue.",
    ),
  EVENTS_ACCOUNT_ID: accountId
    .optional()
    .describe("The AWS account whose events are taken; defaults to the queue's own."),
  REDIS_URL: redisUrl
    .optional()
    .describe(
      'A Redis through which replicas share the quota, exchange record versions, and keep the state of jobs and idempotency keys.',
    ),
  REPLICAS: integer('a whole number', 1, 1_000)
    .default(1)
    .describe('The maximum number of replicas; without Redis each uses its share of the quota.'),
};
