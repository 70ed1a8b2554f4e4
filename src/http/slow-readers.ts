import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route sends streams, which are not buffered in memory, and limits by itself how slowly they may be received. */
    isPaced?: boolean;
  }
}

/** A response whose sending has started. */
type Sending = { request: FastifyRequest; raw: FastifyReply['raw'] };

/**
 * Closes the connection of a caller that has not received a response after `ms`, counted from when its sending starts. Node
 * limits how long a request may take to arrive, but would hold a response that is not read, and its memory, forever.
 */
export function limitSending(app: FastifyInstance, ms: number, clock: Pick<Clock, 'setTimer'>): void {
  let started: Sending[] = [];

  /** The kernel takes most responses at once; the others get a timer. */
  function watchUnsent(): void {
    const unsent = started.filter(({ raw }) => !raw.writableFinished && !raw.closed);
    started = [];
    for (const { request, raw } of unsent) {
      if (request.routeOptions.config.isPaced) continue;
      const stopTimer = clock.setTimer(() => {
        app.log.info({ requestId: request.id }, 'response not received in time');
        request.raw.socket.destroy();
      }, ms);
      raw.once('close', stopTimer);
    }
  }

  app.addHook('onSend', (request, { raw }, _payload, done) => {
    if (started.push({ request, raw }) === 1) setImmediate(watchUnsent);
    done();
  });
}
