/** One AWS account and catalog: whatever tenants must not share. */
import type { Clock } from '../clock.ts';
import { decodePicklists } from '../domain/decode.ts';
import { createRecordCache, type RecordCacheOptions } from '../records/cache.ts';
import { createCoalescer } from '../records/coalesce.ts';
import { createWriteQueue } from '../records/write-queue.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Breaker } from '../upstream/breaker.ts';
import type { Quota } from '../upstream/quota/governor.ts';
import type { SdkSend } from '../upstream/send.ts';

/** What all accounts of a process share. */
export type Runtime = { clock: Clock; telemetry: Telemetry };

export type AccountOptions = {
  /** Its name in keys, cursors, metrics and the log. */
  name: string;
  catalog: string;
  /** Whether mutations are served. */
  mayWrite: boolean;
  sdkSend: SdkSend;
  quota: Quota;
  breaker: Breaker;
  cache: Omit<RecordCacheOptions, 'clock'>;
};

export function createAccount({ cache: cacheOptions, ...options }: AccountOptions, runtime: Runtime) {
  const cache = createRecordCache({ ...cacheOptions, clock: runtime.clock });
  return {
    ...options,
    ...runtime,
    /** The same for every answer of AWS, see `UpstreamOptions`. */
    decode: decodePicklists,
    cache,
    coalescer: createCoalescer(),
    queue: createWriteQueue(),
  };
}

export type Account = ReturnType<typeof createAccount>;
