/** Estimates: the gateway plans an operation and counts its calls to AWS, but makes none. */
import { createValue } from './value.ts';

/** Whether the run button only estimates. */
export const dryRun = createValue(false);

export const dryRunHeaders = { 'X-Upstream-Dry-Run': '1' };

/** What an operation would cost at most. */
export interface Estimate {
  calls: Record<string, number>;
  seconds: number;
}

/** The calls of all operations. */
export const totalOf = ({ calls }: Pick<Estimate, 'calls'>): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);
