/**
 * Who knows what the upstream held and when, and looks at every answer with that knowledge. Everything is in one
 * process, so there is one clock.
 */
type Version = { date: string; since: number };
type Shown = { date: string; at: number };

export type Verdicts = {
  /** Records looked at. */
  records: number;
  /** Older than what the upstream held more than the freshness before it was asked for. Must not happen. */
  stale: number;
  /** The same, counted back from when the answer came: it had been read, and waited for the rest of its page. */
  staleOnArrival: number;
  /** Older than what the same gateway had shown before it was asked. Must not happen. */
  wentBack: number;
  /** For how long the oldest record had been outdated when it was asked for. */
  longestMs: number;
};

export function createWitness(freshMs: number) {
  const changes = new Map<string, Version[]>();
  const shown = new Map<string, Shown>();
  const verdicts: Verdicts = { records: 0, stale: 0, staleOnArrival: 0, wentBack: 0, longestMs: 0 };
  const isOlder = (date: string, than: string) => Date.parse(date) < Date.parse(than);

  return {
    verdicts,
    /** The upstream holds a version of this date, certainly from now on. */
    changed(id: string, date: string): void {
      const versions = changes.get(id) ?? [];
      versions.push({ date, since: performance.now() });
      changes.set(id, versions);
    },
    /** An answer that was asked for at `askedAt` shows this date, now. */
    look(id: string, date: string, askedAt: number): void {
      const now = performance.now();
      verdicts.records += 1;
      const newer = changes.get(id)?.find((version) => isOlder(date, version.date));
      if (newer) {
        const outdatedMs = askedAt - newer.since;
        if (outdatedMs > freshMs) verdicts.stale += 1;
        if (now - newer.since > freshMs) verdicts.staleOnArrival += 1;
        verdicts.longestMs = Math.max(verdicts.longestMs, outdatedMs);
      }
      const before = shown.get(id);
      if (before && before.at < askedAt && isOlder(date, before.date)) verdicts.wentBack += 1;
      if (!before || isOlder(before.date, date)) shown.set(id, { date, at: now });
    },
  };
}

export type Witness = ReturnType<typeof createWitness>;
