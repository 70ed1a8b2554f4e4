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
  duplicate: 4409,
  tooMany: 4429,
  later: 1013,
};

/** The headers that a client may send in `connection_init` instead, because a page cannot set those of a WebSocket. */
const settable = ['authorization', 'x-router-secret', 'x-caller-id', 'x-caller-claims', 'x-account'];

/** A string as Node.js reads one that comes in a header: a character for each byte of its UTF-8. */
const asHeader = (text: string): string => Buffer.from(text).toString('latin1');

/**
 * The headers of the request, and those in the payload of `connection_init`. Where a router has sent its secret with the request, its
 * client sends the payload: it can name an account of those that the router's claims allow, and nothing else.
 */
function headersOf({ headers }: IncomingMessage, payload: Record<string, unknown> = {}): IncomingHttpHeaders {
  const given: IncomingHttpHeaders = Object.fromEntries(
    Object.entries(payload).flatMap(([key, value]) => {
      const name = key.toLowerCase();
      return settable.includes(name) && typeof value === 'string' ? [[name, asHeader(value)]] : [];
    }),
  );
  if (headers['x-router-secret'] === undefined) return { ...headers, ...given };
  const mayChoose = headers['x-caller-claims'] !== undefined && headers['x-account'] === undefined;
  return mayChoose && given['x-account'] !== undefined
    ? { ...headers, 'x-account': given['x-account'] }
    : headers;
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
  /** The ids of subscriptions that are being opened. */
  opening: Set<string>;
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
    async onSubscribe({ extra }, id, payload) {
      const { request, connection, ending, caller, headers = request.headers, opening, close } = extra;
      const { query, operationName, variables, extensions } = payload;
      // One that is completed and opened again under its id while it is being opened would be ended by no one: the library keeps the last.
      if (opening.has(id)) {
        close(closeCodes.duplicate, 'Subscriber already exists');
        return [new GraphQLError('Subscriber already exists')];
      }
      opening.add(id);
      const opened = await subscriptions
        .open(
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
        )
        .finally(() => opening.delete(id));
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
