import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../context.ts';

/** Lists AWS values that the schema does not have in `extensions.unknownEnumValues`, and counts them. */
export function unknownEnumValues(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue: { account, request } }) {
          const unknown = request.unknownEnumValues;
          if (unknown.length === 0 || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          singleResult.extensions = { ...singleResult.extensions, unknownEnumValues: unknown };
          for (const { type } of unknown) account.telemetry.unknownEnumValue(account.name, type);
        },
      };
    },
  };
}
