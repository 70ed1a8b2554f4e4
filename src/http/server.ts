import type { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Account, Runtime } from '../accounts/account.ts';
import { dryRun } from '../accounts/dry-run.ts';
import type { Config } from '../config.ts';
import { type Context, createContext } from '../graphql/context.ts';
import { createServer } from '../graphql/server.ts';
import type { TrustedDocuments } from '../graphql/trusted-documents.ts';
import { type Caller, createAuthentication } from './authenticate.ts';
import { acceptOnlyJson } from './bodies.ts';
import { isFromBrowser } from './browsers.ts';
import { compression, registerCompression } from './compression.ts';
import { registerCors } from './cors.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import { answerBrokenRequest, answerTransportError, answerTransportErrors } from './errors.ts';
import { explorer } from './explorer.ts';
import { protectResponses } from './headers.ts';
import { refuseForeignHosts } from './hosts.ts';
import { rejectOtherMethods } from './methods.ts';
import { callerRequest, requestId } from './request.ts';
import { createShedding, type Shedding } from './shedding.ts';
import { limitSending } from './slow-readers.ts';

/** The schema, and the accounts that it serves. */
export type Served = Runtime & {
  schema: GraphQLSchema;
  documents: TrustedDocuments;
  /** Selects the account for a caller. */
  accountOf(caller: Caller): Account;
};

/** Listen backlog for thousands of simultaneous connections: one beyond it is retried by the client only seconds later. */
const backlog = 4_096;

/** The time that callers have to receive the error for a stopping gateway, before connections are closed. */
const closeGraceMs = 1_000;

function createApp(config: Config, loggerInstance: FastifyBaseLogger): FastifyInstance {
  return Fastify({
    loggerInstance,
    bodyLimit: config.maxBodyBytes,
    // A client that trickles a request byte by byte and never finishes it does not keep its connection (slowloris).
    requestTimeout: config.requestTimeoutMs,
    http: {
      headersTimeout: config.requestTimeoutMs,
      requestTimeout: config.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(config.requestTimeoutMs, 5_000),
    },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerTransportError,
    // While draining, requests on open connections are still served, and the connection is closed afterwards.
    return503OnClosing: false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
  });
}

type RouteOptions = { config: Config; served: Served; deadlines: Deadlines; shedding: Shedding };

/** The GraphQL route. Each request gets a span, a caller, an account and a deadline, and a context made of them. */
async function routeGraph(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  { config, served, deadlines, shedding }: RouteOptions,
): Promise<void> {
  const authenticate = await createAuthentication(config.auth, served.clock, app.log);
  app.decorateRequest('trace', null);
  async function startSpan(request: FastifyRequest, { raw }: FastifyReply): Promise<void> {
    if (!isFromBrowser(request)) request.headers['apollo-require-preflight'] = 'not a browser';
    const span = served.telemetry.request(request.method, request.headers);
    request.trace = span.context;
    raw.once('close', () => span.end(raw.writableFinished ? raw.statusCode : undefined));
  }
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    compress: compression,
    onRequest: [startSpan, shedding.onRequest],
    handler: fastifyApolloHandler(apollo, {
      context: async (request, reply) => {
        const { id, ip, headers } = request;
        const caller = await authenticate(headers, ip).catch((error: GraphQLError) => {
          app.log.info({ requestId: id, ip, code: error.extensions.code }, 'authentication failed');
          throw error;
        });
        const signals = deadlines.begin(config.requestTimeoutMs, reply.raw);
        const incoming = callerRequest(request, caller, config.limits.maxUpstreamCalls, signals);
        const account = served.accountOf(caller);
        return createContext(incoming.isDryRun ? dryRun(account) : account, incoming);
      },
    }),
  });
}

/**
 * Serves the graph over HTTP; resolves once it is listening.
 *
 * @returns the URL, and `stop`, which after a delay accepts no more requests and lets those in flight finish
 * @throws the listening socket's error, such as `EADDRINUSE`
 */
export async function startServer(
  config: Config,
  served: Served,
  log: FastifyBaseLogger,
): Promise<{ url: string; stop(): Promise<void> }> {
  const { clock } = served;
  const app = createApp(config, log);
  const deadlines = createDeadlines(clock);
  const shedding = createShedding(config.maxMemoryBytes, clock, log);
  let isStopping = false;

  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', request.id);
    if (isStopping) reply.header('connection', 'close');
    done();
  });
  limitSending(app, config.requestTimeoutMs, clock);
  protectResponses(app);
  refuseForeignHosts(app, config);
  answerTransportErrors(app);
  acceptOnlyJson(app);
  await registerCompression(app);
  await registerCors(app, config);
  rejectOtherMethods(app);
  const apollo = createServer(served, config, app.log, [fastifyApolloDrainPlugin(app)]);
  await apollo.start();
  if (config.graphiql) await explorer(app);
  await routeGraph(app, apollo, { config, served, deadlines, shedding });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) => {
    const status = isStopping ? 'stopping' : shedding.isShedding() ? 'overloaded' : 'ready';
    return reply.code(status === 'ready' ? 200 : 503).send({ status });
  });

  const url = await app.listen({ port: config.port, host: config.host, backlog });
  return {
    url,
    async stop() {
      isStopping = true;
      // Requests still in flight then get an error, and callers that do not receive it are disconnected.
      const cancel = [
        clock.setTimer(() => deadlines.abortAll(), config.drainTimeoutMs),
        clock.setTimer(() => app.server.closeAllConnections(), config.drainTimeoutMs + closeGraceMs),
      ];
      // Until probes of /readyz have seen that the gateway is stopping, callers may still send it new requests.
      if (config.drainDelayMs > 0) await clock.sleep(config.drainDelayMs, new AbortController().signal);
      await apollo.stop();
      for (const cancelTimer of cancel) cancelTimer();
    },
  };
}
