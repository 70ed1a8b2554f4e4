/** The audit log: one line per mutation with the caller, the object and the fields. Names, never values. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { isKnownId } from '../../domain/ids.ts';
import { leafPaths } from '../../domain/paths.ts';
import { Fault } from '../../fault.ts';

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
   * `written`, `unchanged`, `replayed` if it repeats what was done under its key, `incomplete` if the time was too short, or
   * the code of what prevented it.
   */
  outcome: string;
  /** The steps of a mutation that makes several, such as `ASSOCIATE Solutions DONE` or `START DONE`. */
  steps?: string[];
};

/** Longer ids are cut: that of a new object is whatever AWS gave it. */
const maxSubject = 100;

export type Audit = (entry: AuditEntry) => void;

/** Writes the lines at level `info`, regardless of the log's level, unless it is silent. */
export function auditLog(log: FastifyBaseLogger): Audit {
  const lines = log.child({ audit: true }, log.level === 'silent' ? {} : { level: 'info' });
  return (entry) => lines.info(entry, 'mutation');
}

/** A change to the associations, or a step of a submission, which may be such a change. */
type AuditedStep = { outcome: string } & (Change | { name: string; association: Change | null });
type Change = { action: string; type: string };

/** A step in words: `START DONE`, `ASSOCIATE Solutions DONE`. */
function textOf(step: AuditedStep): string {
  const change = 'name' in step ? step.association : step;
  const what = change ? `${change.action} ${change.type}` : 'name' in step ? step.name : '';
  return `${what} ${step.outcome}`;
}

/** The common members of all payloads, and those of updates. */
type Payload = {
  id: string | null;
  userErrors: readonly { code: string }[];
  changed?: boolean;
  changedFields?: string[];
  isReplayed?: boolean;
  complete?: boolean;
  steps?: readonly AuditedStep[];
  associationSteps?: readonly AuditedStep[];
  submission?: { steps: readonly AuditedStep[] } | null;
};

function outcomeOf({ userErrors: [error], changed = true, complete = true, isReplayed }: Payload): string {
  if (isReplayed) return 'replayed';
  if (error) return error.code;
  if (!complete) return 'incomplete';
  return changed ? 'written' : 'unchanged';
}

/** The part of a context that the line contains. */
type AuditContext = {
  request: { id: string; caller: string; isDryRun: boolean };
  account: { name: string };
};

type Mutation = (
  root: unknown,
  args: { input: Record<string, unknown> },
  context: AuditContext,
  info: GraphQLResolveInfo,
) => Promise<Payload>;

/** Wraps a mutation's resolver to write its line in every case. */
export function audited(mutation: string, resolve: Mutation, audit: Audit): Mutation {
  return async (root, args, context, info) => {
    const { input } = args;
    const { id: requestId, caller, isDryRun } = context.request;
    const record = (
      subject: string | null,
      fields: string[],
      outcome: string,
      steps: Payload['steps'] = [],
    ): void => {
      if (!isDryRun)
        audit({
          requestId,
          account: context.account.name,
          caller,
          mutation,
          subject: subject?.slice(0, maxSubject) ?? null,
          fields,
          outcome,
          ...(steps.length > 0 && {
            steps: steps.map(textOf),
          }),
        });
    };
    const named = leafPaths(input.patch ?? input);
    const given = typeof input.id === 'string' && isKnownId(input.id) ? input.id : null;
    try {
      const payload = await resolve(root, args, context, info);
      const fields = payload.changed ? (payload.changedFields ?? named) : named;
      record(
        payload.id ?? given,
        fields,
        outcomeOf(payload),
        payload.steps ?? payload.submission?.steps ?? payload.associationSteps,
      );
      return payload;
    } catch (error) {
      record(given, named, error instanceof Fault ? error.code : 'INTERNAL_SERVER_ERROR');
      throw error;
    }
  };
}
