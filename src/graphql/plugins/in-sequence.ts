import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { Context } from '../context.ts';

/**
 * Plugins that decide about an operation one after the other. Apollo Server asks all at once: what one refuses, another
 * would already be working on.
 */
export function inSequence(...plugins: ApolloServerPlugin<Context>[]): ApolloServerPlugin<Context> {
  return {
    async requestDidStart(request) {
      const listeners: GraphQLRequestListener<Context>[] = [];
      for (const plugin of plugins) listeners.push((await plugin.requestDidStart?.(request)) ?? {});
      return {
        async didResolveOperation(operation) {
          for (const listener of listeners) await listener.didResolveOperation?.(operation);
        },
        async didEncounterErrors(errors) {
          for (const listener of listeners) await listener.didEncounterErrors?.(errors);
        },
        async responseForOperation(operation) {
          for (const listener of listeners) {
            const response = await listener.responseForOperation?.(operation);
            if (response) return response;
          }
          return null;
        },
        async willSendResponse(response) {
          for (const listener of listeners) await listener.willSendResponse?.(response);
        },
      };
    },
  };
}
