/** The audit log: one line for each mutation, with who, which opportunity and which fields. Names, never values. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { isOpportunityId } from '../../domain/ids.ts';
import { namedFields } from '../../domain/paths.ts';
import { Fault } from '../../fault.ts';
import type { Context } from '../context.ts';

export type AuditEntry = {
  requestId: string;
  caller: string;
  mutation: string;
  /** Null for one that was not created. */
  opportunity: string | null;
  /** The fields that the caller named; for an update that was made, those that changed. */
  fields: string[];
  /** `written`, `unchanged`, or the code of what stood against it. */
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

type Mutation = (
  root: unknown,
  args: { input: Record<string, unknown> },
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<Payload>;

/** A mutation's resolver that leaves a line behind, whatever becomes of the mutation. */
export function audited(mutation: string, resolve: Mutation): Mutation {
  return async (root, args, context, info) => {
    const { input } = args;
    const { id: requestId, caller } = context.request;
    const note = (opportunity: string | null, fields: string[], outcome: string): void =>
      context.audit({ requestId, caller, mutation, opportunity, fields, outcome });
    const named = namedFields(input.patch ?? input);
    const given = typeof input.id === 'string' && isOpportunityId(input.id) ? input.id : null;
    try {
      const payload = await resolve(root, args, context, info);
      note(
        payload.id ?? given,
        payload.changed ? (payload.changedFields ?? named) : named,
        outcomeOf(payload),
      );
      return payload;
    } catch (error) {
      note(given, named, error instanceof Fault ? error.code : 'INTERNAL_SERVER_ERROR');
      throw error;
    }
  };
}
