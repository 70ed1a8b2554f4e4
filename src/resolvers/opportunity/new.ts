/** What the mutations that create an opportunity have in common. */
import { randomUUID } from 'node:crypto';
import type { GraphQLResolveInfo } from 'graphql';
import type { StepResult } from '../../domain/associate.ts';
import { type AssociationStep, dropsDescription } from '../../domain/associations.ts';
import { isAssociated } from '../../domain/entities.ts';
import type { PlainObject } from '../../domain/paths.ts';
import { Fault } from '../../fault.ts';
import type { UserError } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import { clientTokenOf } from '../../graphql/idempotency.ts';
import type { Input } from '../../upstream/operations.ts';
import { descriptionDropped, reportSteps, timeFor, type Wish } from '../association-steps.ts';
import type { CreatePayload, CreateResult, SubmitPayload } from '../models.ts';
import type { Diagnostics, Reporter } from '../mutation.ts';
import { selectsRecord, warningsOf } from '../stored.ts';
import { notSubmitted } from '../submission.ts';
import { wholeError } from '../user-errors.ts';

/** AWS's token for a create, and whether it is that of the request's `Idempotency-Key`. */
export type Token = { clientToken: string; isFromKey: boolean };

/** The token that the caller gives, or that of the request's key, or a new one. */
export function tokenFor(
  given: string | null | undefined,
  context: Context,
  info: GraphQLResolveInfo,
): Token {
  const keyToken = clientTokenOf(context, info);
  const clientToken = given ?? keyToken ?? randomUUID();
  return { clientToken, isFromKey: clientToken === keyToken };
}

/** A new opportunity: its content and its path in the caller's variables, its associations, and its submission. */
export type NewOpportunity = {
  content: PlainObject;
  path: readonly string[];
  steps: readonly AssociationStep[];
  wish: Wish;
  /** Submits it, with its associations. */
  submit?: ((id: string) => Promise<SubmitPayload>) | undefined;
};

/**
 * Associates an opportunity that was just created, as far as the time allows. If a retry has found it by its token, it
 * may have some of the associations already. It exists, so nothing is thrown that the caller would take for a failure.
 */
async function associate(
  id: string,
  steps: readonly AssociationStep[],
  context: Context,
): Promise<StepResult[]> {
  if (steps.length === 0) return [];
  const isTimeUp = timeFor(context);
  try {
    return await context.records.inTurn(id, async (turn) => {
      const record = await turn.read();
      const missing = steps.filter(({ type, id }) => !record || !isAssociated(record, type, id));
      const results = await turn.associate(missing, isTimeUp);
      return steps.map((step) => results[missing.indexOf(step)] ?? { ...step, outcome: 'SKIPPED', calls: 0 });
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return steps.map((step) => ({ ...step, outcome: 'PENDING', calls: 0 }));
  }
}

/** Submits an opportunity that was just created. It exists, so nothing is thrown that the caller would take for a failure. */
async function submitNew(id: string, submit: (id: string) => Promise<SubmitPayload>): Promise<SubmitPayload> {
  try {
    return await submit(id);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...notSubmitted(id), complete: false, warnings: [], userErrors: [] };
  }
}

/**
 * Creates an opportunity, and associates and submits it as far as the time allows.
 *
 * @throws Fault if it was not created, or if that is unknown
 */
export async function createAndAssociate(
  { content, path, steps, wish, submit }: NewOpportunity,
  { clientToken }: Token,
  reporter: Reporter,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<CreateResult & Partial<Diagnostics>> {
  // Of the members that the SDK requires, the company name is optional in the schema; `checkNew` has required it.
  const request = { ...(content as Input<'CreateOpportunity'>), clientToken };
  const { id = null } = await context.records.write('CreateOpportunity', request);
  const submission = id && submit ? await submitNew(id, submit) : null;
  if (submission) {
    const { complete, userErrors, steps: made } = submission;
    const associationSteps = made.flatMap(({ association }) => association ?? []);
    const written = { input: content, path, known: [], isRead: selectsRecord(info) };
    return { id, clientToken, associationSteps, submission, complete, changed: true, userErrors, written };
  }
  const results = id ? await associate(id, steps, context) : [];
  const { steps: associationSteps, complete, userErrors } = reportSteps(results, wish, reporter);
  const dropped = dropsDescription(content, steps)
    ? [{ path: ['project', 'otherSolutionDescription'], message: descriptionDropped }]
    : [];
  const written = { input: content, path, known: dropped, isRead: selectsRecord(info) };
  return { id, clientToken, associationSteps, complete, changed: true, userErrors, written };
}

/** The user errors for a fault that has a special meaning for a create. */
export function explainCreate(fault: Fault, { clientToken, isFromKey }: Token): UserError[] | undefined {
  if (fault.mayHaveBeenApplied) {
    const message =
      "AWS's response was lost, so it is unknown whether the opportunity was created. Send the same " +
      `input again with the clientToken ${JSON.stringify(clientToken)}: it is created at most once.`;
    return [wholeError('OUTCOME_UNKNOWN', message)];
  }
  if (fault.code !== 'CONFLICT') return undefined;
  // A create has no record to conflict with: the token was used with another input.
  return isFromKey
    ? [wholeError('IDEMPOTENCY_CONFLICT', 'The Idempotency-Key was used with another input before.')]
    : [wholeError('IDEMPOTENCY_CONFLICT', fault.message, ['input', 'clientToken'])];
}

/** The fields of a payload with a new opportunity. */
export const newOpportunityFields = {
  warnings: (payload: CreatePayload, _args: unknown, context: Context) => warningsOf(payload, context),
  opportunity: ({ id }: CreatePayload, _args: unknown, { loaders }: Context) =>
    id ? loaders.opportunity.load(id) : null,
};
