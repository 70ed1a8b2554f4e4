/** Sends deferred edits: with the code of any update, as their editors, after everyone else's calls. */
import type { GraphQLSchema } from 'graphql';
import { calendar } from '../../clock.ts';
import { withoutFields } from '../../domain/deferred.ts';
import { Fault, type FaultCode } from '../../fault.ts';
import type { UserError } from '../../generated/schema-types.ts';
import { scopes } from '../../graphql/access.ts';
import type { Context, ServedAccount } from '../../graphql/context.ts';
import type { DeferredMetrics } from '../../jobs/deferred/metrics.ts';
import { isWaiting, type StoredEdit } from '../../jobs/deferred/model.ts';
import type { CarryOut } from '../../jobs/queue.ts';
import { inBackground } from '../bulk/background.ts';
import { intentOf, verdictOn } from '../bulk/intent.ts';
import type { UpdateResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import { executePatch } from '../opportunity/update.ts';
import { wholeError } from '../user-errors.ts';
import { writeInParts } from './parts.ts';

/** Faults after which an edit goes on waiting: they are not about it. */
const transient: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'JOBS_UNAVAILABLE',
  'QUOTA_EXHAUSTED',
  'THROTTLED',
  'UPSTREAM_UNAVAILABLE',
]);

/** The edit was changed, sent or cancelled by someone else meanwhile. */
class Superseded extends Error {}

const unknown = (): UserError =>
  wholeError(
    'OUTCOME_UNKNOWN',
    'The result of the write was lost, and the opportunity does not show whether the change was made. Compare its fields, ' +
      'cancel this edit, and make the change again if they lack it.',
    ['input', 'patch'],
  );

/** What has become of an edit. */
type Result =
  | { kind: 'sent'; fields: readonly string[]; rest: Pick<StoredEdit['edit'], 'patch' | 'fields'> }
  | { kind: 'failed'; userErrors: UserError[] }
  | { kind: 'waiting' };

/** @returns what the queue calls with the id of an opportunity */
export function createSender(
  account: ServedAccount,
  schema: GraphQLSchema,
  metrics: Pick<DeferredMetrics, 'settled'>,
): CarryOut {
  const { deferred } = account;

  /** @throws Superseded */
  async function change(stored: StoredEdit, changes: Partial<StoredEdit['edit']>): Promise<StoredEdit> {
    const changed = await deferred.change(stored, changes);
    if (!changed) throw new Superseded();
    return changed;
  }

  /** Writes what can be written now. @throws Fault */
  async function attempt({ edit }: StoredEdit, context: Context): Promise<Result> {
    const { opportunityId: id, patch, base } = edit;
    let result: Result = { kind: 'waiting' };
    const { userErrors } = await runMutation<UpdateResult>(
      { schema },
      {
        input: { type: 'OpportunityPatch', value: patch, path: ['input', 'patch'] },
        unchanged: { id, changed: false, changedFields: [], conflict: null },
        execute: (reporter) =>
          executePatch(
            { id, patch, expected: base.lastModifiedDate, seen: base },
            reporter,
            async (checked) => {
              const parts = await context.records.inTurn(id, (turn) => writeInParts(turn, checked));
              const { outcome, split, isLockedAgain } = parts;
              if (outcome.kind === 'done' && (!split || Object.keys(split.now).length > 0))
                result = {
                  kind: 'sent',
                  fields: outcome.changedFields,
                  rest: { patch: split?.later ?? {}, fields: split?.laterFields ?? [] },
                };
              return isLockedAgain ? { kind: 'done', changedFields: [] } : outcome;
            },
          ),
      },
    );
    return userErrors.length > 0 ? { kind: 'failed', userErrors } : result;
  }

  /** What has become of a write whose outcome was not stored. @throws Fault */
  async function recover({ edit }: StoredEdit, context: Context): Promise<Result> {
    if (!edit.intent) return { kind: 'waiting' };
    const verdict = await verdictOn(edit.intent, context);
    if (verdict === 'unclear') return { kind: 'failed', userErrors: [unknown()] };
    if (verdict === 'untouched') return { kind: 'waiting' };
    const written = edit.intent.changes.map(({ field }) => field);
    const rest = {
      patch: withoutFields(edit.patch, written),
      fields: edit.fields.filter((field) => !written.includes(field)),
    };
    return { kind: 'sent', fields: written, rest };
  }

  function audit({ edit }: StoredEdit, fields: readonly string[], outcome: string): void {
    const { id, opportunityId: subject, createdBy: caller } = edit;
    account.audit({
      requestId: id,
      account: account.name,
      caller,
      mutation: 'updateOpportunity',
      subject,
      fields: [...fields],
      outcome,
      isDeferred: true,
    });
  }

  /** Stores what has become of an edit. Returns it if a part of it goes on waiting. */
  async function settle(stored: StoredEdit, result: Result): Promise<StoredEdit | undefined> {
    if (result.kind === 'waiting') return stored.edit.intent ? change(stored, { intent: null }) : stored;
    if (result.kind === 'failed') {
      const { userErrors } = result;
      if (!(await deferred.fail(stored, userErrors))) throw new Superseded();
      metrics.settled('failed');
      audit(stored, stored.edit.fields, userErrors[0]?.code ?? '');
      return undefined;
    }
    const { fields, rest } = result;
    const isDone = rest.fields.length === 0;
    const left = isDone ? undefined : await change(stored, { ...rest, intent: null });
    if (isDone && !(await deferred.remove(stored))) throw new Superseded();
    if (isDone) metrics.settled('sent');
    audit(stored, fields, fields.length > 0 ? 'written' : 'unchanged');
    return left;
  }

  async function send(stored: StoredEdit, signal: AbortSignal): Promise<void> {
    let current = stored;
    const { id, createdBy: caller, view } = stored.edit;
    const writes = {
      async beforeWrite(write: Parameters<typeof intentOf>[0]) {
        current = await change(current, { intent: intentOf(write, calendar.instant()) });
      },
    };
    await inBackground(
      account,
      { id, caller, scopes: [scopes.write], view, signal },
      writes,
      async (context) => {
        if (current.edit.intent) {
          const left = await settle(current, await recover(current, context));
          if (!left) return;
          current = left;
        }
        try {
          const result = await attempt(current, context);
          // The outcome of the write is found out the next time.
          if (result.kind === 'failed' && result.userErrors.some(({ code }) => code === 'OUTCOME_UNKNOWN'))
            return;
          await settle(current, result);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          if (error.mayHaveBeenApplied) return;
          const isTransient = transient.has(error.code);
          const userErrors = [wholeError('REFUSED_BY_AWS', error.message)];
          await settle(current, isTransient ? { kind: 'waiting' } : { kind: 'failed', userErrors });
        }
      },
    );
  }

  return async (opportunityId, signal) => {
    try {
      for (const stored of await deferred.of(opportunityId))
        if (isWaiting(stored)) await send(stored, signal);
    } catch (error) {
      const isLater = error instanceof Superseded || (error instanceof Fault && transient.has(error.code));
      // The next look finds what is still to be done.
      if (!isLater) throw error;
    }
  };
}
