/** The parts of GraphQL over HTTP that the server library leaves to its host: methods, compression, CORS. */
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

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
export async function registerCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  await app.register(compress, {
    global: false,
    threshold: compressFrom,
    encodings: ['br', 'gzip'],
    // The default quality saves a few more bytes at a hundred times the CPU cost.
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
