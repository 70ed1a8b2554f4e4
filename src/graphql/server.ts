import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.ts';
import type { Context } from './context.ts';
import { documentLimits } from './document-limits.ts';
import { documentCache } from './persisted-queries.ts';
import { acceptableTypes, legacyStatusCodes } from './plugins/accept.ts';
import { authorization } from './plugins/authorization.ts';
import { costLimit } from './plugins/cost-limit.ts';
import { costReport } from './plugins/cost-report.ts';
import { errorLog, formatError } from './plugins/errors.ts';
import { operationLog } from './plugins/operation-log.ts';
import { optionalOperationName } from './plugins/operation-name.ts';
import { persistedQueryChecks } from './plugins/persisted-queries.ts';
import { trustedDocuments } from './plugins/trusted-documents.ts';
import { unknownEnumValues } from './plugins/unknown-enum-values.ts';
import { knownOperationTypes, noIntrospection } from './schema-rules.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** A full introspection query has fewer than 300 tokens, an operation that fills a screen fewer than 1,000. */
const maxTokens = 5_000;

/**
 * Apollo Server with the plugins that wrap each operation.
 *
 * @param transport plugins of the HTTP server, such as the one that drains its connections
 */
export function createServer(
  { schema, documents }: { schema: GraphQLSchema; documents: TrustedDocuments },
  config: Config,
  log: FastifyBaseLogger,
  transport: readonly ApolloServerPlugin<Context>[],
): ApolloServer<Context> {
  const persisted = documentCache(config.apqMaxBytes);
  return new ApolloServer<Context>({
    schema,
    formatError,
    // `noIntrospection` replaces Apollo Server's rule, whose message is for the developer of the server.
    introspection: true,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    persistedQueries: persisted ? { cache: persisted } : false,
    allowBatchedHttpRequests: false,
    maxRecursiveSelections: 10_000,
    parseOptions: { maxTokens },
    validationRules: [
      knownOperationTypes,
      ...(config.introspection ? [] : [noIntrospection]),
      ...documentLimits(config.limits),
    ],
    stopOnTerminationSignals: false,
    // Apollo's pretty-printing costs more than the response itself.
    stringifyResult: JSON.stringify,
    logger: log,
    plugins: [
      ...transport,
      optionalOperationName(),
      operationLog(log),
      costReport({ inExtensions: config.upstreamCost }),
      // These refuse requests, which must precede the errors' log.
      ...trustedDocuments(config.trustedDocuments.mode, documents, log),
      ...(persisted ? [persistedQueryChecks()] : []),
      acceptableTypes(),
      errorLog(log),
      unknownEnumValues(),
      authorization(config.introspection),
      costLimit(config.limits.maxUpstreamCalls),
      legacyStatusCodes(),
      // These wrap every field or phone home.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
