import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Runtime } from '../accounts/account.ts';
import { dryRun } from '../accounts/dry-run.ts';
import type { Lease, Registry } from '../accounts/registry.ts';
import type { Config } from '../config.ts';
import { type Context, createContext, type ServedAccount } from '../graphql/context.ts';
import { createServer, type Executed } from '../graphql/server.ts';
import { createSubscribe } from '../graphql/subscribe.ts';
import { version } from '../version.ts';
import { createLeases, type LeaseFor } from './accounts.ts';
import { type Authenticate, createAuthentication } from './authenticate.ts';
import { acceptOnlyJson } from './bodies.ts';
import { isFromBrowser } from './browsers.ts';
import { routeBulkFiles } from './bulk.ts';
import { compression, registerCompression } from './compression.ts';
import { registerCors } from './cors.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import { answerBrokenRequest, answerTransportError, answerTransportErrors } from './errors.ts';
import { explorer } from './explorer.ts';
import { protectResponses } from './headers.ts';
import { refuseForeignHosts } from './hosts.ts';
import { createJsonHandler } from './json.ts';
import { rejectOtherMethods } from './methods.ts';
import { callerRequest, requestId } from './request.ts';
import { createRequestSpans, type RequestSpans } from './request-spans.ts';
import { createShedding, type Shedding } from './shedding.ts';
import { limitSending } from './slow-readers.ts';
import { createEventStreams, wantsEventStream } from './sse.ts';
import { createStreams, type Streams } from './streams.ts';
import { createSubscriptions } from './subscriptions.ts';
import { closesUnused } from './unused-connections.ts';
import { isForWebSocket, serveWebSockets } from './websocket.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The use of the account; null until the caller is known. */
    lease: Lease<ServedAccount> | null;
  }
}

/** The schema, and the accounts that it serves. */
export type Served = Runtime &
  Executed & {
    accounts: Pick<Registry<ServedAccount>, 'lease'>;
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
      shouldUpgradeCallback: isForWebSocket,
    },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerTransportError,
    // While draining, requests on open connections are still served, and the connection is closed afterwards.
    return503OnClosing: false,
    logController: new LogController({ disableRequestLogging: true }),
    // Every line names its request by itself, and most requests have none but the operation's.
    childLoggerFactory: (logger) => logger,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
  });
}

type RouteOptions = {
  config: Config;
  served: Served;
  authenticate: Authenticate;
  leaseFor: LeaseFor;
  deadlines: Deadlines;
  shedding: Shedding;
  spans: RequestSpans;
  streams: Streams;
};

/** Creates the contexts of requests, each with a caller, an account and a deadline. */
function createContexts(app: FastifyInstance, { config, authenticate, leaseFor, deadlines }: RouteOptions) {
  app.decorateRequest('lease', null);
  const { maxUpstreamCalls: maxCalls } = config.limits;
  return {
    async contextOf(request: FastifyRequest, { raw }: FastifyReply): Promise<Context> {
      const { id, ip, headers } = request;
      const caller = await authenticate(headers, ip, id);
      const lease = leaseFor(caller, headers, id);
      request.lease = lease;
      const { account, accounts } = lease;
      const signals = deadlines.begin(config.requestTimeoutMs, raw);
      const incoming = callerRequest(request, { caller, accounts, maxCalls, signals });
      return createContext(incoming.isDryRun ? dryRun(account) : account, incoming);
    },
    end: ({ lease }: FastifyRequest): void => lease?.release(),
  };
}

/** The GraphQL route, and WebSockets beside it. */
function routeGraph(
  app: FastifyInstance,
  { apollo, bodyOf }: ReturnType<typeof createServer>,
  options: RouteOptions,
): void {
  const { config, served, authenticate, leaseFor, deadlines, shedding, spans, streams } = options;
  const { clock, schema } = served;
  function startSpan(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    if (!isFromBrowser(request)) request.headers['apollo-require-preflight'] = 'not a browser';
    spans.start(request, reply, done);
  }
  const subscribe = createSubscribe(apollo, schema);
  const tools = {
    config,
    schema,
    authenticate,
    subscriptions: createSubscriptions({ config, leaseFor, deadlines, streams, subscribe, log: app.log }),
    streams,
    clock,
    isShedding: shedding.isShedding,
    sendTimeoutMs: config.requestTimeoutMs,
    // It may last for days, and is neither a slow request nor one in flight.
    onStream(request: FastifyRequest, { raw }: FastifyReply) {
      spans.end(request);
      shedding.becomesStream(raw);
    },
  };
  const { contextOf, end } = createContexts(app, options);
  const answer = createJsonHandler(app, { apollo, bodyOf, contextOf, end });
  const stream = createEventStreams(tools);
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    compress: compression,
    onRequest: [startSpan, shedding.onRequest],
    handler: (request, reply) =>
      wantsEventStream(request) ? stream(request, reply) : answer(request, reply),
  });
  serveWebSockets(app, tools);
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
  const streams = createStreams(clock, config.limits.maxSubscriptionsPerCaller);
  const authenticate = await createAuthentication(config, clock, log);
  const leaseFor = createLeases(served.accounts, log);
  const closeUnused = closesUnused(app.server);
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
  const graph = createServer(served, config, app.log, [fastifyApolloDrainPlugin(app)]);
  await graph.apollo.start();
  if (config.graphiql) await explorer(app);
  const spans = createRequestSpans(app, served.telemetry);
  const tools = { config, served, authenticate, leaseFor, deadlines, shedding, spans };
  await routeBulkFiles(app, tools);
  routeGraph(app, graph, { ...tools, streams });
  app.get('/healthz', () => ({ status: 'ok', version }));
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
        clock.setTimer(() => {
          streams.destroyAll();
          app.server.closeAllConnections();
        }, config.drainTimeoutMs + closeGraceMs),
      ];
      // Until probes of /readyz have seen that the gateway is stopping, callers may still send it new requests.
      if (config.drainDelayMs > 0) await clock.sleep(config.drainDelayMs, new AbortController().signal);
      streams.endAll();
      closeUnused();
      await graph.apollo.stop();
      for (const cancelTimer of cancel) cancelTimer();
    },
  };
}
