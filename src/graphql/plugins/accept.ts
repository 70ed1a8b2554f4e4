import type { ApolloServerPlugin } from '@apollo/server';
import { codeOf } from '../../fault.ts';

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
export function legacyStatusCodes(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, response, errors }) {
          const accept = request.http?.headers.get('accept') ?? '';
          const isLegacy = accept.includes('application/json') && !accept.includes('graphql-response');
          if (!isLegacy || response.http.status !== 400) return;
          if (errors?.every((error) => documentErrors.has(codeOf(error)))) response.http.status = 200;
        },
      };
    },
  };
}
