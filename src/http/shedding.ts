/** Load shedding: near the limit of memory, requests are rejected before the kernel or V8 ends the process. */
import type { ServerResponse } from 'node:http';
import { getHeapStatistics } from 'node:v8';
import type { FastifyBaseLogger, onRequestHookHandler } from 'fastify';
import type { Clock } from '../clock.ts';
import { errorBody } from './errors.ts';

/** Memory is measured at most this often; a measurement takes some microseconds. */
const measureEveryMs = 100;
/** The share of V8's limit that the heap may use. Above it, little but garbage collection would happen. */
const maxHeapShare = 0.9;
const retryAfterMs = 1_000;

/** The memory in use; undefined when no file descriptor is left, which reading the resident memory takes. */
function usage(): NodeJS.MemoryUsage | undefined {
  try {
    return process.memoryUsage();
  } catch {
    return undefined;
  }
}

export type Shedding = {
  /** Whether requests are rejected at the moment. */
  isShedding(): boolean;
  /** The hook for routes whose requests may be rejected, with 503. */
  onRequest: onRequestHookHandler;
  /** Counts a response as sent: it has become a stream, which may last for days. */
  becomesStream(response: ServerResponse): void;
};

/**
 * Sheds load while the process has more than `maxBytes` in memory, or its heap is near V8's limit. Then a request is
 * served only if no other is in flight: rejecting all of them would free nothing more, and last until a restart, since
 * resident memory rarely shrinks.
 */
export function createShedding(
  maxBytes: number,
  clock: Pick<Clock, 'now'>,
  log: FastifyBaseLogger,
): Shedding {
  const maxHeapBytes = maxHeapShare * getHeapStatistics().heap_size_limit;
  const streams = new WeakSet<ServerResponse>();
  /** The requests in flight, without those whose response has become a stream. */
  let inFlight = 0;
  let isNearLimit = false;
  let measuredAt = Number.NEGATIVE_INFINITY;

  function measure(): void {
    measuredAt = clock.now();
    const used = usage();
    if (!used) return;
    const { rss, heapUsed } = used;
    const wasNearLimit = isNearLimit;
    isNearLimit = rss > maxBytes || heapUsed > maxHeapBytes;
    if (isNearLimit && !wasNearLimit)
      log.warn(
        { rss, maxBytes, heapUsed, maxHeapBytes },
        'memory near its limit: requests are served one at a time',
      );
    if (!isNearLimit && wasNearLimit) log.info({ rss, heapUsed }, 'memory below its limit again');
  }

  function isShedding(): boolean {
    if (clock.now() - measuredAt >= measureEveryMs) measure();
    return isNearLimit && inFlight > 0;
  }

  return {
    isShedding,
    onRequest(_request, reply, done) {
      if (isShedding()) {
        const body = errorBody('SERVICE_UNAVAILABLE', 'The gateway is short of memory.', { retryAfterMs });
        void reply
          .code(503)
          .header('retry-after', retryAfterMs / 1_000)
          .send(body);
        return;
      }
      inFlight += 1;
      reply.raw.once('close', () => {
        if (!streams.has(reply.raw)) inFlight -= 1;
      });
      done();
    },
    becomesStream(response) {
      // One that has ended meanwhile is counted as such already.
      if (response.closed || streams.has(response)) return;
      streams.add(response);
      inFlight -= 1;
    },
  };
}
