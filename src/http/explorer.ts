import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

const built = new URL('../../dist/graphiql/', import.meta.url);

/**
 * The page runs any operation that its visitor enters against an API that serves customers' names, so it is restricted
 * to its own origin, for loading and for requests, and cannot be framed. The exceptions are for Monaco, which writes
 * `style` elements, and for fonts and images embedded in stylesheets.
 */
const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * Serves GraphiQL at `/`, and at `/graphql` to a browser's address bar. The names of its files, below `/graphiql/`,
 * contain a hash of their contents, so browsers may cache them indefinitely, while the page itself is revalidated each
 * time. The files have the page's headers too, because a worker obeys the policy it was served with, not the page's.
 */
export async function explorer(app: FastifyInstance, bundle: URL = built): Promise<void> {
  const isBuilt = existsSync(new URL('index.html', bundle));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: fileURLToPath(new URL('graphiql/', bundle)),
      prefix: '/graphiql/',
      index: false,
      maxAge: '1y',
      immutable: true,
      setHeaders: (reply) => reply.headers(pageHeaders),
    });
  }

  const sendPage = (reply: FastifyReply): FastifyReply => {
    if (!isBuilt) {
      return reply
        .code(404)
        .type('text/plain; charset=utf-8')
        .send('GraphiQL is not built: run `npm run build:graphiql` and start the gateway again.\n');
    }
    reply.headers({ ...pageHeaders, 'cache-control': 'no-cache' });
    return reply.sendFile('index.html', fileURLToPath(bundle), { cacheControl: false });
  };

  app.get('/', (_request, reply) => sendPage(reply));
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url === '/graphql' && wantsPage(request)) {
      return sendPage(reply);
    }
  });
}

// The order breaks ties: a program that accepts anything gets JSON.
const mediaTypes = ['application/graphql-response+json', 'application/json', 'text/html'];

/** What a GET that is a GraphQL request has. */
const documentParameters = ['query', 'documentId', 'extensions'];

/** True for a browser's address bar, which prefers HTML, unless it has a GraphQL request. */
function wantsPage({ method, query, headers }: FastifyRequest): boolean {
  if (method !== 'GET' || documentParameters.some((name) => Object.hasOwn(query as object, name)))
    return false;
  return new Negotiator({ headers }).mediaType(mediaTypes) === 'text/html';
}
