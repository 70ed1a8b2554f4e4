import type { ApolloServerPlugin } from '@apollo/server';

/** Ignores an empty `operationName`, which is equivalent to none in GraphQL over HTTP. */
export function optionalOperationName(): ApolloServerPlugin {
  return {
    async requestDidStart({ request }) {
      if (request.operationName === '') delete request.operationName;
    },
  };
}
