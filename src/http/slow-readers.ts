import type { FastifyInstance } from 'fastify';
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
  app.addHook('onSend', ({ id, routeOptions, raw: { socket } }, { raw }, _payload, done) => {
    if (routeOptions.config.isPaced) return done();
    const stopTimer = clock.setTimer(() => {
      app.log.info({ requestId: id }, 'response not received in time');
      socket.destroy();
    }, ms);
    raw.once('close', stopTimer);
    done();
  });
}
