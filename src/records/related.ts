/** What belongs to an opportunity without being part of its record, as far as an account remembers it. */
import type { Clock } from '../clock.ts';
import type { SolutionRecord } from '../upstream/wire.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { createSolutionLoader, fetchSolutions, type SolutionPageArguments } from './solutions.ts';
import { createTimedCache, readOnlyTimed, type TimedCache } from './timed-cache.ts';

/** How long solutions are fresh: a partner's portfolio changes a few times a year. */
const solutionsFreshMs = 3_600_000;

export type RelatedCaches = {
  solutions: TimedCache<SolutionRecord>;
};

export const createRelatedCaches = (clock: Clock): RelatedCaches => ({
  solutions: createTimedCache(clock, solutionsFreshMs),
});

/** The same caches for a dry run, which changes nothing. */
export const readOnlyRelated = ({ solutions }: RelatedCaches): RelatedCaches => ({
  solutions: readOnlyTimed(solutions),
});

/** The loaders of one request, which read through the account's caches. */
export function createRelated({
  scope,
  coalescer,
  caches,
  account,
}: {
  scope: RequestScope;
  coalescer: Coalescer;
  caches: RelatedCaches;
  account: string;
}) {
  const solutionTools = { scope, coalescer, cache: caches.solutions };
  return {
    /** A solution by its id; null if this account has none. */
    solution: createSolutionLoader(solutionTools),
    /** A page of solutions. */
    solutions: (page: SolutionPageArguments) => fetchSolutions(page, account, solutionTools),
  };
}
