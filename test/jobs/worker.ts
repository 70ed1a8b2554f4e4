/** A process that takes work from a queue in Redis, and never ends it: `node worker.ts URL NAME KIND LEASE_MS`. */
import { systemClock } from '../../src/clock.ts';
import { createRedisQueue } from '../../src/jobs/redis-queue.ts';

const [url = '', name = '', kind = '', leaseMs] = process.argv.slice(2);
const log = { error() {} };
createRedisQueue({ url, name, kind, leaseMs: Number(leaseMs), clock: systemClock, log }).start((id) => {
  process.stdout.write(id);
  return new Promise(() => {});
});
