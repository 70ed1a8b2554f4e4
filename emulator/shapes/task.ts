import type { JsonObject } from '../json.ts';
import { present } from './present.ts';
import { anyString, structure } from './shape.ts';

/** The task of a submission, the same when started and when listed. */
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
