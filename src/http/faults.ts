/** The answers of routes other than `/graphql` to errors of their handlers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { errorForLog, Fault, type FaultCode } from '../fault.ts';
import { errorBody } from './errors.ts';

/** The statuses of faults; those that are not listed are 503. */
const statuses: Partial<Record<FaultCode, number>> = {
  BAD_USER_INPUT: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IDEMPOTENCY_CONFLICT: 409,
  LIMIT_EXCEEDED: 413,
};

type Refusal = { status: number; headers: Iterable<[string, string]>; body: object };

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Fault) {
    const { code, ...details } = error.extensions;
    return {
      status: statuses[error.code] ?? 503,
      headers: [],
      body: errorBody(String(code), error.message, details),
    };
  }
  if (!(error instanceof GraphQLError)) return undefined;
  const { code, http, ...details } = error.extensions;
  // As `authError` and `requestError` set it; the type is that of a library for other servers.
  const { status, headers = [] } = (http ?? {}) as { status?: number; headers?: unknown };
  if (typeof code !== 'string' || !status) return undefined;
  return {
    status,
    headers: headers as Iterable<[string, string]>,
    body: errorBody(code, error.message, details),
  };
}

/** Answers with a GraphQL error; of a bug the client learns only where in the log its reason is. */
export function answerFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal)
    return reply.code(refusal.status).headers(Object.fromEntries(refusal.headers)).send(refusal.body);
  request.log.error({ requestId: request.id, ...errorForLog(error) }, 'internal error');
  const message = `Internal error; see the log for request ${request.id}.`;
  return reply.code(500).send(errorBody('INTERNAL_SERVER_ERROR', message));
}
