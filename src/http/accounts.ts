/** The account of a request: the caller's only one, or the one that the header `X-Account` names. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Lease, Registry } from '../accounts/registry.ts';
import { Fault } from '../fault.ts';
import type { ServedAccount } from '../graphql/context.ts';
import { requestError } from '../graphql/refusal.ts';
import type { Caller } from './authenticate.ts';

/**
 * Begins to use the account of a request, until the lease is released.
 *
 * @throws GraphQLError ACCOUNT_NOT_FOUND (403), or BAD_REQUEST (400) if the header is missing
 */
export type LeaseFor = (
  caller: Caller,
  headers: IncomingHttpHeaders,
  requestId: string,
) => Lease<ServedAccount>;

export function createLeases(
  { lease }: Pick<Registry<ServedAccount>, 'lease'>,
  log: Pick<FastifyBaseLogger, 'info'>,
): LeaseFor {
  return ({ id, claims }, { 'x-account': header }, requestId) => {
    try {
      return lease({ claims, name: header ? String(header) : undefined });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      log.info({ requestId, caller: id, code: error.code }, 'account refused');
      if (error.code === 'ACCOUNT_NOT_FOUND') throw requestError(error.code, error.message, {}, 403);
      throw requestError('BAD_REQUEST', error.message);
    }
  };
}
