import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { methods } from './methods.ts';

/** Response headers that a page of another origin may read. */
const exposedHeaders = ['x-request-id', 'x-upstream-calls'];
/** Request headers of this gateway, and those that GraphQL clients and tracing add. */
const allowedHeaders = [
  'authorization',
  'content-type',
  'cache-control',
  'idempotency-key',
  'x-request-id',
  'x-account',
  'x-upstream-dry-run',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-apollo-operation-id',
  'apollographql-client-name',
  'apollographql-client-version',
  'graphql-client-name',
  'graphql-client-version',
  'traceparent',
  'tracestate',
  'baggage',
];
const preflightMaxAgeSeconds = 3_600;

/** An origin on the same machine, such as the server of a frontend in development. */
const loopbackOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Checks whether pages of another origin may use the gateway. */
export const isAllowedOrigin = (origin: string, { corsOrigins, isLoopback, production }: Config): boolean =>
  corsOrigins.includes(origin) || (isLoopback && !production && loopbackOrigin.test(origin));

/**
 * Registers CORS for the listed origins and, outside production, for pages of the machine that only it can reach. Other
 * origins get no CORS headers. OPTIONS is answered in any case.
 */
export async function registerCors(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(cors, {
    origin: (origin, answer) =>
      answer(null, origin !== undefined && isAllowedOrigin(origin, config) && origin),
    methods,
    allowedHeaders,
    exposedHeaders,
    credentials: false,
    maxAge: preflightMaxAgeSeconds,
    strictPreflight: false,
  });
  app.options('/graphql', (_request, reply) => reply.code(204).header('allow', methods.join(', ')).send());
}
