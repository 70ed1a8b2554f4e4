/** Refusals of requests before they are parsed. */
import type { GraphQLRequest, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** An error about the request. */
export function requestError(
  code: string,
  message: string,
  details: object = {},
  status = 400,
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details, http: { status } } });
}

/**
 * Refuses a request in `requestDidStart`, where an error cannot be thrown: Apollo Server would take it for a bug. Without
 * a document the request goes no further, and Apollo Server's error about that is replaced.
 *
 * @returns the listener for the request; its plugin must precede those that look at errors
 */
export function refuse(request: GraphQLRequest, error: GraphQLError): GraphQLRequestListener<object> {
  delete request.query;
  delete request.extensions;
  return {
    async didEncounterErrors({ errors }) {
      (errors as GraphQLError[]).splice(0, errors.length, error);
    },
  };
}
