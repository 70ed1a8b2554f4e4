/** Manners of GraphQL over HTTP that the server library leaves to its host: methods, status codes, compression, CORS. */
import type { Socket } from 'node:net';
import { constants } from 'node:zlib';
import type { ApolloServerPlugin } from '@apollo/server';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { codeOf } from '../graphql/plugins/errors.ts';

/** What a page of another origin may read of an answer besides its body. */
const exposedHeaders = ['x-request-id', 'x-upstream-calls'];
const allowedHeaders = [
  'authorization',
  'content-type',
  'cache-control',
  'idempotency-key',
  'x-request-id',
  'x-upstream-dry-run',
];
/** Smaller answers travel in one packet anyway. */
const compressFrom = 1_024;
/** How long a browser may remember a preflight, in seconds. */
const preflightAge = 3_600;
const methods = ['GET', 'POST', 'OPTIONS'];

/**
 * Registers compression for the routes that ask for it, CORS for the origins that are listed, and answers of GraphQL's
 * own form for methods that `/graphql` does not take.
 *
 * Answers hold customers' names, but no secret that a page could guess at by their compressed length: callers prove who
 * they are by a header, which no foreign page can have sent for them.
 *
 * @param origins pages that may call from a browser, such as `https://crm.example.com`; none: no CORS headers at all
 */
export async function goodManners(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  await app.register(compress, {
    global: false,
    threshold: compressFrom,
    encodings: ['br', 'gzip'],
    // The default squeezes out the last bytes at a hundred times the work.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  if (origins.length > 0)
    await app.register(cors, {
      origin: [...origins],
      methods,
      allowedHeaders,
      exposedHeaders,
      credentials: false,
      maxAge: preflightAge,
    });
  else
    app.options('/graphql', (_request, reply) => reply.code(204).header('allow', methods.join(', ')).send());
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: ({ method }, reply) => {
      const message = `/graphql takes ${methods.join(', ')}, not ${method}.`;
      return reply
        .code(405)
        .header('allow', methods.join(', '))
        .send({ errors: [{ message, extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
    },
  });
}

/** What cannot be read as HTTP, or has not arrived in time, is answered in GraphQL's form, and its connection closed. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  const [status, reason, message] =
    {
      ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request did not arrive in time.'] as const,
      HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers are too long.'] as const,
    }[error.code ?? ''] ?? ([400, 'Bad Request', 'This is no request of HTTP.'] as const);
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

/**
 * A gateway that asks nobody who they are is safe only on its own machine, and a page can reach that too: by a name of
 * its own that it has point to 127.0.0.1 (DNS rebinding). Such a request names the page's host and is refused.
 */
export function refuseForeignNames(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ hostname }, reply) => {
    if (['localhost', '127.0.0.1', '[::1]', '::1'].includes(hostname)) return;
    const message = 'This gateway answers to localhost only.';
    return reply.code(421).send({ errors: [{ message, extensions: { code: 'MISDIRECTED_REQUEST' } }] });
  });
}

/**
 * Whether a request may come from a page in a browser: only there can somebody be made to send what they do not know of,
 * and only browsers send a `sec-fetch-site` or call themselves Mozilla, which no page can change without a preflight.
 * Other programs need not prove that they are no such page.
 */
export function isFromBrowser({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['sec-fetch-site'] !== undefined || /^mozilla\//i.test(headers['user-agent'] ?? '');
}

/** What is wrong with the document or its variables, and not with the request that carried it. */
const ofTheDocument: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * GraphQL over HTTP has two media types. With `application/graphql-response+json` the status tells a document that
 * cannot be executed (400). Clients that ask for `application/json` by name are of the older kind, which take every
 * status but 200 for a failure of the transport and never look at the errors.
 */
export function olderClients(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, response, errors }) {
          const accept = request.http?.headers.get('accept') ?? '';
          const isOlder = accept.includes('application/json') && !accept.includes('graphql-response');
          if (!isOlder || response.http.status !== 400) return;
          if (errors?.every((error) => ofTheDocument.has(codeOf(error)))) response.http.status = 200;
        },
      };
    },
  };
}

/** The texts of automatic persisted queries, as many as fit; undefined where there is no room for any. */
export function documentCache(maxBytes: number) {
  if (maxBytes === 0) return undefined;
  const texts = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (text) => text.length * 2,
  });
  return {
    get: async (key: string) => texts.get(key),
    set: async (key: string, text: string) => void texts.set(key, text),
    delete: async (key: string) => texts.delete(key),
  };
}
