/**
 * Checks the versions in every response against the versions that the upstream had at the time. All of it runs in one
 * process, with one clock.
 */
type Version = { date: string; since: number };
type Returned = { date: string; at: number };

export type StalenessCounts = {
  /** Records checked. */
  records: number;
  /** Older than the upstream's version `freshMs` before the request. Must not happen. */
  stale: number;
  /** Older than the upstream's version `freshMs` before the response, such as records that waited for their page. */
  staleOnArrival: number;
  /** Older than a version that the same gateway had returned before the request. Must not happen. */
  wentBackwards: number;
  /** The longest time for which a record had been outdated at its request. */
  longestMs: number;
};

export function createStalenessCheck(freshMs: number) {
  const changes = new Map<string, Version[]>();
  const returned = new Map<string, Returned>();
  const counts: StalenessCounts = { records: 0, stale: 0, staleOnArrival: 0, wentBackwards: 0, longestMs: 0 };
  const isOlder = (date: string, than: string) => Date.parse(date) < Date.parse(than);

  return {
    counts,
    /** Records that the upstream has a version of this date, from now on at the latest. */
    recordChange(id: string, date: string): void {
      const versions = changes.get(id) ?? [];
      versions.push({ date, since: performance.now() });
      changes.set(id, versions);
    },
    /** Checks a record in a response that arrives now, to a request sent at `askedAt`. */
    checkResponse(id: string, date: string, askedAt: number): void {
      const now = performance.now();
      counts.records += 1;
      const newer = changes.get(id)?.find((version) => isOlder(date, version.date));
      if (newer) {
        const outdatedMs = askedAt - newer.since;
        if (outdatedMs > freshMs) counts.stale += 1;
        if (now - newer.since > freshMs) counts.staleOnArrival += 1;
        counts.longestMs = Math.max(counts.longestMs, outdatedMs);
      }
      const before = returned.get(id);
      if (before && before.at < askedAt && isOlder(date, before.date)) counts.wentBackwards += 1;
      if (!before || isOlder(before.date, date)) returned.set(id, { date, at: now });
    },
  };
}

export type StalenessCheck = ReturnType<typeof createStalenessCheck>;
