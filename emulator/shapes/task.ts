import type { JsonObject } from '../json.ts';
import { present } from './present.ts';
import { anyString, structure } from './shape.ts';

const common = {
  TaskId: anyString,
  TaskArn: anyString,
  StartTime: anyString,
  TaskStatus: anyString,
  Message: anyString,
  ReasonCode: anyString,
  OpportunityId: anyString,
  ResourceSnapshotJobId: anyString,
};

/** The tasks of each kind, the same when started and when listed; those of prospecting are of another form. */
export const taskShapes = {
  'engagement-from-opportunity': structure({
    ...common,
    EngagementId: anyString,
    EngagementInvitationId: anyString,
  }),
  'engagement-by-accepting-invitation': structure({ ...common, EngagementInvitationId: anyString }),
  'opportunity-from-engagement': structure({ ...common, EngagementId: anyString, ContextId: anyString }),
} as const;

export const taskAnswer = (kind: keyof typeof taskShapes, answer: JsonObject): JsonObject =>
  present(taskShapes[kind], answer, { unknown: 'drop', nulls: 'explicit' });
