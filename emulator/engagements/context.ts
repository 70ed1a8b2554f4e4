/** What an engagement is about: the rules of its contexts. */
import { ApiError, businessInvalid } from '../errors.ts';
import { asObject, type Json, type JsonObject, prune } from '../json.ts';
import { listAt, violation } from '../rules/rule.ts';
import type { Settings } from '../settings.ts';
import { lifecycleEnums } from '../values/lifecycle.ts';
import type { Context, ContextType, Engagement } from './model.ts';

/** AWS: the data model. */
export const maxContexts = 5;
const maxInteractions = 10;

/** A context of a request, whose payload has to be of its type. `path` is where the request has the payload. */
export function requestedContext(
  { Type, Payload }: JsonObject,
  path: string,
  { contextPayload }: Settings,
): Omit<Context, 'Id'> {
  if (Payload === undefined || Payload === null) return { Type: Type as ContextType };
  const payload = asObject(prune(Payload));
  const member = lifecycleEnums.EngagementContextType.find((type) => payload[type] !== undefined);
  if (member !== undefined && member !== Type && contextPayload === 'match')
    throw businessInvalid([
      violation('INVALID_VALUE', path, `A context of type ${Type} cannot have the payload of a ${member}`),
    ]);
  return { Type: member ?? (Type as ContextType), Payload: payload };
}

/** @throws ApiError if an engagement has as many contexts as it can */
export function assertRoomForContext({ Id, Contexts }: Engagement): void {
  if (Contexts.length >= maxContexts)
    throw new ApiError(
      'ServiceQuotaExceededException',
      `Engagement ${Id} has ${Contexts.length} contexts, the maximum`,
    );
}

/**
 * A context after an update. It replaces the payload, except of a lead: what an update leaves out stays, and its one
 * interaction is added to those that the lead has. AWS: recorded.
 */
export function updatedContext(
  before: Context,
  { Type, Payload }: Omit<Context, 'Id'>,
  settings: Settings,
): Context {
  if (Type !== before.Type && settings.contextPayload === 'match')
    throw businessInvalid([
      violation('INVALID_VALUE', 'Type', `Context ${before.Id} is of type ${before.Type}, not ${Type}`),
    ]);
  const lead = Payload?.Lead;
  if (lead === undefined) return { ...before, Type, ...(Payload && { Payload }) };
  return { ...before, Type, Payload: { Lead: updatedLead(before.Payload?.Lead, asObject(lead), settings) } };
}

function updatedLead(
  before: Json | undefined,
  update: JsonObject,
  { leadInteraction }: Settings,
): JsonObject {
  const { Interaction, ...members } = update;
  const known = listAt(asObject(before), 'Interactions');
  const kept = leadInteraction === 'replace' ? known.slice(0, -1) : known;
  const Interactions = Interaction === undefined ? known : [...kept, Interaction];
  if (Interactions.length > maxInteractions)
    throw businessInvalid([
      violation(
        'TOO_MANY_VALUES',
        'Payload.Lead.Interaction',
        `A lead can have at most ${maxInteractions} interactions`,
      ),
    ]);
  return { ...asObject(before), ...members, Interactions };
}
