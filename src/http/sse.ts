/**
 * Subscriptions as event streams, one per request: GraphQL over SSE in its distinct connections mode, see
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md.
 */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Clock } from '../clock.ts';
import { errorForLog } from '../fault.ts';
import { createNegotiation } from '../graphql/negotiation.ts';
import type { Answer } from '../graphql/subscribe.ts';
import type { Authenticate } from './authenticate.ts';
import { errorBody } from './errors.ts';
import { parametersOf } from './stream-parameters.ts';
import { type Connection, type Ending, endings, type Streams } from './streams.ts';
import { formatted, isTooSlow, type Subscriptions } from './subscriptions.ts';

const mediaType = 'text/event-stream; charset=utf-8';
/** The order breaks ties: a program that accepts anything gets JSON. */
const preferred = createNegotiation(['application/graphql-response+json', 'application/json', mediaType]);

/** Whether a request prefers an event stream. urql names it last in every query, and first for subscriptions. */
export const wantsEventStream = ({ headers }: FastifyRequest): boolean =>
  preferred(headers.accept ?? '*/*') === mediaType;

const streamHeaders = {
  'content-type': mediaType,
  // Proxies that compress or buffer would hold events back.
  'cache-control': 'private, no-store, no-transform',
  'x-accel-buffering': 'no',
};

const nextFrame = (answer: Answer): string => `event: next\ndata: ${JSON.stringify(answer)}\n\n`;
const completeFrame = 'event: complete\ndata:\n\n';
/** A comment. */
const keepAliveFrame = ':\n\n';

/** The last frames of a stream that the gateway ends. `retry` is for clients that reconnect by themselves. */
function endingFrames({ message, code, retryAfterMs }: Ending): string {
  const retry = retryAfterMs === undefined ? '' : `retry: ${retryAfterMs}\n\n`;
  const extensions = { code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return `${retry}${nextFrame({ errors: [{ message, extensions }] })}${completeFrame}`;
}

type Tools = {
  authenticate: Authenticate;
  subscriptions: Subscriptions;
  streams: Streams;
  clock: Pick<Clock, 'setTimer'>;
  /** How long a client may take to receive an event. */
  sendTimeoutMs: number;
  /** Called when the response to a request has become a stream. */
  onStream(request: FastifyRequest, reply: FastifyReply): void;
};

/** A stream of frames on a response, as slow as its reader. */
function createWriter(raw: ServerResponse, onTooSlow: () => void, { clock, sendTimeoutMs }: Tools) {
  return {
    /** Resolves when the reader has room for more, or has gone. */
    async write(text: string): Promise<void> {
      if (raw.destroyed || raw.write(text)) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const stopTimer = clock.setTimer(onTooSlow, sendTimeoutMs);
      raw.once('drain', resolve).once('close', resolve);
      await promise;
      stopTimer();
      raw.off('drain', resolve).off('close', resolve);
    },
  };
}

/** Answers an error about the caller or the request, before there is a stream. */
function refuse(reply: FastifyReply, error: unknown) {
  if (!(error instanceof GraphQLError)) throw error;
  const { http } = error.extensions as unknown as {
    http: { status: number; headers?: Map<string, string> };
  };
  return reply
    .code(http.status)
    .headers(Object.fromEntries(http.headers ?? []))
    .send({ errors: [formatted(error)] });
}

/** Answers requests that prefer an event stream. Once its caller is known, a request gets one, even if it is refused. */
export function createEventStreams(tools: Tools) {
  const { authenticate, subscriptions, streams, onStream } = tools;

  /** Opens a subscription and returns how to stream it. */
  async function open(request: FastifyRequest, { raw }: FastifyReply) {
    const { id, headers, trace, ip } = request;
    const caller = await authenticate(headers, ip, id);
    const { parameters, body } = parametersOf(request);
    let ending: Ending | undefined;
    const opener = {
      incoming: { id, headers, trace },
      caller,
      transport: 'sse',
      ending: () => ending,
    } as const;
    const opened = await subscriptions.open(parameters, body, opener);
    if ('refusal' in opened)
      return async () => void raw.end(nextFrame({ errors: opened.refusal.errors ?? [] }) + completeFrame);

    const { answers, onReplaced } = opened;
    const connection: Connection = {
      keepAlive() {
        if (!raw.writableNeedDrain) raw.write(keepAliveFrame);
      },
      end(why) {
        if (raw.writableEnded) return;
        ending = why;
        void answers.return();
        raw.end(endingFrames(why));
      },
      destroy: () => raw.destroy(),
    };
    /** Nothing that is sent would be received. */
    function disconnect(): void {
      ending = endings.tooSlow;
      raw.destroy();
    }

    /** Sends the answers to events until there are no more, or until the connection ends. */
    return async (): Promise<void> => {
      const remove = streams.add(connection);
      const stopTimer = streams.endAtExpiry(caller, connection);
      if (streams.isClosed()) connection.end(endings.stopping);
      onReplaced(() => connection.end(endings.replaced));
      const close = () => {
        remove();
        stopTimer();
        void answers.return();
      };
      if (raw.closed) close();
      else raw.once('close', close);
      const { write } = createWriter(raw, disconnect, tools);
      await write(keepAliveFrame);
      for await (const answer of answers) {
        await write(nextFrame(answer));
        if (isTooSlow(answer)) connection.end(endings.tooSlow);
      }
      if (!raw.writableEnded) raw.end(completeFrame);
    };
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (streams.isClosed()) {
      const { code, message, retryAfterMs } = endings.stopping;
      const body = errorBody(code, message, { retryAfterMs });
      return reply
        .code(503)
        .header('retry-after', retryAfterMs / 1_000)
        .send(body);
    }
    let stream: () => Promise<void>;
    try {
      stream = await open(request, reply);
    } catch (error) {
      return refuse(reply, error);
    }
    reply.hijack();
    reply.raw.on('error', () => {}); // 'close' follows
    const given = reply.headers({ 'x-request-id': request.id, ...streamHeaders }).getHeaders();
    reply.raw.writeHead(200, given as OutgoingHttpHeaders);
    onStream(request, reply);
    return stream().catch((error) => {
      request.log.error({ requestId: request.id, ...errorForLog(error) }, 'event stream failed');
      reply.raw.destroy();
    });
  };
}
