import { createHash } from 'node:crypto';
import { refuse, requestError } from '../refusal.ts';
import type { Step } from './in-sequence.ts';

/** What is wrong with an automatic persisted query; undefined if nothing is. */
function problemOf(given: unknown, query: string | undefined): string | undefined {
  const { version, sha256Hash } = Object(given) as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1) return '`extensions.persistedQuery.version` must be 1.';
  if (typeof sha256Hash !== 'string') return '`extensions.persistedQuery.sha256Hash` must be a string.';
  if (query === undefined || createHash('sha256').update(query).digest('hex') === sha256Hash)
    return undefined;
  return '`extensions.persistedQuery.sha256Hash` is not the SHA-256 hash of `query`, in lower-case hexadecimal.';
}

/** Refuses malformed automatic persisted queries, which Apollo Server reports as its own errors. */
export function persistedQueryChecks(): Step {
  return ({ request }) => {
    const given: unknown = request.extensions?.persistedQuery;
    const problem = given ? problemOf(given, request.query) : undefined;
    return problem ? refuse(request, requestError('BAD_REQUEST', problem)) : undefined;
  };
}
