/** The audit log: one line for each mutation, with who, which object and which fields. Names, never values. */
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
  /** The id of the object that was to be changed; null for one that was not created. */
  subject: string | null;
  /** The fields that the caller named; for an update that was made, those that changed. */
  fields: string[];
  /** `written`, `unchanged`, or the code of what prevented it. */
  outcome: string;
};

export type Audit = (entry: AuditEntry) => void;

/** Writes the lines at level `info`, whatever level the log has otherwise, unless it is silent. */
export function auditLog(log: FastifyBaseLogger): Audit {
  const lines = log.child({ audit: true }, log.level === 'silent' ? {} : { level: 'info' });
  return (entry) => lines.info(entry, 'mutation');
}

/** What all payloads have, and what those of updates have besides. */
type Payload = {
  id: string | null;
  userErrors: readonly { code: string }[];
  changed?: boolean;
  changedFields?: string[];
};

function outcomeOf({ userErrors: [error], changed = true }: Payload): string {
  return error?.code ?? (changed ? 'written' : 'unchanged');
}

/** What the line needs of a context. */
type Audited = {
  request: { id: string; caller: string; isDryRun: boolean };
  account: { name: string };
};

type Mutation = (
  root: unknown,
  args: { input: Record<string, unknown> },
  context: Audited,
  info: GraphQLResolveInfo,
) => Promise<Payload>;

/** A mutation's resolver that leaves a line behind, whatever becomes of the mutation. */
export function audited(mutation: string, resolve: Mutation, audit: Audit): Mutation {
  return async (root, args, context, info) => {
    const { input } = args;
    const { id: requestId, caller, isDryRun } = context.request;
    const record = (subject: string | null, fields: string[], outcome: string): void => {
      if (!isDryRun)
        audit({ requestId, account: context.account.name, caller, mutation, subject, fields, outcome });
    };
    const named = leafPaths(input.patch ?? input);
    const given = typeof input.id === 'string' && isKnownId(input.id) ? input.id : null;
    try {
      const payload = await resolve(root, args, context, info);
      const fields = payload.changed ? (payload.changedFields ?? named) : named;
      record(payload.id ?? given, fields, outcomeOf(payload));
      return payload;
    } catch (error) {
      record(given, named, error instanceof Fault ? error.code : 'INTERNAL_SERVER_ERROR');
      throw error;
    }
  };
}
