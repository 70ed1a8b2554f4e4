/** Formats errors for clients and logs them for operators. */
import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { shortened } from '../../domain/bad-input.ts';
import { codeOf, errorForLog, Fault } from '../../fault.ts';
import type { Context } from '../context.ts';
import { recordedName } from '../operation-name.ts';
import type { Step } from './in-sequence.ts';

/** Faults that concern operators. Their messages contain operations, never values from callers. */
const forOperators: ReadonlySet<string> = new Set([
  'FORBIDDEN',
  'THROTTLED',
  'QUOTA_EXHAUSTED',
  'UPSTREAM_UNAVAILABLE',
  'JOBS_UNAVAILABLE',
]);

/** The most that the log has of a path: callers choose its depth and, as aliases, its names. */
const maxLogged = { steps: 20, characters: 100 };

/** An error's path for the log. */
const recordedPath = (path: GraphQLError['path']): (string | number)[] | undefined =>
  path
    ?.slice(0, maxLogged.steps)
    .map((step) => (typeof step === 'string' ? step.slice(0, maxLogged.characters) : step));

/** graphql-js's error for an argument whose variable is missing, which it detects only at the field. */
const argumentError = /^Argument "/;
/** graphql-js's last error if a variable has many of them. */
const tooManyErrors = /^Too many errors processing variables/;

/**
 * True for errors that are intended for clients: faults, and graphql-js's errors about the request. Everything else is a
 * bug: graphql-js's errors about response data, which quote it, and what a plugin throws, which Apollo Server wraps.
 *
 * @param path the error's path in the response; undefined for an error of the request itself
 */
function isExpected(original: unknown, path: readonly unknown[] | undefined): boolean {
  if (original instanceof Fault) return true;
  if (!(original instanceof GraphQLError)) return false;
  if (codeOf(original) !== undefined || argumentError.test(original.message)) return true;
  return !path && !original.originalError;
}

/** The code of an error about the request. graphql-js gives none, and without one it would look like the gateway's own. */
function correctionOf(error: GraphQLError): object {
  const { code, http } = error.extensions as { code?: unknown; http?: { status?: number } };
  if (http?.status === 405) return { code: 'METHOD_NOT_ALLOWED' };
  if (code !== undefined || !isExpected(unwrapResolverError(error), error.path)) return {};
  if (argumentError.test(error.message) || tooManyErrors.test(error.message))
    return { code: 'BAD_USER_INPUT' };
  return { code: 'BAD_REQUEST', http: { status: 400 } };
}

/**
 * Masks unexpected errors; faults and errors about the request pass unchanged. Accepts any thrown value, from graphql-js
 * or another executor, and never throws.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  try {
    return visible(formatted, error) ?? masked(formatted);
  } catch {
    return masked(formatted);
  }
}

/** The error if clients may see it, with its code. */
function visible(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError | undefined {
  const original = unwrapResolverError(error);
  const short = { ...formatted, message: shortened(formatted.message) };
  // For a query, AWS's validation errors are bad input; only mutations turn them into user errors.
  if (original instanceof Fault && original.code === 'VALIDATION')
    return { ...short, extensions: { ...formatted.extensions, code: 'BAD_USER_INPUT' } };
  return isExpected(original, formatted.path) ? short : undefined;
}

function masked(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { locations, path } = formatted;
  const requestId = formatted.extensions?.requestId;
  return {
    message: `Internal error${requestId ? `; see the log for request ${requestId}` : ''}.`,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...(requestId !== undefined && { requestId }) },
  };
}

/** Logs the errors of creating a context, before there is a request to Apollo Server. */
export function contextErrorLog(log: FastifyBaseLogger): ApolloServerPlugin<Context> {
  return {
    async contextCreationDidFail({ error }) {
      if (!isExpected(error, undefined)) log.error(errorForLog(error), 'internal error');
    },
  };
}

/**
 * Gives errors about the request their codes. Logs bugs and upstream failures with the request's id, and adds the id to
 * the error for the client to quote.
 */
export function errorLog(log: FastifyBaseLogger): Step {
  return {
    didEncounterErrors({ errors, contextValue, operationName }) {
      const requestId = contextValue.request.id;
      for (const error of errors) {
        Object.assign(error, { extensions: { ...error.extensions, ...correctionOf(error) } });
        const original = unwrapResolverError(error);
        const details = {
          requestId,
          account: contextValue.account.name,
          operationName: recordedName(operationName),
          path: recordedPath(error.path),
        };
        if (original instanceof Fault) {
          // A caller that has disconnected has aborted its own calls.
          if (forOperators.has(original.code) && !contextValue.request.disconnected.aborted)
            log.warn(
              { ...details, code: original.code, cause: errorForLog(original.cause).error },
              original.message,
            );
        } else if (!isExpected(original, error.path)) {
          Object.assign(error, { extensions: { ...error.extensions, requestId } });
          log.error({ ...details, ...errorForLog(original) }, 'internal error');
        }
      }
    },
  };
}
