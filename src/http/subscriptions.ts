/** Subscriptions as both transports open them. */
import { type GraphQLRequest, HeaderMap } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Lease } from '../accounts/registry.ts';
import type { Config } from '../config.ts';
import { type Context, createContext, type ServedAccount } from '../graphql/context.ts';
import { recordedName } from '../graphql/operation-name.ts';
import type { Answer, Answers, Requests, Subscribe } from '../graphql/subscribe.ts';
import type { LeaseFor } from './accounts.ts';
import type { Caller } from './authenticate.ts';
import { type Deadlines, untilEnded } from './deadlines.ts';
import { callerRequest, type Incoming } from './request.ts';
import { type Ending, endings, type Streams } from './streams.ts';

/** The members of a GraphQL request. */
export type Parameters = Pick<GraphQLRequest, 'query' | 'operationName' | 'variables' | 'extensions'>;

/** Where a subscription is opened from. */
export type Opener = {
  incoming: Incoming;
  caller: Caller;
  transport: 'sse' | 'websocket';
  /** Why the connection has ended; undefined if the client has ended it. */
  ending(): Ending | undefined;
};

/** A subscription that has been opened. */
export type Opened = Pick<Lease<ServedAccount>, 'onReplaced'> & { answers: Answers };

/** The text of an answer whose source has failed because too many events were waiting. */
export const isTooSlow = ({ errors = [] }: Answer): boolean =>
  errors.some(({ extensions }) => extensions?.code === endings.tooSlow.code);

/** An error as clients see it, without what is for HTTP. */
export function formatted({ message, extensions: { http: _, ...extensions } }: GraphQLError) {
  return { message, extensions } satisfies GraphQLFormattedError;
}

/** What Apollo Server's plugins look at besides the parameters: the headers are those of a request for JSON. */
const httpOf = (body: unknown) => ({
  method: 'POST',
  headers: new HeaderMap([['accept', 'application/graphql-response+json; charset=utf-8']]),
  search: '',
  body,
});

/** The same answers; calls `onEnd` with their number once there are no more, or once the client stops. */
function counted(answers: Answers, onEnd: (events: number, how: 'complete' | 'closed') => void): Answers {
  let events = 0;
  let isEnded = false;
  function end(how: 'complete' | 'closed'): void {
    if (isEnded) return;
    isEnded = true;
    onEnd(events, how);
  }
  function close() {
    end('closed');
    return answers.return();
  }
  return {
    async next() {
      const result = await answers.next();
      if (result.done) end('complete');
      else events += 1;
      return result;
    },
    return: close,
    throw: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

type Tools = {
  config: Config;
  leaseFor: LeaseFor;
  deadlines: Deadlines;
  streams: Streams;
  subscribe: Subscribe;
  log: FastifyBaseLogger;
};

export function createSubscriptions({ config, leaseFor, deadlines, streams, subscribe, log }: Tools) {
  const { requestTimeoutMs, limits } = config;

  /** The requests of a subscription, each with a deadline of its own. */
  function requestsOf({ incoming, caller }: Opener, lease: Lease<ServedAccount>): Requests {
    const { account, accounts } = lease;
    let current: ReturnType<typeof untilEnded> | undefined;
    return {
      begin(streamed): { context: Context; end(): void } {
        const { transport, end } = untilEnded();
        current = { transport, end };
        const signals = deadlines.begin(requestTimeoutMs, transport);
        const { maxUpstreamCalls: maxCalls } = limits;
        const request = callerRequest(incoming, { caller, accounts, maxCalls, signals, streamed });
        return { context: createContext(account, request), end: () => end(true) };
      },
      abandon: () => current?.end(false),
    };
  }

  /** Begins to use the account of a subscription, which counts for its caller. @throws GraphQLError */
  function reserve({ incoming, caller }: Opener) {
    const lease = leaseFor(caller, incoming.headers, incoming.id);
    try {
      const uncount = streams.reserve('subscriptions', `${lease.account.name} ${caller.id}`);
      const release = () => {
        lease.release();
        uncount();
      };
      return { lease, release };
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  return {
    /**
     * Opens a subscription for a caller.
     *
     * @param body the request as it was received
     * @returns the answers to its events, or the answer with the reason why there is none
     */
    async open(parameters: Parameters, body: unknown, opener: Opener): Promise<Opened | { refusal: Answer }> {
      const { incoming, caller, transport, ending } = opener;
      let reserved: ReturnType<typeof reserve>;
      try {
        reserved = reserve(opener);
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        return { refusal: { errors: [formatted(error)] } };
      }
      const { lease, release } = reserved;
      const { account } = lease;
      const requests = requestsOf(opener, lease);
      const opened = await subscribe({ ...parameters, http: httpOf(body) }, requests).catch((error) => {
        release();
        throw error;
      });
      if ('refusal' in opened) {
        release();
        return opened;
      }
      const span = account.telemetry.subscription(account.name, transport);
      const about = {
        requestId: incoming.id,
        account: account.name,
        caller: caller.id,
        operationName: recordedName(opened.operationName),
        transport,
      };
      log.debug(about, 'subscription opened');
      const answers = counted(opened.answers, (events, how) => {
        release();
        const reason = ending()?.reason ?? how;
        const ms = Math.round(span.end(reason));
        log.info({ ...about, reason, events, ms }, 'subscription ended');
      });
      return { answers, onReplaced: lease.onReplaced };
    },
  };
}

export type Subscriptions = ReturnType<typeof createSubscriptions>;
