/** What is refused before GraphQL sees it, in GraphQL's form. */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance } from 'fastify';

/** What Fastify itself refuses (a body that is no JSON, one that is too long, no such path), in GraphQL's form. */
export function answerTransportErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500)
      app.log.error({ requestId: request.id, error: error.name, code: error.code }, 'transport error');
    const message =
      status < 500 ? error.message : `Internal error; the log has it under request ${request.id}.`;
    const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      errors: [{ message: `${request.method} ${request.url} not found.`, extensions: { code: 'NOT_FOUND' } }],
    }),
  );
}

/** What cannot be read as HTTP, or has not arrived in time, is answered in GraphQL's form, and its connection closed. */
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
