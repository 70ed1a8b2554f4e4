/** What a request's `Accept` decides: whether it can be answered, and with which status. */
import type { GraphQLRequest } from '@apollo/server';
import Negotiator from 'negotiator';
import { quoted } from '../../domain/bad-input.ts';
import { codeOf } from '../../fault.ts';
import { createNegotiation } from '../negotiation.ts';
import { refuse, requestError } from '../refusal.ts';
import type { Step } from './in-sequence.ts';

const json = 'application/json';
const graphql = 'application/graphql-response+json';

/** The types as Apollo Server compares them: clients may ask for the character set. */
const served = [`${json}; charset=utf-8`, `${graphql}; charset=utf-8`];

/** The type of ours that a client prefers; undefined if it accepts neither, which `acceptableTypes` refuses. */
export const mediaTypeFor = createNegotiation(served);

const acceptOf = ({ http }: GraphQLRequest): string => http?.headers.get('accept') || '*/*';

/**
 * Refuses requests that accept none of our media types. Apollo Server does so only when it has the result, which is too
 * late for a mutation.
 */
export function acceptableTypes(): Step {
  return ({ request, response }) => {
    const accept = acceptOf(request);
    if (mediaTypeFor(accept)) return undefined;
    response.http.headers.set('content-type', `${json}; charset=utf-8`);
    const message = `Accept: got ${quoted(accept)}, expected "${graphql}" or "${json}".`;
    return refuse(request, requestError('BAD_REQUEST', message, {}, 406));
  };
}

/** Errors of the document or its variables, rather than of the HTTP request. */
const documentErrors: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * GraphQL over HTTP has two media types. With `application/graphql-response+json`, the status of a document that cannot
 * be executed is 400. Clients that accept only `application/json` are legacy ones, which treat any status other than 200
 * as a transport failure and ignore the errors.
 */
export function legacyStatusCodes(): Step {
  return {
    willSendResponse({ request, response, errors }) {
      if (response.http.status !== 400) return;
      const accept = acceptOf(request).toLowerCase();
      const types = new Negotiator({ headers: { accept } }).mediaTypes();
      if (!types.includes(json) || types.includes(graphql)) return;
      if (errors?.every((error) => documentErrors.has(codeOf(error)))) response.http.status = 200;
    },
  };
}
