/**
 * How subscriptions are executed. One request opens a subscription, and passes every check that a query does, but is not
 * executed. Each event is then answered like a query of its own: by Apollo Server, with a context, a deadline and loaders
 * of its own. So what holds for queries holds for subscriptions, on every transport.
 */
import type { DocumentNode, GraphQLResolveInfo } from 'graphql';

/** An event: what the source has sent, or how it has failed. */
export type StreamEvent = { value: unknown } | { error: unknown };

/** An operation that may be subscribed to. */
export type Admitted = {
  document: DocumentNode;
  source: string;
  operationName: string | undefined;
  variables: Record<string, unknown>;
};

/** What the requests of a subscription's transport have, and others do not. */
export type Streamed = {
  /** The event to answer; undefined for the request that opens the subscription. */
  event?: StreamEvent;
  /** Set once the request that opens the subscription has passed every check. */
  admitted?: Admitted;
};

/** The part of a context that has the event. */
type EventContext = { request: { streamed: Streamed | undefined } };

type Resolve = (event: unknown, args: unknown, context: EventContext, info: GraphQLResolveInfo) => unknown;

/** A field of `Subscription`: the source of its events, and what it makes of one. */
type SubscriptionField = { subscribe: unknown; resolve?: Resolve };

/** Passes the event of the context to the resolvers of subscriptions. Without one, in a dry run, a field is null. */
export function answerEvents(fields: Record<string, unknown>): Record<string, unknown> {
  const answering = ([name, field]: [string, unknown]) => {
    const { subscribe, resolve = (event: unknown) => event } = field as SubscriptionField;
    const resolveEvent: Resolve = (_root, args, context, info) => {
      const event = context.request.streamed?.event;
      if (!event) return null;
      if ('error' in event) throw event.error;
      return resolve(event.value, args, context, info);
    };
    return [name, { subscribe, resolve: resolveEvent }];
  };
  return Object.fromEntries(Object.entries(fields).map(answering));
}
