import { integer, text } from './kinds.ts';

export const jobs = {
  JOBS_FILE: text('a file name')
    .optional()
    .describe(
      'A file in which one process keeps what outlives a request: jobs, and answers under an `Idempotency-Key`. It is created if absent, readable by its owner alone, and locked by the process. With `REDIS_URL` Redis has it all instead; with neither it is in memory, and with `UPSTREAM=aws` jobs are refused.',
    ),
  JOBS_TTL_DAYS: integer('a whole number of days', 1, 3_650)
    .default(30)
    .describe('For how many days finished jobs are kept, with their customer data.'),
  IDEMPOTENCY_TTL_HOURS: integer('a whole number of hours', 1, 8_760)
    .default(24)
    .describe('For how many hours the answer to a request with an `Idempotency-Key` is kept.'),
};
