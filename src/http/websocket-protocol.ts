/** The protocol graphql-transport-ws: who may connect, and what may be subscribed to. */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
} from 'graphql';
import { type Context as ConnectionContext, makeServer } from 'graphql-ws';
import type { Answer } from '../graphql/subscribe.ts';
import type { Authenticate, Caller } from './authenticate.ts';
import { type Connection, type Ending, endings, type Streams } from './streams.ts';
import { isTooSlow, type Subscriptions } from './subscriptions.ts';

/** How long a client may take to send `connection_init`. */
const initTimeoutMs = 10_000;

/** Close codes: of the protocol, and of RFC 6455. */
export const closeCodes = {
  internal: 4500,
  badRequest: 4400,
  unauthorized: 4401,
  tooMany: 4429,
  later: 1013,
};

/** The headers that a client may send in `connection_init` instead, because a page cannot set those of a WebSocket. */
const settable = ['authorization', 'x-router-secret', 'x-caller-id', 'x-caller-claims', 'x-account'];

/** The headers of the request, and those in the payload of `connection_init`. */
function headersOf({ headers }: IncomingMessage, payload: Record<string, unknown> = {}) {
  const given = Object.entries(payload)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name, value]) => settable.includes(name) && typeof value === 'string');
  return { ...headers, ...(Object.fromEntries(given) as Record<string, string>) };
}

/** An error that is sent as it is. */
class Refusal extends GraphQLError {
  private readonly formatted: GraphQLFormattedError;
  constructor(formatted: GraphQLFormattedError) {
    super(formatted.message);
    this.formatted = formatted;
  }
  override toJSON(): GraphQLFormattedError {
    return this.formatted;
  }
}

/** A connection, as the library passes it to its hooks. */
export type Extra = {
  request: IncomingMessage;
  connection: Connection;
  ending(): Ending | undefined;
  /** Closes the connection with a reason. */
  close(code: number, reason: string): void;
  isOpen(): boolean;
  /** Of the request, and those in `connection_init`. */
  headers?: IncomingHttpHeaders;
  caller?: Caller;
  /** Called when the connection has closed. */
  onClose: (() => void)[];
};
type Connected = ConnectionContext<Record<string, unknown> | undefined, Extra>;

/** What the protocol needs. */
export type ProtocolTools = {
  schema: GraphQLSchema;
  authenticate: Authenticate;
  subscriptions: Subscriptions;
  streams: Streams;
};

/** The library looks up the operation of a document, although it executes none of it. */
const anySubscription = parse('subscription { __typename }');

/** The protocol's server: it authenticates connections and opens subscriptions. */
export function createProtocol({ schema, authenticate, subscriptions, streams }: ProtocolTools) {
  /** Authenticates a caller once per connection. Returns whether it may use it. */
  async function onConnect({ extra, connectionParams }: Connected): Promise<boolean> {
    const { request, close, onClose, connection } = extra;
    try {
      const headers = headersOf(request, connectionParams);
      const caller = await authenticate(headers, request.socket.remoteAddress ?? '', randomUUID());
      if (!extra.isOpen()) return false;
      onClose.push(streams.reserve('WebSockets', caller.id), streams.endAtExpiry(caller, connection));
      Object.assign(extra, { caller, headers });
      return true;
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const code = {
        400: closeCodes.badRequest,
        401: closeCodes.unauthorized,
        429: closeCodes.tooMany,
        503: closeCodes.later,
      };
      const { status } = error.extensions.http as { status: keyof typeof code };
      close(code[status], error.message);
      return false;
    }
  }

  return makeServer<Record<string, unknown> | undefined, Extra>({
    connectionInitWaitTimeout: initTimeoutMs,
    onConnect,
    async onSubscribe({ extra }, _id, payload) {
      const { request, connection, ending, caller, headers = request.headers } = extra;
      const { query, operationName, variables, extensions } = payload;
      const opened = await subscriptions.open(
        {
          query,
          ...(operationName && { operationName }),
          ...(variables && { variables }),
          ...(extensions && { extensions }),
        },
        payload,
        {
          incoming: { id: randomUUID(), headers, trace: null },
          caller: caller as Caller,
          transport: 'websocket',
          ending,
        },
      );
      if ('refusal' in opened) return (opened.refusal.errors ?? []).map((error) => new Refusal(error));
      opened.onReplaced(() => connection.end(endings.replaced));
      return { schema, document: anySubscription, contextValue: opened.answers };
    },
    subscribe: ({ contextValue }) => contextValue as AsyncGenerator<ExecutionResult>,
    onNext({ extra }, _id, _payload, _args, result) {
      const answer = result as Answer;
      if (isTooSlow(answer)) setImmediate(() => extra.connection.end(endings.tooSlow));
      return answer;
    },
  });
}
