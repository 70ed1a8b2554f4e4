import type { JsonObject } from '../json.ts';
import { present } from './present.ts';
import { anyString, structure } from './shape.ts';

/** A task of a submission: alike where it is started and where it is listed. */
export const task = structure({
  TaskId: anyString,
  TaskArn: anyString,
  StartTime: anyString,
  TaskStatus: anyString,
  Message: anyString,
  ReasonCode: anyString,
  OpportunityId: anyString,
  ResourceSnapshotJobId: anyString,
  EngagementId: anyString,
  EngagementInvitationId: anyString,
});

export const taskAnswer = (answer: JsonObject): JsonObject =>
  present(task, answer, { unknown: 'drop', nulls: 'explicit' });
