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
import { conditionalRoots } from './plugins/conditional-roots.ts';
import { costLimit } from './plugins/cost-limit.ts';
import { costReport } from './plugins/cost-report.ts';
import { contextErrorLog, errorLog, formatError } from './plugins/errors.ts';
import { idempotencyKeys } from './plugins/idempotency-keys.ts';
import { inSequence } from './plugins/in-sequence.ts';
import { operationLog } from './plugins/operation-log.ts';
import { optionalOperationName } from './plugins/operation-name.ts';
import { persistedQueryChecks } from './plugins/persisted-queries.ts';
import { plans } from './plugins/plans.ts';
import { type Result, responseText } from './plugins/response-text.ts';
import { documentLength, operationSize } from './plugins/size-limits.ts';
import { subscriptionRequests } from './plugins/subscription-requests.ts';
import { trustedDocuments } from './plugins/trusted-documents.ts';
import { unknownEnumValues } from './plugins/unknown-enum-values.ts';
import { noIntrospection } from './schema-rules.ts';
import { withoutSuggestion } from './suggestions.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** A full introspection query has fewer than 300 tokens, an operation that fills a screen fewer than 1,000. */
const maxTokens = 5_000;

/** The errors that are reported of a document; one can be made for every token. */
const maxValidationErrors = 20;

/** The use of an operation from which it has a plan: compiling one that is sent once would be in vain. */
const plansFromUse = 2;

/** What operations are executed on. `plansFromUse` is for tests. */
export type Executed = {
  schema: GraphQLSchema;
  documents: TrustedDocuments;
  plansFromUse?: number | undefined;
};

/**
 * Apollo Server with the plugins that wrap each operation, and `bodyOf`, which writes the response for a result of its.
 *
 * @param transport plugins of the HTTP server, such as the one that drains its connections
 */
export function createServer(
  { schema, documents, plansFromUse: fromUse = plansFromUse }: Executed,
  config: Config,
  log: FastifyBaseLogger,
  transport: readonly ApolloServerPlugin<Context>[],
): { apollo: ApolloServer<Context>; bodyOf(result: Result): string | Buffer } {
  const persisted = documentCache(config.apqMaxBytes);
  const text = responseText(config.limits.maxResponseBytes);
  const apollo = new ApolloServer<Context>({
    schema,
    formatError(formatted, error) {
      const visible = formatError(formatted, error);
      return config.introspection ? visible : { ...visible, message: withoutSuggestion(visible.message) };
    },
    // `noIntrospection` replaces Apollo Server's rule, whose message is for the developer of the server.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    persistedQueries: persisted ? { cache: persisted } : false,
    allowBatchedHttpRequests: false,
    maxRecursiveSelections: 10_000,
    parseOptions: { maxTokens },
    validationOptions: { maxErrors: maxValidationErrors },
    validationRules: [...(config.introspection ? [] : [noIntrospection]), ...documentLimits(config.limits)],
    stopOnTerminationSignals: false,
    stringifyResult: (result) => text.bodyOf(result as Result).toString(),
    logger: log,
    plugins: [
      ...transport,
      contextErrorLog(log),
      inSequence(
        optionalOperationName(),
        // These refuse requests, which must precede the errors' log.
        documentLength(),
        ...trustedDocuments(config.trustedDocuments.mode, documents, log),
        ...(persisted ? [persistedQueryChecks()] : []),
        conditionalRoots(),
        acceptableTypes(),
        errorLog(log),
        subscriptionRequests(),
        plans({ fromUse, maxBytes: config.maxTextBytes }),
        authorization(config.introspection),
        operationSize(config.limits),
        costLimit(config.limits.maxUpstreamCalls),
        idempotencyKeys(),
        costReport({ inExtensions: config.upstreamCost }),
        unknownEnumValues(),
        // Before the log, whose line has its error if the response is too long.
        text.step,
        operationLog(log),
        legacyStatusCodes(),
      ),
      // These wrap every field or phone home.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  return { apollo, bodyOf: text.bodyOf };
}
