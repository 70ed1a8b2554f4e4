import type { JsonObject } from '../json.ts';
import { present } from './present.ts';
import { anyString, list, structure } from './shape.ts';

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

/** What the start of a prospecting task returns. */
export const prospectingStart = structure({
  Identifiers: anyString,
  TaskName: anyString,
  Message: anyString,
  ReasonCode: anyString,
  StartTime: anyString,
  TaskId: anyString,
  TaskArn: anyString,
  TaskStatus: anyString,
});

/** A prospecting task, which has no status of its own. */
export const prospectingTask = structure({
  TaskId: anyString,
  TaskArn: anyString,
  TaskName: anyString,
  StartTime: anyString,
  EndTime: anyString,
  Engagements: list(
    structure({
      EngagementIdentifier: anyString,
      EngagementContextId: anyString,
      Status: anyString,
      ReasonCode: anyString,
      Message: anyString,
    }),
  ),
});

export const taskAnswer = (kind: keyof typeof taskShapes, answer: JsonObject): JsonObject =>
  present(taskShapes[kind], answer, { unknown: 'drop', nulls: 'explicit' });
