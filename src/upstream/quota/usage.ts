/** The tokens that one replica has spent, and those of them that have yet to be reported to Redis. */
import type { SlotKind, TokenCounts } from './redis-script.ts';
import { day, minute } from './windows.ts';

const add = (counts: TokenCounts, key: string, tokens: number) =>
  counts.set(key, (counts.get(key) ?? 0) + tokens);

export class Usage {
  /** All tokens of the last day, because Redis may lose its data. */
  private readonly spent: TokenCounts = new Map();
  private unreported: TokenCounts = new Map();

  /** Counts a token. One that was booked in Redis has been reported. */
  spend(now: number, kind: SlotKind, isReported: boolean): void {
    const key = `${Math.floor(now / minute)}:${kind}`;
    add(this.spent, key, 1);
    if (!isReported) add(this.unreported, key, 1);
    for (const old of this.spent.keys()) {
      if (Number.parseInt(old, 10) * minute > now - day - 2 * minute) break;
      this.spent.delete(old);
    }
  }

  /** Returns the unreported tokens, which then count as reported. */
  takeUnreported(): TokenCounts {
    const { unreported } = this;
    this.unreported = new Map();
    return unreported;
  }

  /** Redis may not have received these, so they are reported again: better counted twice than not at all. */
  putBack(unreported: TokenCounts): void {
    for (const [key, tokens] of unreported) add(this.unreported, key, tokens);
  }

  /** Redis has lost its data: everything is reported again, except what was reported since. */
  reportAll(except: TokenCounts): void {
    this.unreported = new Map(this.spent);
    for (const [key, tokens] of except) add(this.unreported, key, -tokens);
  }
}
