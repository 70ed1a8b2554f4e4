/** Answers GraphQL requests with JSON. */
import { type ApolloServer, type BaseContext, type GraphQLRequest, HeaderMap } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isPlainObject } from '../domain/paths.ts';
import { mediaTypeFor } from '../graphql/plugins/accept.ts';
import type { Result } from '../graphql/plugins/response-text.ts';

export type JsonOptions<Context extends BaseContext> = {
  apollo: ApolloServer<Context>;
  /** Writes a response. */
  bodyOf(result: Result): string | Buffer;
  /** Creates the context of a request. @throws GraphQLError */
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>;
  /** Called when a request has been executed, which may be later than its caller has disconnected. */
  end(request: FastifyRequest): void;
};

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

const isOptional = (value: unknown): boolean => value === undefined || value === null || isPlainObject(value);

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

/**
 * The request in a JSON body that has a document; undefined for anything else. Pages cannot send one without a preflight,
 * since its type is `application/json` (`acceptOnlyJson`).
 */
function plainRequest(request: FastifyRequest): GraphQLRequest | undefined {
  const { method, body, url } = request;
  if (method !== 'POST' || !isPlainObject(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  const isPlain =
    typeof query === 'string' &&
    query !== '' &&
    isOptional(variables) &&
    isOptional(extensions) &&
    ['undefined', 'string'].includes(typeof (operationName ?? undefined));
  if (!isPlain) return undefined;
  const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  return {
    query,
    ...(operationName ? { operationName: operationName as string } : {}),
    ...(variables ? { variables: variables as Record<string, unknown> } : {}),
    ...(extensions ? { extensions: extensions as Record<string, unknown> } : {}),
    http: { method, headers: headersOf(request), search, body },
  };
}

/**
 * The handler of the route. A plain request is handed to Apollo Server as an operation, so that the response can be sent as
 * the bytes that it was put together from; every other one as an HTTP request, of which Apollo Server handles more cases.
 */
export function createJsonHandler<Context extends BaseContext>(
  app: FastifyInstance,
  { apollo, bodyOf, contextOf, end }: JsonOptions<Context>,
): Handler {
  /** The errors of contexts, which Apollo Server reports. */
  const refused = new WeakMap<FastifyRequest, unknown>();
  const general = fastifyApolloHandler(apollo, {
    async context(request, reply) {
      if (refused.has(request)) throw refused.get(request);
      return contextOf(request, reply);
    },
  });

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const plain = plainRequest(request);
    if (!plain) return general.call(app, request, reply);
    let contextValue: Context;
    try {
      contextValue = await contextOf(request, reply);
    } catch (error) {
      refused.set(request, error);
      return general.call(app, request, reply);
    }
    const { http, body } = await apollo.executeOperation(plain, { contextValue });
    if (body.kind !== 'single') throw new Error('An operation cannot be answered incrementally.');
    if (!http.headers.has('content-type'))
      http.headers.set('content-type', mediaTypeFor(request.headers.accept || '*/*') ?? 'application/json');
    http.headers.forEach((value, name) => void reply.header(name, value));
    return reply.code(http.status ?? 200).send(bodyOf(body.singleResult));
  }

  return async (request, reply) => {
    try {
      return await answer(request, reply);
    } finally {
      end(request);
    }
  };
}
