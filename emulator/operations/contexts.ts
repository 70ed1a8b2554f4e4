import { assertRoomForContext, requestedContext, updatedContext } from '../engagements/context.ts';
import { createEngagement as create, engagementToChange, putContext } from '../engagements/engagement.ts';
import type { Context, Engagement } from '../engagements/model.ts';
import { ApiError, notFound } from '../errors.ts';
import { instant } from '../instant.ts';
import { asObject, asString, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { once } from '../records/once.ts';
import type { Settings } from '../settings.ts';
import {
  createEngagementContextRequest,
  createEngagementRequest,
  updateEngagementContextRequest,
} from '../shapes/engagement-requests.ts';

/** Creates an engagement whose only member is the caller. The service numbers its contexts. */
export const createEngagement: Operation = {
  request: createEngagementRequest,
  kind: 'write',
  run: (input, state) =>
    once('CreateEngagement', input, state, () => {
      const contexts = Array.isArray(input.Contexts) ? input.Contexts : [];
      const { Id, Arn, ModifiedAt } = create(state, {
        Catalog: String(input.Catalog),
        Title: asString(input.Title) ?? '',
        Description: asString(input.Description) ?? '',
        contexts: contexts.map((one) => requestedContext(asObject(one), 'Contexts.Payload', state.settings)),
        creator: state.accountId,
      });
      return { Id, Arn, ModifiedAt };
    }),
};

/** Adds a context to an engagement. */
export const createEngagementContext: Operation = {
  request: createEngagementContextRequest,
  kind: 'write',
  run: (input, state) =>
    once('CreateEngagementContext', input, state, () => {
      const engagement = engagementToChange(state, input.Catalog, input.EngagementIdentifier);
      assertRoomForContext(engagement);
      const context = requestedContext(input, 'Payload', state.settings);
      return contextAnswer(putContext(state, engagement, context, state.accountId));
    }),
};

/**
 * Changes a context. The lock is the engagement's: joining or changing any context in between causes a conflict.
 * Errors are checked in this order: unknown engagement, no member, unknown context, outdated lock, the rules.
 */
export const updateEngagementContext: Operation = {
  request: updateEngagementContextRequest,
  kind: 'write',
  run(input, state) {
    const { settings, accountId } = state;
    const engagement = engagementToChange(state, input.Catalog, input.EngagementIdentifier);
    const before = engagement.Contexts.find(({ Id }) => Id === input.ContextIdentifier);
    if (!before) throw notFound(String(input.ContextIdentifier));
    assertLatest(String(input.EngagementLastModifiedAt), engagement, settings);
    const context = updatedContext(before, requestedContext(input, 'Payload', settings), settings);
    return contextAnswer(putContext(state, engagement, context, accountId));
  },
};

/** The digits of an instant that count, up to the nanosecond or the microsecond. */
const precisions = { nanoseconds: 29, microseconds: 26 } as const;

function assertLatest(sent: string, { ModifiedAt }: Engagement, { engagementLock }: Settings): void {
  const digits = (text: string) => instant(text)?.slice(0, precisions[engagementLock]);
  if (digits(sent) !== digits(ModifiedAt))
    throw new ApiError(
      'ConflictException',
      'Conflicting error, engagement last modified at is not the latest',
    );
}

const contextAnswer = ({
  engagement,
  context,
}: {
  engagement: Engagement;
  context: Context;
}): JsonObject => ({
  EngagementId: engagement.Id,
  EngagementArn: engagement.Arn,
  EngagementLastModifiedAt: engagement.ModifiedAt,
  ContextId: context.Id,
});
