import { calendar } from '../../clock.ts';
import { locksOf } from '../../domain/editability.ts';
import { assertOpportunityId } from '../../domain/ids.ts';
import { forbiddenNulls } from '../../domain/patch.ts';
import { overlap } from '../../domain/paths.ts';
import type { Outcome, Port } from '../../domain/update.ts';
import { brokenConstraints, brokenRules, type Complaint } from '../../domain/validation.ts';
import { Fault } from '../../fault.ts';
import type { Warning } from '../../generated/schema-types.ts';
import type { Input } from '../../upstream/operations.ts';
import type { OpportunityRecord } from '../../upstream/records.ts';
import { backoff } from '../../upstream/retry.ts';
import type { Refusal, UpdatePayload } from '../models.ts';
import { callerInput, userErrorsOf, warningsOf } from '../mutation.ts';
import type { Resolvers } from '../types.generated.ts';
import { type Input as CallerInput, fromComplaints, wholeError } from '../user-errors.ts';

/** What stands against a patch on a record, before a write is spent: locks, clearings, constraints, rules. */
function refusalsOf(
  input: CallerInput,
  base: OpportunityRecord,
  merged: unknown,
  changed: string[],
  day: string,
): Refusal[] {
  const { isLocked, remedy } = locksOf(base);
  const status = base.lifeCycle?.reviewStatus;
  const locked = changed.filter(isLocked).map((field): Complaint => {
    const message = `${field}: cannot change while the review status is ${status}${remedy ? `. ${remedy}` : '.'}`;
    return { path: field.split('.'), field, code: 'NOT_EDITABLE', message };
  });
  const cleared = forbiddenNulls(base, input.value).map((field): Complaint => {
    const message = `${field}: got null, wanted a value; AWS does not let this field be cleared.`;
    return { path: field.split('.'), field, code: 'REQUIRED_FIELD_MISSING', message };
  });
  // A broken value that is stored already is not the caller's; a field that is locked or cleared is wrong once only.
  const found = [
    ...brokenConstraints(input.value).filter(({ field }) => overlap([field], changed).length > 0),
    ...brokenRules(merged, changed, day),
  ].filter(
    ({ field }) =>
      ![...locked, ...cleared].some((one) => one.field === field || field.startsWith(`${one.field}.`)),
  );
  return fromComplaints([...locked, ...cleared, ...found], input);
}

function updatePayload(
  id: string,
  outcome: Outcome<Refusal>,
  expected: string | null | undefined,
): UpdatePayload {
  const nothing = { id, changed: false, changedFields: [], conflict: null, warnings: [], userErrors: [] };
  switch (outcome.kind) {
    case 'done':
      return { ...nothing, changed: outcome.changedFields.length > 0, changedFields: outcome.changedFields };
    case 'refused':
      return { ...nothing, userErrors: outcome.refusals };
    case 'notFound':
      return {
        ...nothing,
        userErrors: [wholeError('NOT_FOUND', `AWS knows no opportunity ${id}.`, ['input', 'id'])],
      };
    case 'conflict': {
      const { kind: _, ...conflict } = outcome;
      const when = conflict.current.lastModifiedDate;
      const what = conflict.changedFields
        ? `somebody else changed ${conflict.overlappingFields.join(', ') || conflict.changedFields.join(', ') || 'the opportunity'}`
        : `it was last modified at ${when}, not at ${expected}`;
      const path = expected ? ['input', 'expectedLastModifiedDate'] : ['input', 'patch'];
      return {
        ...nothing,
        conflict,
        userErrors: [wholeError('CONFLICT', `Nothing was written: ${what}.`, path)],
      };
    }
    case 'unknown': {
      const message =
        'The answer of AWS got lost, and the opportunity does not tell whether the change was made. Read it again, ' +
        'compare the fields of the patch, and send the patch again if they lack it: that is safe.';
      return { ...nothing, userErrors: [wholeError('OUTCOME_UNKNOWN', message, ['input', 'patch'])] };
    }
  }
}

export const resolvers: Resolvers = {
  Mutation: {
    async updateOpportunity(_root, args, context, info): Promise<UpdatePayload> {
      const { id, patch, expectedLastModifiedDate: expected, onConflict } = args.input;
      assertOpportunityId(id, 'input.id');
      const { forWrite, versions, writes, clock, request, loaders } = context;
      const input = callerInput(info, 'OpportunityPatch', patch, ['input', 'patch']);
      let warnings: Warning[] = [];
      /** The record as it was last read, while nothing has been written since: it is what the payload shows. */
      let shown: OpportunityRecord | null | undefined;

      const port: Port = {
        async read() {
          shown = await forWrite.read(id);
          return shown;
        },
        async write(payload) {
          shown = undefined;
          const { lastModifiedDate } = await forWrite.send(
            'UpdateOpportunity',
            payload as Input<'UpdateOpportunity'>,
          );
          versions.know(id, lastModifiedDate);
        },
        recall: (lastModifiedDate) => versions.recall(id, lastModifiedDate),
        async pause(attempt) {
          const late = new Fault('UPSTREAM_UNAVAILABLE', 'The time of the request is up.');
          const wait = backoff(attempt, { first: 50, most: 1_000 }, clock.random());
          if (clock.now() + wait >= request.deadline) throw late;
          await clock.sleep(wait, request.signal).catch(() => {
            throw late;
          });
        },
      };
      const job = {
        patch: patch as Record<string, unknown>,
        expected,
        isStrict: onConflict === 'FAIL',
        refusals(base: OpportunityRecord, merged: unknown, changed: string[]) {
          warnings = warningsOf(input, merged);
          return refusalsOf(input, base, merged, changed, calendar.today());
        },
      };
      const outcome = await writes
        .submit(id, job, port)
        .catch((error): Outcome<Refusal> => ({ kind: 'refused', refusals: userErrorsOf(error, input) }));
      loaders.opportunity.clear(id);
      if (shown !== undefined) loaders.opportunity.prime(id, shown);
      return { ...updatePayload(id, outcome, expected), warnings };
    },
  },

  UpdateOpportunityPayload: {
    opportunity: ({ id }, _args, { loaders }) => loaders.opportunity.load(id),
  },
};
