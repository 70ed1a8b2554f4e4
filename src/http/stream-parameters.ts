/** The GraphQL request that asks for an event stream. */
import type { FastifyRequest } from 'fastify';
import { requestError } from '../graphql/refusal.ts';
import type { Parameters } from './subscriptions.ts';

type Members = Record<string, unknown>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses a parameter of a URL that is JSON; anything else is refused as not being an object. */
function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

/**
 * The members of a URL. A page can send a GET without a preflight, so a browser's needs a header that forces one, as Apollo
 * Server requires for queries.
 */
function membersOfUrl({ query: url, headers }: FastifyRequest): Members {
  if (!headers['apollo-require-preflight'] && !headers['x-apollo-operation-name'])
    throw requestError(
      'BAD_REQUEST',
      'A browser needs the header Apollo-Require-Preflight for a GET, or sends a POST.',
    );
  const { variables, extensions, ...rest } = url as Members;
  return { ...rest, variables: parsed(variables), extensions: parsed(extensions) };
}

/**
 * The members of a request, and all of them as they were sent.
 *
 * @throws GraphQLError BAD_REQUEST for one that is not a GraphQL request
 */
export function parametersOf(request: FastifyRequest): { parameters: Parameters; body: unknown } {
  const body = request.method === 'GET' ? membersOfUrl(request) : request.body;
  if (!isObject(body)) throw requestError('BAD_REQUEST', 'The body: expected a JSON object.');
  const { query, operationName, variables, extensions } = body;
  for (const [name, value] of Object.entries({ query, operationName }))
    if (typeof (value ?? '') !== 'string') throw requestError('BAD_REQUEST', `${name}: expected a string.`);
  for (const [name, value] of Object.entries({ variables, extensions }))
    if (!isObject(value ?? {})) throw requestError('BAD_REQUEST', `${name}: expected an object.`);
  const given = Object.entries({ query, operationName, variables, extensions });
  const parameters = Object.fromEntries(given.filter(([, value]) => value !== null && value !== undefined));
  return { parameters, body };
}
