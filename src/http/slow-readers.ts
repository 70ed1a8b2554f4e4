import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
  /** The responses that are being sent, and have no timer yet. */
  const started = new Map<FastifyReply['raw'], FastifyRequest>();
  let isScheduled = false;

  /** The kernel takes most responses at once; the others get a timer. */
  function watchUnsent(): void {
    isScheduled = false;
    for (const [raw, { id, routeOptions, raw: incoming }] of started) {
      started.delete(raw);
      if (routeOptions.config.isPaced) continue;
      const stopTimer = clock.setTimer(() => {
        app.log.info({ requestId: id }, 'response not received in time');
        incoming.socket.destroy();
      }, ms);
      raw.once('close', stopTimer);
    }
  }

  app.addHook('onSend', (request, { raw }, _payload, done) => {
    started.set(raw, request);
    raw.once('close', () => started.delete(raw));
    if (!isScheduled) setImmediate(watchUnsent);
    isScheduled = true;
    done();
  });
}
