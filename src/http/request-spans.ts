/** The spans of requests, from their first byte to the end of their response. */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Telemetry } from '../telemetry.ts';

export function createRequestSpans(app: FastifyInstance, telemetry: Pick<Telemetry, 'request'>) {
  const open = new WeakMap<ServerResponse, () => void>();
  app.decorateRequest('trace', null);

  return {
    /** A hook that starts the span of a request, which ends with the response. */
    start(request: FastifyRequest, { raw }: FastifyReply, done: () => void): void {
      const { method, headers, routeOptions } = request;
      const span = telemetry.request(method, routeOptions.url ?? '', headers);
      request.trace = span.context;
      const endSpan = () => {
        if (open.delete(raw)) span.end(raw.headersSent ? raw.statusCode : undefined);
      };
      open.set(raw, endSpan);
      raw.once('close', endSpan);
      done();
    },

    /** Ends the span of a request before its response has ended. */
    end: (response: ServerResponse): void => open.get(response)?.(),
  };
}

export type RequestSpans = ReturnType<typeof createRequestSpans>;
