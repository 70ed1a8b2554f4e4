/** What bulk jobs may use of AWS's quota: the daily one without the share that is kept for people. */
import type { Config } from '../../config.ts';
import type { Quota } from '../../upstream/quota/governor.ts';
import { shareOf } from '../../upstream/quota/windows.ts';
import type { WriteQuota } from './estimate.ts';

export function createJobQuota(
  { quota, redisUrl, replicas, bulkDailyReserve: reserve }: Config,
  governor: Pick<Quota, 'remaining24h' | 'perSecond'>,
) {
  // Without Redis each replica has its share.
  const { readsPerDay, writesPerDay } = redisUrl ? quota : shareOf(quota, replicas);
  return {
    /** Checks whether more than the reserve is left of the day. */
    hasLeft(): boolean {
      return (
        governor.remaining24h('read') > readsPerDay * reserve &&
        governor.remaining24h('write') > writesPerDay * reserve
      );
    },
    /** The writes that jobs may make. */
    writes: (): WriteQuota => ({
      perSecond: governor.perSecond.write,
      perDay: Math.floor(writesPerDay * (1 - reserve)),
      left: Math.max(0, Math.floor(governor.remaining24h('write') - writesPerDay * reserve)),
    }),
  };
}
