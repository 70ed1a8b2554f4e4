/** The WebSocket of all subscriptions. It is opened for the first and closed after the last. */
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { createStore } from '../shell/store.ts';

const connected = createStore(false);

/** Whether the connection is open now. */
export const useIsConnected = (): boolean => connected.use();

/** The link for subscriptions. It never reconnects by itself: `follow` does, from the last cursor. */
export const socketLink = new GraphQLWsLink(
  createClient({
    url: '/graphql',
    retryAttempts: 0,
    on: { connected: () => connected.set(true), closed: () => connected.set(false) },
  }),
);
