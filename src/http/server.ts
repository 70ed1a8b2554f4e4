import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
} from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Config } from '../config.ts';
import { type Context, createContext, type Shared } from '../graphql/context.ts';
import { upstreamCost } from '../graphql/plugins/cost.ts';
import { errorLog, formatError } from '../graphql/plugins/errors.ts';
import { documentLimits, upstreamLimit } from '../graphql/plugins/limits.ts';
import { operationLog } from '../graphql/plugins/operation-log.ts';
import { trustedDocuments } from '../graphql/plugins/trusted-documents.ts';
import { createSchema } from '../graphql/schema.ts';
import { rootTrace, type TraceContext } from '../telemetry.ts';
import { authorization, createAuthentication } from './authenticate.ts';
import {
  answerBrokenRequest,
  documentCache,
  goodManners,
  isFromBrowser,
  olderClients,
  refuseForeignNames,
} from './cors.ts';
import { createDeadlines, hangUp } from './deadlines.ts';
import { explorer } from './explorer.ts';
import { lazy } from './lazy.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the request's spans hang. */
    trace: TraceContext | null;
  }
}

/** The whole schema's introspection is below 300 tokens; an operation that fills a screen is below 1,000. */
const maxTokens = 5_000;

/** What Fastify itself refuses (a body that is no JSON, one that is too long, no such path), in GraphQL's form. */
function answerTransportError(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500)
      app.log.error({ requestId: request.id, error: error.name, code: error.code }, 'transport error');
    const message =
      status < 500 ? error.message : `Internal error; the log has it under request ${request.id}.`;
    const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
    return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      errors: [
        { message: `${request.method} ${request.url} is not served.`, extensions: { code: 'NOT_FOUND' } },
      ],
    }),
  );
}

/** Connections that may wait to be taken, so that thousands can come at once: one too many is only tried again seconds later. */
const backlog = 4_096;

/** A caller's own request id is kept when it is plain; it appears in the log, so nothing else is let in. */
function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : randomUUID();
}

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/**
 * Serves the gateway over HTTP and resolves when it listens.
 *
 * @returns where it listens, and how to stop it: it then takes no more requests and lets the ones under way finish
 * @throws the listening socket's error, such as `EADDRINUSE`
 */
export async function startServer(
  config: Config,
  shared: Shared,
  loggerInstance: FastifyBaseLogger,
): Promise<{ url: string; stop(): Promise<void> }> {
  const app: FastifyInstance = Fastify({
    loggerInstance,
    bodyLimit: config.maxBodyBytes,
    // Who sends a request byte by byte, and never the last one, does not keep a connection.
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
  app.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id));
  if (config.isLoopback && config.auth.mode === 'none') refuseForeignNames(app);
  app.decorateRequest('trace', null);
  answerTransportError(app);
  await goodManners(app, config.corsOrigins);

  const deadlines = createDeadlines(shared.clock);
  const authenticate = createAuthentication(config.auth, shared.clock);
  const documents = documentCache(config.apqMaxBytes);
  const apollo = new ApolloServer<Context>({
    schema: createSchema(),
    formatError,
    introspection: !config.production,
    hideSchemaDetailsFromClientErrors: config.production,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    persistedQueries: documents ? { cache: documents } : false,
    allowBatchedHttpRequests: false,
    maxRecursiveSelections: 10_000,
    parseOptions: { maxTokens },
    validationRules: documentLimits(config.limits),
    stopOnTerminationSignals: false,
    // Plain JSON, because Apollo's pretty-printing costs more than the answer.
    stringifyResult: JSON.stringify,
    logger: app.log,
    plugins: [
      fastifyApolloDrainPlugin(app),
      operationLog(app.log, shared.telemetry),
      upstreamCost({ isTold: config.upstreamCost }),
      errorLog(app.log),
      ...trustedDocuments(config.trustedDocuments, app.log),
      authorization(config),
      upstreamLimit(shared, config.limits.maxUpstreamCalls),
      olderClients(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();

  if (config.graphiql) await explorer(app);
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    compress: {},
    onRequest: async (request, reply) => {
      if (!isFromBrowser(request)) request.headers['apollo-require-preflight'] = 'not a browser';
      const begun = shared.telemetry.request(request.method, request.headers);
      request.trace = begun.context;
      const { raw } = reply;
      raw.once('close', () => begun.end(raw.writableFinished ? raw.statusCode : undefined));
    },
    handler: fastifyApolloHandler(apollo, {
      context: async ({ id, ip, headers, trace }, reply) => {
        const caller = await authenticate(headers, ip).catch((error: GraphQLError) => {
          app.log.info({ requestId: id, ip, code: error.extensions.code }, 'not let in');
          throw error;
        });
        const deadline = shared.clock.now() + config.requestTimeoutMs;
        const ended = lazy(() => deadlines.signal(deadline - shared.clock.now(), reply.raw));
        const hungUp = lazy(() => hangUp(reply.raw));
        return createContext(shared, {
          id,
          caller: caller.id,
          scopes: caller.scopes,
          isUncached: /\bno-cache\b/.test(headers['cache-control'] ?? ''),
          isDryRun: headers['x-upstream-dry-run'] === '1',
          deadline,
          get signal() {
            return ended();
          },
          get hungUp() {
            return hungUp();
          },
          trace: trace ?? rootTrace,
          calls: {},
          cached: 0,
          waitedMs: 0,
          idempotencyKey: one(headers['idempotency-key']),
        });
      },
    }),
  });
  let stopping = false;
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) =>
    reply.code(stopping ? 503 : 200).send({ status: stopping ? 'stopping' : 'ready' }),
  );

  const url = await app.listen({ port: config.port, host: config.host, backlog });
  return {
    url,
    async stop() {
      stopping = true;
      // First whatever still waits is ended and told so, and a second later whoever does not take their answer is cut off.
      const cancel = [
        shared.clock.setTimer(() => deadlines.endAll(), config.drainTimeoutMs),
        shared.clock.setTimer(() => app.server.closeAllConnections(), config.drainTimeoutMs + 1_000),
      ];
      await apollo.stop();
      for (const cancelTimer of cancel) cancelTimer();
    },
  };
}
