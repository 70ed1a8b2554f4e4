/** GraphQL responses to requests that never reach GraphQL. */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance } from 'fastify';

/** Answers Fastify's own rejections (invalid JSON, a body that is too long, an unknown path) with a GraphQL error. */
export function answerTransportErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500)
      app.log.error({ requestId: request.id, error: error.name, code: error.code }, 'transport error');
    const message = status < 500 ? error.message : `Internal error; see the log for request ${request.id}.`;
    const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      errors: [{ message: `${request.method} ${request.url} not found.`, extensions: { code: 'NOT_FOUND' } }],
    }),
  );
}

/** Answers invalid HTTP, and requests that arrive too slowly, with a GraphQL error, and closes the connection. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  const [status, reason, message] =
    {
      ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request did not arrive in time.'] as const,
      HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers are too long.'] as const,
    }[error.code ?? ''] ?? ([400, 'Bad Request', 'Not a valid HTTP request.'] as const);
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
  const head = [
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.write(`HTTP/1.1 ${status} ${reason}\r\n${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
