import type { Operation } from '../upstream/operations.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';

/** A write that is about to be sent, and the record that it replaces. */
export type PlannedWrite = {
  operation: Operation;
  input: object;
  base: OpportunityRecord | undefined;
};

/**
 * How work that outlives a request writes: it notes each write before it is sent, and its patches are not written together
 * with those of callers, which would have to wait with it.
 */
export type BackgroundWrites = {
  /** The write is sent once this has resolved, and not at all if it throws. */
  beforeWrite(write: PlannedWrite): Promise<void>;
};
