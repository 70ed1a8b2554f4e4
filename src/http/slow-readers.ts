import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route sends streams, which are not buffered in memory, and limits by itself how slowly they may be received. */
    isPaced?: boolean;
  }
}

/** A response whose sending has started. */
class Sending {
  readonly request: FastifyRequest;
  stopTimer: (() => void) | undefined = undefined;

  constructor(request: FastifyRequest) {
    this.request = request;
  }
}

/**
 * Closes the connection of a caller that has not received a response after `ms`, counted from when its sending starts. Node
 * limits how long a request may take to arrive, but would hold a response that is not read, and its memory, forever.
 */
export function limitSending(app: FastifyInstance, ms: number, clock: Pick<Clock, 'setTimer'>): void {
  /** Those that have started in this turn of the event loop, and have not ended: nearly always none. */
  let started: Sending[] = [];
  let isScheduled = false;

  /** The kernel takes most responses at once; the others get a timer. */
  function watchUnsent(): void {
    isScheduled = false;
    for (const sending of started) {
      const { id, routeOptions, raw } = sending.request;
      if (routeOptions.config.isPaced) continue;
      sending.stopTimer = clock.setTimer(() => {
        app.log.info({ requestId: id }, 'response not received in time');
        raw.socket.destroy();
      }, ms);
    }
    started = [];
  }

  app.addHook('onSend', (request, { raw }, _payload, done) => {
    // The caller of a response that is closed already has gone, and is not slow.
    if (raw.closed) return done();
    const sending = new Sending(request);
    started.push(sending);
    raw.once('close', () => {
      sending.stopTimer?.();
      const index = started.lastIndexOf(sending);
      if (index >= 0) started.splice(index, 1);
    });
    if (!isScheduled) setImmediate(watchUnsent);
    isScheduled = true;
    done();
  });
}
