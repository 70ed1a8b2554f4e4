import type { JsonObject } from '../json.ts';
import { present } from './present.ts';
import { anyText, structure } from './shape.ts';

/** A task of a submission: alike where it is started and where it is listed. */
export const task = structure({
  TaskId: anyText,
  TaskArn: anyText,
  StartTime: anyText,
  TaskStatus: anyText,
  Message: anyText,
  ReasonCode: anyText,
  OpportunityId: anyText,
  ResourceSnapshotJobId: anyText,
  EngagementId: anyText,
  EngagementInvitationId: anyText,
});

export const taskAnswer = (answer: JsonObject): JsonObject =>
  present(task, answer, { unknown: 'drop', nulls: 'explicit' });
