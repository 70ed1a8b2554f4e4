import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Clock } from '../clock.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route sends streams, which are not buffered in memory, and limits by itself how slowly they may be received. */
    isPaced?: boolean;
  }
}

/**
 * Closes the connection of a caller that has not received a response after `ms`, counted from when its sending starts. Node
 * limits how long a request may take to arrive, but would hold a response that is not read, and its memory, forever.
 */
export function limitSending(app: FastifyInstance, ms: number, clock: Pick<Clock, 'setTimer'>): void {
  /** The responses whose sending has started in this turn of the event loop, and has not ended: nearly always none. */
  let started: FastifyReply[] = [];
  let isScheduled = false;

  /** The kernel takes most responses at once; the others get a timer. */
  function watchUnsent(): void {
    isScheduled = false;
    for (const { raw, request } of started) {
      if (request.routeOptions.config.isPaced) continue;
      const stopTimer = clock.setTimer(() => {
        app.log.info({ requestId: request.id }, 'response not received in time');
        request.raw.socket.destroy();
      }, ms);
      raw.once('close', stopTimer);
    }
    started = [];
  }

  app.addHook('onSend', (_request, reply, _payload, done) => {
    started.push(reply);
    reply.raw.once('close', () => {
      const index = started.lastIndexOf(reply);
      if (index >= 0) started.splice(index, 1);
    });
    if (!isScheduled) setImmediate(watchUnsent);
    isScheduled = true;
    done();
  });
}
