/** GraphQL responses to requests that never reach GraphQL. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { quoted } from '../domain/bad-input.ts';
import { protectiveHeaders } from './headers.ts';

/** The body of a response with one error. */
export const errorBody = (
  code: string,
  message: string,
  details: { retryAfterMs?: number } = {},
): object => ({
  errors: [{ message, extensions: { code, ...details } }],
});

/** The message for a rejection by Fastify, whose own does not always name the limit or what it got. */
function messageOf({ code, message }: FastifyError, { headers, routeOptions }: FastifyRequest): string {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return `The body is longer than ${routeOptions.bodyLimit} bytes (MAX_BODY_BYTES).`;
  if (code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return message;
  const got = headers['content-type'] ? quoted(headers['content-type']) : 'none';
  return `Content-Type: got ${got}, expected "application/json".`;
}

/** Answers a rejection by Fastify (invalid JSON, a body that is too long, a malformed path) with a GraphQL error. */
export function answerTransportError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const status = error.statusCode ?? 500;
  // A malformed path is refused before any hook runs.
  reply.headers(protectiveHeaders);
  if (status < 500) return reply.code(status).send(errorBody('BAD_REQUEST', messageOf(error, request)));
  request.log.error({ requestId: request.id, error: error.name, code: error.code }, 'transport error');
  const message = `Internal error; see the log for request ${request.id}.`;
  return reply.code(status).send(errorBody('INTERNAL_SERVER_ERROR', message));
}

/** Answers Fastify's own rejections and unknown paths with a GraphQL error. */
export function answerTransportErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(answerTransportError);
  app.setNotFoundHandler(({ method, url }, reply) =>
    reply.code(404).send(errorBody('NOT_FOUND', `${method} ${quoted(url)} not found.`)),
  );
}

/** Answers a request on its bare connection with a GraphQL error, and closes the connection. */
export function answerOnSocket(
  socket: Pick<Socket, 'write' | 'destroySoon'>,
  status: number,
  code: string,
  message: string,
): void {
  const body = JSON.stringify(errorBody(code, message));
  const head = [
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    ...Object.entries(protectiveHeaders).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

/** Answers invalid HTTP, and requests that arrive too slowly, with a GraphQL error, and closes the connection. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  const [status, message] =
    {
      ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'] as const,
      HPE_HEADER_OVERFLOW: [431, 'The headers are too long.'] as const,
    }[error.code ?? ''] ?? ([400, 'Not a valid HTTP request.'] as const);
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  answerOnSocket(socket, status, 'BAD_REQUEST', message);
}
