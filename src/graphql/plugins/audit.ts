/** Has every mutation write a line of the audit log: names, never values. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Audit } from '../../accounts/audit.ts';
import { isKnownId } from '../../domain/ids.ts';
import { leafPaths } from '../../domain/paths.ts';
import { Fault } from '../../fault.ts';

/** Longer ids are cut: that of a new object comes from AWS. */
const maxSubject = 100;

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
  pendingEdit?: object | null;
  complete?: boolean;
  steps?: readonly AuditedStep[];
  associationSteps?: readonly AuditedStep[];
  submission?: { steps: readonly AuditedStep[] } | null;
};

function outcomeOf({
  userErrors: [error],
  changed = true,
  complete = true,
  isReplayed,
  pendingEdit,
}: Payload): string {
  if (isReplayed) return 'replayed';
  if (error) return error.code;
  if (!complete) return 'incomplete';
  if (pendingEdit && !changed) return 'deferred';
  return changed ? 'written' : 'unchanged';
}

/** The part of a context that the line contains. */
type AuditContext = {
  request: { id: string; caller: string; isDryRun: boolean };
  account: { name: string; audit: Audit };
};

type Mutation = (
  root: unknown,
  args: { input: Input },
  context: AuditContext,
  info: GraphQLResolveInfo,
) => Promise<Payload>;

type Input = Record<string, unknown>;

/** The fields of an input, and its object if it names one. */
function subjectOf(input: Input): { named: string[]; given: string | null } {
  const given = typeof input.id === 'string' && isKnownId(input.id) ? input.id : null;
  return { named: leafPaths(input.patch ?? input), given };
}

/** Writes the line of a mutation, unless it is a dry run. */
function record(
  { request: { id: requestId, caller, isDryRun }, account }: AuditContext,
  mutation: string,
  line: { subject: string | null; fields: string[]; outcome: string; steps?: Payload['steps'] },
): void {
  if (isDryRun) return;
  const { subject, fields, outcome, steps = [] } = line;
  account.audit({
    requestId,
    account: account.name,
    caller,
    mutation,
    subject: subject?.slice(0, maxSubject) ?? null,
    fields,
    outcome,
    ...(steps.length > 0 && { steps: steps.map(textOf) }),
  });
}

/** Writes the line of a mutation that is not executed. @param id of its object, if its earlier answer has it */
export function auditUnexecuted(
  context: AuditContext,
  mutation: string,
  input: Input,
  outcome: string,
  id?: string,
): void {
  const { named, given } = subjectOf(input);
  record(context, mutation, { subject: id ?? given, fields: named, outcome });
}

/** Wraps a mutation's resolver to write its line in every case. */
export function audited(mutation: string, resolve: Mutation): Mutation {
  return async (root, args, context, info) => {
    const { named, given } = subjectOf(args.input);
    try {
      const payload = await resolve(root, args, context, info);
      record(context, mutation, {
        subject: payload.id ?? given,
        fields: payload.changed ? (payload.changedFields ?? named) : named,
        outcome: outcomeOf(payload),
        steps: payload.steps ?? payload.submission?.steps ?? payload.associationSteps,
      });
      return payload;
    } catch (error) {
      const outcome = error instanceof Fault ? error.code : 'INTERNAL_SERVER_ERROR';
      record(context, mutation, { subject: given, fields: named, outcome });
      throw error;
    }
  };
}
