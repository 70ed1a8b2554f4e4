/** What a client sees of an error, and what the log does. */
import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { codeOf, errorForLog, Fault } from '../../fault.ts';
import type { Context } from '../context.ts';
import { recordedName } from '../operation-name.ts';

/** Faults that an operator should hear of. Their messages name operations, never what a caller sent. */
const forOperators: ReadonlySet<string> = new Set([
  'FORBIDDEN',
  'THROTTLED',
  'QUOTA_EXHAUSTED',
  'UPSTREAM_UNAVAILABLE',
]);

/** What graphql-js says of an argument whose variable is missing, which it finds out at the field. */
const ofAnArgument = /^Argument "/;

/**
 * Whether an error was raised on purpose, by the gateway or by graphql-js about the request. Everything else is a bug;
 * so is what graphql-js says of an answer's data, which it quotes.
 *
 * @param path where it arose in the answer; undefined for what is wrong with the request as a whole
 */
function isExpected(original: unknown, path: readonly unknown[] | undefined): boolean {
  if (original instanceof Fault) return true;
  if (!(original instanceof GraphQLError)) return false;
  return !path || codeOf(original) !== undefined || ofAnArgument.test(original.message);
}

/**
 * Masks what nobody expected; lets faults and complaints about the request through as they are. Takes whatever can be
 * thrown, by graphql-js or another executor, and never throws itself.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  try {
    return shown(formatted, error) ?? masked(formatted);
  } catch {
    return masked(formatted);
  }
}

/** An error that the client may see, with its code; undefined for any other. */
function shown(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError | undefined {
  const original = unwrapResolverError(error);
  // A query that AWS finds invalid is bad input; only mutations turn it into user errors.
  if (original instanceof Fault && original.code === 'VALIDATION')
    return { ...formatted, extensions: { ...formatted.extensions, code: 'BAD_USER_INPUT' } };
  if (original instanceof GraphQLError && ofAnArgument.test(original.message))
    return { ...formatted, extensions: { ...formatted.extensions, code: 'BAD_USER_INPUT' } };
  return isExpected(original, formatted.path) ? formatted : undefined;
}

function masked(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { locations, path } = formatted;
  const requestId = formatted.extensions?.requestId;
  return {
    message: `Internal error${requestId ? `; the log has it under request ${requestId}` : ''}.`,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...(requestId !== undefined && { requestId }) },
  };
}

/** Logs bugs and upstream trouble under the request's id, and gives the id to the error for the client to quote. */
export function errorLog(log: FastifyBaseLogger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue, operationName }) {
          const requestId = contextValue.request.id;
          for (const error of errors) {
            const original = unwrapResolverError(error);
            const about = { requestId, operationName: recordedName(operationName), path: error.path };
            if (original instanceof Fault) {
              // Nobody is there to be told of what a caller who has gone did not get.
              if (forOperators.has(original.code) && !contextValue.request.disconnected.aborted)
                log.warn(
                  { ...about, code: original.code, cause: errorForLog(original.cause).error },
                  original.message,
                );
            } else if (!isExpected(original, error.path)) {
              Object.assign(error, { extensions: { ...error.extensions, requestId } });
              log.error({ ...about, ...errorForLog(original) }, 'internal error');
            }
          }
        },
      };
    },
  };
}
