import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { methods } from './methods.ts';

/** Response headers that a page of another origin may read. */
const exposedHeaders = ['x-request-id', 'x-upstream-calls'];
const allowedHeaders = [
  'authorization',
  'content-type',
  'cache-control',
  'idempotency-key',
  'x-request-id',
  'x-upstream-dry-run',
];
const preflightMaxAgeSeconds = 3_600;

/**
 * Registers CORS for the listed origins. OPTIONS is answered in any case.
 *
 * @param origins pages that may call from a browser, such as `https://crm.example.com`; if empty, there are no CORS headers
 */
export async function registerCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length > 0)
    await app.register(cors, {
      origin: [...origins],
      methods,
      allowedHeaders,
      exposedHeaders,
      credentials: false,
      maxAge: preflightMaxAgeSeconds,
    });
  else
    app.options('/graphql', (_request, reply) => reply.code(204).header('allow', methods.join(', ')).send());
}
