/** Per-operation observability: a log line, a span and metrics. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLError } from 'graphql';
import { codeOf } from '../../fault.ts';
import { traceIdOf } from '../../telemetry.ts';
import { recordedName } from '../operation-name.ts';
import type { Step } from './in-sequence.ts';

const codesOf = (errors: readonly GraphQLError[]): string[] => [
  ...new Set(errors.map((error) => codeOf(error) ?? 'INTERNAL_SERVER_ERROR')),
];

/**
 * One line per operation with its outcome (`ok`, `partial` if some fields have errors, or `failed`), its cost and the
 * remaining quota. An operation that fails before its type is known, such as a syntax error, has the type `unknown`. The
 * answers to a subscription's events have lines of level `debug`. It comes after what writes the response, which may fail.
 */
export function operationLog(log: FastifyBaseLogger): Step {
  return ({ contextValue: { account, request, quota } }) => {
    const span = account.telemetry.operation(account.name, request.trace);
    request.trace = span.context;
    return {
      willSendResponse(answer) {
        const { operation, operationName, errors = [], response } = answer;
        const data = response.body.kind === 'single' ? response.body.singleResult.data : null;
        const hasData = Object.values(data ?? {}).some((value) => value !== null);
        const outcome = errors.length === 0 ? 'ok' : hasData ? 'partial' : 'failed';
        const type = operation?.operation ?? 'unknown';
        const name = recordedName(operationName);
        const ms = span.end(type, name, outcome, request.cached);
        const level = request.streamed?.event ? 'debug' : 'info';
        log[level](
          {
            requestId: request.id,
            traceId: traceIdOf(request.trace),
            account: account.name,
            caller: request.caller,
            operation: type,
            operationName: name,
            outcome,
            ...(errors.length > 0 && { codes: codesOf(errors) }),
            ms: Math.round(ms),
            calls: request.calls,
            cached: request.cached,
            waitedMs: Math.round(request.waitedMs),
            remaining24h: { read: quota.remaining24h('read'), write: quota.remaining24h('write') },
          },
          'operation',
        );
      },
    };
  };
}
