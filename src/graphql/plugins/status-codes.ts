import type { ApolloServerPlugin } from '@apollo/server';
import { codeOf } from '../../fault.ts';

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
export function legacyStatusCodes(): ApolloServerPlugin {
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
