import type { Clock } from './clock.ts';
import { ApiError } from './errors.ts';
import type { Settings } from './settings.ts';
import { type OperationKind, type QuotaClass, quotaClassOf } from './values/quotas.ts';

/** The quotas of one account. AWS: quotas. Each class has a limit in any second and one in any 24 hours. */
export type Quotas = {
  /** Counts a call, or throttles it; a throttled call is not counted. */
  spend(operation: string, kind: OperationKind): void;
};

const secondMs = 1_000;
const dayMs = 86_400_000;

export function createQuotas(clock: Clock, settings: Settings): Quotas {
  /** The times of the last day's calls, by bucket, latest last. */
  const spent = new Map<string, number[]>();
  return {
    spend: (operation, kind) => {
      if (settings.quotas === 'off') return;
      const known = quotaClassOf(operation);
      if (!known && settings.unlistedQuotas === 'unlimited') return;
      const quotaClass = known ?? kind;
      const bucket = settings.quotaBuckets === 'class' ? quotaClass : operation;
      const now = clock.now();
      const times = withoutOld(spent.get(bucket) ?? [], now);
      spent.set(bucket, times);
      const { second, day } = limitsOf(quotaClass, settings);
      const nth = (limit: number) => times.at(-limit);
      const fullSecond = second === 0 || (nth(second) ?? -Infinity) > now - secondMs;
      const fullDay = day === 0 || (nth(day) ?? -Infinity) > now - dayMs;
      if (fullDay && settings.dailyQuota === 'exceeded')
        throw new ApiError(
          'ServiceQuotaExceededException',
          `The quota of ${day} ${quotaClass} calls a day is exhausted`,
        );
      if (fullDay || fullSecond) throw throttled(settings);
      times.push(now);
    },
  };
}

export const throttled = ({ retryAfter }: Settings): ApiError =>
  new ApiError('ThrottlingException', 'Rate exceeded', {}, retryAfter === 'on' ? { 'Retry-After': '1' } : {});

/** Only reads and writes have a daily limit. */
function limitsOf(quotaClass: QuotaClass, settings: Settings): { second: number; day: number } {
  const noLimit = Number.POSITIVE_INFINITY;
  switch (quotaClass) {
    case 'read':
      return { second: settings.readsPerSecond, day: settings.readsPerDay };
    case 'write':
      return { second: settings.writesPerSecond, day: settings.writesPerDay };
    default:
      return { second: settings[`${quotaClass}PerSecond`], day: noLimit };
  }
}

/** Drops times that no longer count, a day's worth at a time so that most calls drop nothing. */
function withoutOld(times: number[], now: number): number[] {
  const first = times[0];
  return first !== undefined && first <= now - 2 * dayMs ? times.filter((time) => time > now - dayMs) : times;
}
