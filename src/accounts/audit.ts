/** The audit log: one line per mutation with the caller, the object and the fields. Names, never values. */
import type { FastifyBaseLogger } from 'fastify';

export type AuditEntry = {
  requestId: string;
  account: string;
  caller: string;
  mutation: string;
  /** The id of the object; null if it was not created. */
  subject: string | null;
  /** The fields in the input; for a successful update, those that changed. */
  fields: string[];
  /**
   * `written`, `unchanged`, `replayed` if it repeats what was done under its key, `deferred` if it waits, `incomplete` if the time was too short, or
   * the code of what prevented it.
   */
  outcome: string;
  /** The steps of a mutation that makes several, such as `ASSOCIATE Solutions DONE` or `START DONE`. */
  steps?: string[];
  /** Present if it was made for its caller once AWS had reviewed the opportunity. */
  isDeferred?: true;
};

export type Audit = (entry: AuditEntry) => void;

/**
 * Writes the lines at level `info`, regardless of the log's level, unless it is silent. Each is written at once: a process that is
 * killed has reported what it did.
 */
export function auditLog(log: FastifyBaseLogger): Audit {
  const lines: FastifyBaseLogger & { flush?(): void } = log.child(
    { audit: true },
    log.level === 'silent' ? {} : { level: 'info' },
  );
  return (entry) => {
    lines.info(entry, 'mutation');
    lines.flush?.();
  };
}
