/** The spans of requests, from their first byte to the end of their response. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Telemetry, TraceContext } from '../telemetry.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The parent of the request's spans. */
    trace: TraceContext | null;
    /** Ends the request's span, once. */
    endSpan: (() => void) | null;
  }
}

export function createRequestSpans(app: FastifyInstance, telemetry: Pick<Telemetry, 'request'>) {
  app.decorateRequest('trace', null);
  app.decorateRequest('endSpan', null);

  return {
    /** A hook that starts the span of a request, which ends with the response. */
    start(request: FastifyRequest, { raw }: FastifyReply, done: () => void): void {
      const { method, headers, routeOptions } = request;
      const span = telemetry.request(method, routeOptions.url ?? '', headers);
      let isOpen = true;
      request.trace = span.context;
      request.endSpan = () => {
        if (isOpen) span.end(raw.headersSent ? raw.statusCode : undefined);
        isOpen = false;
      };
      raw.once('close', request.endSpan);
      done();
    },

    /** Ends the span of a request before its response has ended. */
    end: ({ endSpan }: FastifyRequest): void => endSpan?.(),
  };
}

export type RequestSpans = ReturnType<typeof createRequestSpans>;
