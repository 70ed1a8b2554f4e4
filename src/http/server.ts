import type { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Account, Runtime } from '../accounts/account.ts';
import { dryRun } from '../accounts/dry-run.ts';
import type { Config } from '../config.ts';
import { type Context, createContext } from '../graphql/context.ts';
import { createServer } from '../graphql/server.ts';
import { type Caller, createAuthentication } from './authenticate.ts';
import { isFromBrowser, refuseForeignNames } from './browsers.ts';
import { registerCompression } from './compression.ts';
import { registerCors } from './cors.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import { answerBrokenRequest, answerTransportErrors } from './errors.ts';
import { explorer } from './explorer.ts';
import { rejectOtherMethods } from './methods.ts';
import { callerRequest, requestId } from './request.ts';

/** What is served, and on what. */
export type Served = Runtime & {
  schema: GraphQLSchema;
  /** The account that a caller's requests go to. */
  accountOf(caller: Caller): Account;
};

/** Listen backlog for thousands of simultaneous connections: one beyond it is retried by the client only seconds later. */
const backlog = 4_096;

/** How long a caller has to take the answer that says that the gateway stops, before its connection is closed. */
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
    // While it drains: what still comes over a kept connection is served, and the connection closed.
    return503OnClosing: false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
  });
}

/** The route of the graph. Each request gets a span, a caller, an account, a deadline, and from them a context. */
function routeGraph(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  { config, served, deadlines }: { config: Config; served: Served; deadlines: Deadlines },
): void {
  const authenticate = createAuthentication(config.auth, served.clock, app.log);
  app.decorateRequest('trace', null);
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    compress: {},
    onRequest: async (request, reply) => {
      if (!isFromBrowser(request)) request.headers['apollo-require-preflight'] = 'not a browser';
      const span = served.telemetry.request(request.method, request.headers);
      request.trace = span.context;
      const { raw } = reply;
      raw.once('close', () => span.end(raw.writableFinished ? raw.statusCode : undefined));
    },
    handler: fastifyApolloHandler(apollo, {
      context: async (request, reply) => {
        const { id, ip, headers } = request;
        const caller = await authenticate(headers, ip).catch((error: GraphQLError) => {
          app.log.info({ requestId: id, ip, code: error.extensions.code }, 'authentication failed');
          throw error;
        });
        const ends = deadlines.begin(config.requestTimeoutMs, reply.raw);
        const asked = callerRequest(request, caller, ends);
        const account = served.accountOf(caller);
        return createContext(asked.isDryRun ? dryRun(account) : account, asked);
      },
    }),
  });
}

/**
 * Serves the graph over HTTP and resolves when it listens.
 *
 * @returns where it listens, and how to stop it: it then takes no more requests and lets those in flight finish
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
  let isStopping = false;

  app.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id));
  if (config.isLoopback && config.auth.mode === 'none') refuseForeignNames(app);
  answerTransportErrors(app);
  await registerCompression(app);
  await registerCors(app, config.corsOrigins);
  rejectOtherMethods(app);
  const apollo = createServer(served.schema, config, app.log, [fastifyApolloDrainPlugin(app)]);
  await apollo.start();
  if (config.graphiql) await explorer(app);
  routeGraph(app, apollo, { config, served, deadlines });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) =>
    reply.code(isStopping ? 503 : 200).send({ status: isStopping ? 'stopping' : 'ready' }),
  );

  const url = await app.listen({ port: config.port, host: config.host, backlog });
  return {
    url,
    async stop() {
      isStopping = true;
      // Requests that still wait are ended and told so, and whoever does not take the answer then is disconnected.
      const cancel = [
        clock.setTimer(() => deadlines.abortAll(), config.drainTimeoutMs),
        clock.setTimer(() => app.server.closeAllConnections(), config.drainTimeoutMs + closeGraceMs),
      ];
      await apollo.stop();
      for (const cancelTimer of cancel) cancelTimer();
    },
  };
}
