import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { runDueTasks } from '../engagements/due-tasks.ts';
import { ApiError, errorBody, errorHeaders, errorStatus, requestInvalid } from '../errors.ts';
import { type Fault, faultError, faultKinds } from '../faults.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import type { Settings } from '../settings.ts';
import { acceptedValues } from '../shapes/accepted.ts';
import { check } from '../shapes/check.ts';
import type { EmulatorState, PartnerState } from '../state.ts';
import { admit, contentType, isPathStyle, operationName } from './admit.ts';
import { corsHeaders, isPreflight } from './cors.ts';
import { type Answer, parseObject, readBody, send, unavailable } from './http.ts';
import { accessKeyOf } from './signature.ts';

/** What a call needs of the emulator as a whole. */
export type Hooks = {
  /** Resolves when all changes are stored; only then a write is answered. Rejects if they cannot be, and are undone. */
  commit(): Promise<void>;
  /** Stores what has changed without anyone waiting for it. */
  changed(): void;
  /** The signal to stop waiting. */
  stopping: AbortSignal;
};

const catalogs = ['AWS', 'Sandbox'];

/**
 * Answers one call. Errors are checked in the protocol's order: a request that cannot be a call, the quota, an injected
 * fault, types and constraints, and last the operation's own rules.
 */
export async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  state: EmulatorState,
  hooks: Hooks,
): Promise<void> {
  const requestId = randomUUID();
  const cors = corsHeaders(req);
  if (isPreflight(req)) {
    send(res, { status: 200, type: 'text/plain', body: '', headers: cors });
    return;
  }
  const body = await readBody(req);
  const input = body === undefined ? undefined : parseObject(body);
  const name = operationName(req);
  const account = state.partners.accountOf(accessKeyOf(req.headers.authorization));
  let fault: Fault | undefined;
  let answer: Answer;
  let error: string | undefined;
  if (runDueTasks(state)) hooks.changed();
  try {
    const operation = admit(req, name, body, input);
    state.accounts.of(account).quotas.spend(name, operation.kind);
    fault = state.faults.take('call', name, account);
    if (fault?.kind === 'hold') {
      await state.faults.hold(name, hooks.stopping);
      fault = state.faults.take('call', name, account);
    }
    if (fault?.kind === 'delay') await delay(fault.delayMs ?? 0, undefined, { signal: hooks.stopping });
    // Asked for again after the wait, during which a reset may have replaced it.
    answer = await runWithFault(fault, operation, input ?? {}, state.accounts.of(account), hooks);
  } catch (thrown) {
    const refusal = toApiError(thrown);
    error = refusal.name;
    answer = errorAnswer(refusal, state.settings, isPathStyle(req));
  }
  const dropped = fault?.kind === 'drop-before' || fault?.kind === 'drop-after';
  if (fault && fault.kind !== 'delay') error ??= fault.kind;
  state.calls.add({
    account,
    operation: name,
    at: new Date(state.clock.now()).toISOString(),
    status: dropped ? 0 : answer.status,
    ...(error !== undefined && { error }),
    input: (input ?? body ?? null) as Json,
    requestId,
  });
  // AWS: recorded; the HTML of an injected fault stays what it is.
  if (isPathStyle(req) && answer.type === contentType) answer = { ...answer, type: 'application/json' };
  if (dropped) req.socket.destroy();
  else send(res, { ...answer, headers: { ...answer.headers, ...cors, 'x-amzn-RequestId': requestId } });
}

async function runWithFault(
  fault: Fault | undefined,
  operation: Operation,
  input: JsonObject,
  state: PartnerState,
  hooks: Hooks,
): Promise<Answer> {
  const error = fault && faultError(fault.kind, state.settings);
  const before = fault && faultKinds[fault.kind] === 'before';
  if (before && error) throw error;
  if (before && fault.kind !== 'delay') return unavailable;
  const result = execute(operation, input, state);
  if (operation.kind === 'write') await hooks.commit();
  if (error) throw error;
  const body = typeof result === 'string' ? result : JSON.stringify(result);
  // A body cut in the middle, with a matching length, as a broken proxy would send it.
  return {
    status: 200,
    type: contentType,
    body: fault?.kind === 'truncate' ? body.slice(0, body.length / 2) : body,
  };
}

function execute(operation: Operation, input: JsonObject, state: PartnerState): JsonObject | string {
  const stored = operation.current?.(input, state);
  const violations = check(operation.request, input, { stored, enumValues: acceptedValues(state.settings) });
  if (violations.length > 0) throw requestInvalid(violations);
  // The operations of tags have no catalog but in their ARN.
  if (operation.request.members.Catalog && !catalogs.includes(String(input.Catalog))) {
    const message = `Value at 'catalog' failed to satisfy constraint: Member must be one of [${catalogs.join(', ')}]`;
    throw requestInvalid([{ code: 'INVALID_ENUM_VALUE', field: 'catalog', message }]);
  }
  return operation.run(input, state);
}

/** Anything but an ApiError is a bug of the emulator, reported in the service's form. */
function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiError('InternalServerException', `The emulator failed: ${message}`);
}

/** In the path style, an error has its name in the header alone. AWS: recorded. */
const errorAnswer = (error: ApiError, settings: Settings, pathStyle: boolean): Answer => ({
  status: errorStatus(error, settings),
  type: contentType,
  body: JSON.stringify(errorBody(error, pathStyle ? { ...settings, errorType: 'header' } : settings)),
  headers: errorHeaders(error),
});
