/** What may be sent over which transport: subscriptions over those for streams, and everything else as JSON. */
import { HeaderMap } from '@apollo/server';
import { requestError } from '../refusal.ts';
import type { Step } from './in-sequence.ts';

/**
 * Refuses subscriptions that are sent as queries, which Apollo Server would execute as such, and anything else that is sent
 * as a subscription. A request that opens a subscription is not executed: once it has passed every check, that is noted.
 */
export function subscriptionRequests(): Step {
  return {
    didResolveOperation({ operation, contextValue }) {
      const { streamed, isDryRun } = contextValue.request;
      // Apollo Server refuses a name that the document does not have when it executes it.
      if (!operation) return;
      const isSubscription = operation.operation === 'subscription';
      if (isSubscription && !streamed)
        throw requestError(
          'BAD_REQUEST',
          'Subscriptions are sent over a WebSocket (graphql-transport-ws), or with POST and "Accept: text/event-stream".',
          {},
          406,
        );
      if (!isSubscription && streamed)
        throw requestError(
          'BAD_REQUEST',
          'Only subscriptions are answered here; send queries and mutations with POST and "Accept: application/json".',
          {},
          406,
        );
      if (streamed && isDryRun)
        throw requestError('BAD_REQUEST', 'X-Upstream-Dry-Run: a subscription costs what each event does.');
    },
    responseForOperation({ document, source = '', operation, operationName, request, contextValue }) {
      const { streamed } = contextValue.request;
      if (!streamed || streamed.event || !operation) return null;
      const { variables = {} } = request;
      streamed.admitted = { document, source, operationName: operationName ?? undefined, variables };
      const http = { status: 200, headers: new HeaderMap() };
      return { http, body: { kind: 'single', singleResult: { data: null } } };
    },
  };
}
