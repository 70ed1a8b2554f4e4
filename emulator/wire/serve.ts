import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, errorBody, errorStatus, requestInvalid } from '../errors.ts';
import { type Fault, faultError, faultKinds } from '../faults.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { operations } from '../operations.ts';
import { check } from '../shapes/check.ts';
import type { World } from '../world.ts';
import { type Answer, parseObject, readBody, send } from './http.ts';

/** What the server tells its surroundings, and when to stop waiting. */
export type Hooks = { changed(): void; stopping: AbortSignal };

const CONTENT_TYPE = 'application/x-amz-json-1.0';
const catalogs = ['AWS', 'Sandbox'];

/**
 * Answers one call. The order of refusals is the protocol: size, JSON, target, credentials, then whatever fault was
 * ordered, then types and constraints, and the operation's own rules last.
 */
export async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  world: World,
  hooks: Hooks,
): Promise<void> {
  const requestId = randomUUID();
  const body = await readBody(req);
  const input = body === undefined ? undefined : parseObject(body);
  const name = operationName(req);
  let fault: Fault | undefined;
  let answer: Answer;
  let error: string | undefined;
  try {
    const operation = admit(req, name, body, input);
    fault = world.faults.take(name);
    if (fault?.kind === 'delay') await delay(fault.delayMs ?? 0, undefined, { signal: hooks.stopping });
    answer = runUnder(fault, operation, input ?? {}, world, hooks);
  } catch (thrown) {
    const refusal = toApiError(thrown);
    error = refusal.name;
    answer = refuse(refusal, world);
  }
  const dropped = fault?.kind === 'drop-before' || fault?.kind === 'drop-after';
  if (fault && fault.kind !== 'delay') error ??= fault.kind;
  world.calls.add({
    operation: name,
    at: new Date(world.clock.now()).toISOString(),
    status: dropped ? 0 : answer.status,
    ...(error === undefined ? {} : { error }),
    input: (input ?? body ?? null) as Json,
    requestId,
  });
  if (dropped) req.socket.destroy();
  else send(res, { ...answer, headers: { ...answer.headers, 'x-amzn-RequestId': requestId } });
}

/** `AWSPartnerCentralSelling.<Operation>` in the target header, or the operation as the path. */
function operationName(req: IncomingMessage): string {
  const target = req.headers['x-amz-target'];
  if (typeof target === 'string') return /^AWSPartnerCentralSelling\.(\w+)$/.exec(target)?.[1] ?? target;
  return (req.url ?? '/').replace(/^\/|\?.*$/g, '') || '(none)';
}

/** Refuses what cannot be a call of an operation, before anything is known of its input. */
function admit(req: IncomingMessage, name: string, body: string | undefined, input?: JsonObject): Operation {
  if (body === undefined)
    throw new ApiError('RequestEntityTooLargeException', 'Request body is larger than 1 MB');
  if (input === undefined)
    throw new ApiError('SerializationException', 'The request body is not a JSON object');
  const operation = operations.get(name);
  const type = req.headers['content-type']?.split(';')[0]?.trim();
  const spoken = type === CONTENT_TYPE || type === 'application/json';
  if (req.method !== 'POST' || !spoken || operation === undefined)
    throw new ApiError('UnknownOperationException', `The service has no operation ${name} for this request`);
  if (!req.headers.authorization)
    throw new ApiError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  return operation;
}

function runUnder(
  fault: Fault | undefined,
  operation: Operation,
  input: JsonObject,
  world: World,
  hooks: Hooks,
): Answer {
  const error = fault && faultError(fault.kind);
  const before = fault !== undefined && faultKinds[fault.kind] === 'before';
  if (before && error) throw error;
  if (before && fault.kind !== 'delay') return unavailable;
  const result = act(operation, input, world);
  if (operation.writes) hooks.changed();
  if (error) throw error;
  return {
    status: 200,
    type: CONTENT_TYPE,
    body: typeof result === 'string' ? result : JSON.stringify(result),
  };
}

function act(operation: Operation, input: JsonObject, world: World): JsonObject | string {
  const stored = operation.current?.(input, world);
  const violations = check(operation.request, input, { stored, enumValues: world.settings.enumValues });
  if (violations.length > 0) throw requestInvalid(violations);
  if (!catalogs.includes(String(input.Catalog))) {
    const message = `Value at 'catalog' failed to satisfy constraint: Member must be one of [${catalogs.join(', ')}]`;
    throw requestInvalid([{ code: 'INVALID_ENUM_VALUE', field: 'catalog', message }]);
  }
  return operation.run(input, world);
}

/** Anything that is not a refusal is a fault of the emulator, and says so in the service's form. */
function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiError('InternalServerException', `The emulator failed: ${message}`);
}

const refuse = (error: ApiError, { settings }: World): Answer => ({
  status: errorStatus(error, settings),
  type: CONTENT_TYPE,
  body: JSON.stringify(errorBody(error, settings)),
  headers: {
    'x-amzn-ErrorType': `${error.name}:http://internal.amazon.com/coral/com.amazon.partnerintegrationapi.common/`,
  },
});

/** What stands in front of a service answers for it in HTML when it is away. */
const unavailable: Answer = {
  status: 503,
  type: 'text/html',
  body: '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>',
};
