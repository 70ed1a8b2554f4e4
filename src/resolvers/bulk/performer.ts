/** Carries out the items of bulk jobs: each is what its mutation would be by itself. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { calendar } from '../../clock.ts';
import { quoted } from '../../domain/bad-input.ts';
import type { PlainObject } from '../../domain/paths.ts';
import { uuidOf } from '../../domain/uuid.ts';
import { errorForLog, Fault, type FaultCode } from '../../fault.ts';
import type { UserError, UserErrorCode } from '../../generated/schema-types.ts';
import type { Context, ServedAccount } from '../../graphql/context.ts';
import type { BulkJob, Intent, ItemResult, NumberedItem, Waiting } from '../../jobs/bulk/model.ts';
import type { Performer } from '../../jobs/bulk/turn.ts';
import { upsertToken } from '../opportunity/upsert.ts';
import { wholeError } from '../user-errors.ts';
import { inBackground } from './background.ts';
import { intentOf, type Verdict, verdictOn } from './intent.ts';
import { callMutation, type ItemMutation, type ItemPayload, stepsOf } from './mutations.ts';
import { unchangedItems } from './unchanged.ts';

export type PerformerOptions = {
  account: ServedAccount;
  schema: GraphQLSchema;
  /** Checks whether jobs may use AWS's daily quota further. */
  hasQuota(): boolean;
  log: Pick<FastifyBaseLogger, 'error'>;
};

/** The mutation that carries out the items of a kind of job. */
export const mutationOf: Readonly<Record<string, ItemMutation>> = {
  UPDATE: 'updateOpportunity',
  CREATE: 'createOpportunity',
  SUBMIT: 'submitOpportunity',
  UPSERT: 'upsertOpportunity',
};

/** How long AWS may work on a submission before its item is given up. */
const mostPendingMs = 1_800_000;

/** When a job is tried again, by what it waits for, in milliseconds. */
const pauseMs = { AWS: 10_000, QUOTA: 10_000, INDEX: 10_000, STORE: 5_000, WRITES_DISABLED: 60_000 };

/** The longest wait for the daily quota: others may leave more of it than expected. */
const maxPauseMs = 600_000;

function waitFor(reason: keyof typeof pauseMs, ms: number = pauseMs[reason]): Waiting {
  return { reason, until: calendar.instant(Math.min(Math.max(1_000, ms), maxPauseMs)) };
}

/** The faults that are not an item's, and what its job waits for. */
const reasons: Partial<Record<FaultCode, keyof typeof pauseMs>> = {
  UPSTREAM_UNAVAILABLE: 'AWS',
  THROTTLED: 'QUOTA',
  QUOTA_EXHAUSTED: 'QUOTA',
  INDEX_OFF: 'INDEX',
  INDEX_BUILDING: 'INDEX',
  JOBS_UNAVAILABLE: 'STORE',
};

/** Why a job waits after a fault; undefined if that is an item's own, or a bug. */
export function waitingAfter(error: unknown): Waiting | undefined {
  const reason = error instanceof Fault ? reasons[error.code] : undefined;
  return reason && waitFor(reason, (error as Fault).retryAfterMs);
}

/** The user error of an item for a fault that is the item's own. */
const codes: Partial<Record<FaultCode, UserErrorCode>> = {
  BAD_USER_INPUT: 'INVALID_VALUE',
  FORBIDDEN: 'ACTION_NOT_PERMITTED',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  IDEMPOTENCY_CONFLICT: 'IDEMPOTENCY_CONFLICT',
};

/** Paths begin at the item instead of at `input`. */
const atItem = <E extends { path: string[] }>(errors: readonly E[]): E[] =>
  errors.map((error) => ({ ...error, path: error.path[0] === 'input' ? error.path.slice(1) : error.path }));

const failed = (id: string | null, ...userErrors: UserError[]): ItemResult => ({
  outcome: 'FAILED',
  id,
  userErrors: atItem(userErrors),
  warnings: [],
  steps: [],
});

const unclear = (id: string | null): ItemResult =>
  failed(
    id,
    wholeError(
      'OUTCOME_UNKNOWN',
      'The result of the write was lost, and the opportunity does not show whether the change was made. Compare its fields.',
    ),
  );

/** A wait for AWS, which has not confirmed what became of a write. */
const unconfirmed = () => new Fault('UPSTREAM_UNAVAILABLE', 'The outcome of a write is unknown.');

/** The opportunity that an item's input names; undefined if AWS has none with its identifier. */
async function idOf(input: PlainObject, { findByIdentifier }: Context): Promise<string | undefined> {
  const { id, partnerOpportunityIdentifier: identifier } = input;
  return typeof id === 'string' ? id : (await findByIdentifier(String(identifier)))?.id;
}

/** The mutation of an item and its input; or the item's result, if there is nothing to call. */
async function callOf(
  job: BulkJob,
  { index, item: { input, intent } }: NumberedItem,
  context: Context,
): Promise<{ mutation: ItemMutation; input: PlainObject } | ItemResult> {
  const mutation = mutationOf[job.kind];
  if (!mutation || !input) throw new Error(`A job of the kind ${job.kind} has no such items`);
  const clientToken = input.clientToken ?? uuidOf('bulk', job.id, String(index));
  if (mutation === 'updateOpportunity') {
    const { partnerOpportunityIdentifier: identifier, ...update } = input;
    const id = await idOf(input, context);
    if (id) return { mutation, input: { ...update, id } };
    const message = `There is no opportunity with the identifier ${quoted(String(identifier))}.`;
    return failed(null, wholeError('NOT_FOUND', message, ['input', 'partnerOpportunityIdentifier']));
  }
  if (mutation === 'upsertOpportunity') {
    // It may have been created before the crash: then it must not be taken for one that was there, and be changed.
    if (intent?.operation !== 'CreateOpportunity') return { mutation, input };
    const { partnerOpportunityIdentifier: identifier, create } = input;
    const token = upsertToken(context.account, String(identifier));
    const content = { ...(create as PlainObject), partnerOpportunityIdentifier: identifier };
    return { mutation: 'createOpportunity', input: { ...content, clientToken: token } };
  }
  return { mutation, input: { ...input, clientToken } };
}

