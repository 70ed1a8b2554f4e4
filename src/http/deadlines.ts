/** How a request ends before it is answered: its time is up, its caller has gone, or the gateway stops. */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';

/** Aborted when the connection closes before the answer has gone out. */
export function hangUp(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const close = () => {
    if (!response.writableFinished) gone.abort();
  };
  if (response.closed) close();
  else response.once('close', close);
  return gone.signal;
}

/**
 * The ends of requests. Each is aborted when its time is up, and all of them when the gateway must stop. A request that
 * was answered, or whose caller has disconnected, no longer needs its timer; thousands would otherwise linger for half a
 * minute.
 */
export function createDeadlines(clock: Pick<Clock, 'setTimer'>) {
  const running = new Set<AbortController>();
  return {
    signal(ms: number, response: ServerResponse): AbortSignal {
      const end = new AbortController();
      const abort = () => {
        running.delete(end);
        end.abort(new DOMException('The time of the request is up.', 'TimeoutError'));
      };
      const stopTimer = clock.setTimer(abort, ms);
      running.add(end);
      const close = () => {
        stopTimer();
        running.delete(end);
      };
      if (response.closed) close();
      else response.once('close', close);
      return end.signal;
    },
    endAll(): void {
      for (const end of running) end.abort(new DOMException('The gateway is stopping.', 'AbortError'));
    },
  };
}