/** The result that a payload means; undefined if the item has to be carried out again. @throws Fault to wait for AWS */
function resultOf(payload: ItemPayload, { item: { input, intent } }: NumberedItem): ItemResult | undefined {
  const { id, userErrors, warnings, changed, created, complete = true } = payload;
  if (userErrors.some(({ code }) => code === 'OUTCOME_UNKNOWN')) throw unconfirmed();
  const steps = stepsOf(payload);
  const common = { id, userErrors: atItem(userErrors), warnings: atItem(warnings), steps };
  if (userErrors.length > 0) return { ...common, outcome: 'FAILED' };
  // A submission that is not waited for is done when its task has started.
  const isStarted =
    input?.waitMs === 0 && steps.some(({ name, outcome }) => name === 'START' && outcome === 'DONE');
  if (!complete && !isStarted) return undefined;
  // What it changed before a crash counts.
  const isChanged = changed ?? created ?? id !== null;
  return { ...common, outcome: isChanged || intent ? 'DONE' : 'SKIPPED' };
}

export function createPerformer({ account, schema, hasQuota, log }: PerformerOptions): Performer {
  /** What an item's write has become that was noted before a crash, if that settles the item. */
  async function recovered({ item: { intent, input } }: NumberedItem, job: BulkJob, context: Context) {
    if (!intent) return undefined;
    const verdict: Verdict = await verdictOn(intent, context);
    if (verdict === 'unclear') return unclear(intent.id);
    const isWhole = job.kind === 'UPDATE' || (job.kind === 'UPSERT' && intent.id !== null);
    if (verdict === 'applied' && isWhole)
      return { outcome: 'DONE', id: intent.id, userErrors: [], warnings: [], steps: [] } satisfies ItemResult;
    const isLate = calendar.until(Date.parse(intent.at)) < -mostPendingMs;
    if (!isLate || job.kind !== 'SUBMIT') return undefined;
    const message =
      'AWS has not answered the submission for half an hour: see the submission of the opportunity.';
    return failed(String(input?.id), wholeError('OUTCOME_UNKNOWN', message));
  }

  /** The result for what an item's mutation has thrown. @throws it if it is not the item's */
  function resultOfError(error: unknown, { index, item: { input } }: NumberedItem, job: BulkJob): ItemResult {
    if (waitingAfter(error)) throw error;
    const id = typeof input?.id === 'string' ? input.id : null;
    if (error instanceof Fault)
      return failed(id, wholeError(codes[error.code] ?? 'REFUSED_BY_AWS', error.message));
    log.error({ job: job.id, item: index, ...errorForLog(error) }, 'bulk item failed');
    return failed(
      id,
      wholeError('OUTCOME_UNKNOWN', 'The gateway failed; its log has the reason. Compare the opportunity.'),
    );
  }

  return {
    obstacle({ kind }) {
      if (kind === 'EXPORT') return undefined; // it writes nothing
      if (!account.mayWrite) return waitFor('WRITES_DISABLED');
      return hasQuota() ? undefined : waitFor('QUOTA', 60_000);
    },

    async findUnchanged(job, items, signal) {
      if (job.kind !== 'UPDATE') return [];
      const request = { id: job.id, caller: job.caller, scopes: job.scopes, view: job.view, signal };
      const writes = { beforeWrite: async () => {} };
      const found = await inBackground(account, request, writes, (context) =>
        unchangedItems(items, context),
      ).catch((error: unknown) => {
        if (waitingAfter(error)) throw error;
        return []; // each of them reports its own errors
      });
      return found.map((numbered) => ({
        numbered,
        result: {
          outcome: 'SKIPPED',
          id: String(numbered.item.input?.id),
          userErrors: [],
          warnings: [],
          steps: [],
        },
      }));
    },

    async perform(job, numbered, { signal, intend }) {
      /** What stopped a write before it was sent: it is not the item's. */
      let stopped: { error: unknown } | undefined;
      const beforeWrite = async (write: Parameters<typeof intentOf>[0]): Promise<void> => {
        try {
          const intent: Intent = intentOf(write, calendar.instant());
          await intend(intent);
        } catch (error) {
          stopped = { error };
          throw error;
        }
      };
      const { id, caller, scopes, view } = job;
      const request = { id: `${id}/${numbered.index}`, caller, scopes, view, signal };
      return inBackground(account, request, { beforeWrite }, async (context) => {
        try {
          const before = await recovered(numbered, job, context);
          if (before) return before;
          const call = await callOf(job, numbered, context);
          if ('outcome' in call) return call;
          const payload = await callMutation(schema, call.mutation, call.input, context);
          if (stopped) throw stopped.error;
          return resultOf(payload, numbered);
        } catch (error) {
          if (stopped) throw stopped.error;
          return resultOfError(error, numbered, job);
        }
      });
    },

    waitingAfter,

    targetOf({ item: { input } }) {
      const target = input?.id ?? input?.partnerOpportunityIdentifier;
      return typeof target === 'string' ? target : undefined;
    },
  };
}
