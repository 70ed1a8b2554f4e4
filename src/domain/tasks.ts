/** Tasks: what AWS does in several steps, perhaps after the call that started it has been answered. */
import type { Issue } from '../fault.ts';
import type { ReasonCode, TaskStatus } from '../generated/schema-types.ts';
import type { Output } from '../upstream/operations.ts';
import { invitationIdOf, kindOfTask, type TaskType } from './ids.ts';

/** A task of AWS, in the terms of the graph. Which ids it has depends on its kind, and on how far it has come. */
export type Task = {
  /** The end of its ARN: only that has its kind. */
  id: string;
  arn: string | null;
  startTime: string | null;
  status: TaskStatus | null | undefined;
  reasonCode: ReasonCode | null | undefined;
  message: string | null;
  opportunityId: string | null;
  engagementId: string | null;
  engagementInvitationId: string | null;
  contextId: string | null;
  resourceSnapshotJobId: string | null;
};

/** A task that enriches leads: each of its engagements succeeds or fails by itself. */
export type ProspectingTask = Task & {
  status: TaskStatus;
  name: string | null;
  endTime: string | null;
  total: number;
  completed: number;
  failed: number;
};

/** The members of a task of any kind but prospecting, which are the same where it is started and where it is listed. */
type TaskAnswer = Output<'StartEngagementFromOpportunityTask'> &
  Pick<Output<'StartOpportunityFromEngagementTask'>, 'contextId'>;

/** A task as AWS returns it; undefined if it has neither an id nor an ARN, as in recordings of 2024. */
export function taskOf(type: TaskType, answer: TaskAnswer): Task | undefined {
  const taskId = answer.taskId || answer.taskArn?.split('/').at(-1);
  if (!taskId) return undefined;
  const { engagementInvitationId } = answer;
  return {
    id: `${kindOfTask[type]}/${taskId}`,
    arn: answer.taskArn ?? null,
    startTime: answer.startTime ?? null,
    status: answer.taskStatus,
    reasonCode: answer.reasonCode,
    message: answer.message ?? null,
    opportunityId: answer.opportunityId ?? null,
    engagementId: answer.engagementId ?? null,
    engagementInvitationId: engagementInvitationId ? invitationIdOf(engagementInvitationId) : null,
    contextId: answer.contextId ?? null,
    resourceSnapshotJobId: answer.resourceSnapshotJobId ?? null,
  };
}

const prospecting = 'ProspectingFromEngagementTask';
type ProspectingList = NonNullable<Output<'ListProspectingFromEngagementTasks'>['taskSummaries']>;

/**
 * A task that enriches leads, as AWS lists it. It has no status of its own: it has ended when it has an end time, and
 * has failed if all of its engagements have.
 */
export function prospectingTaskOf(summary: ProspectingList[number]): ProspectingTask | undefined {
  const task = taskOf(prospecting, summary);
  const endTime = summary.endTime ?? null;
  const total = summary.totalEngagementCount ?? 0;
  const completed = summary.completedEngagementCount ?? 0;
  const failed = summary.failedEngagementCount ?? 0;
  const ended = total > 0 && failed >= total ? 'FAILED' : 'COMPLETE';
  const status = endTime ? ended : 'IN_PROGRESS';
  return task && { ...task, name: summary.taskName ?? null, endTime, total, completed, failed, status };
}

/** The same as AWS returns it where it is started: it is then known only to have failed as a whole. */
export function startedProspectingOf({
  identifiers,
  taskName,
  taskStatus,
  reasonCode,
  ...answer
}: Output<'StartProspectingFromEngagementTask'>): ProspectingTask | undefined {
  // The model has a free string, with the same values.
  const task = taskOf(prospecting, { ...answer, reasonCode: reasonCode as ReasonCode });
  const total = identifiers?.length ?? 0;
  const isFailed = taskStatus === 'FAILED';
  const status = isFailed ? 'FAILED' : 'IN_PROGRESS';
  const failed = isFailed ? total : 0;
  return task && { ...task, name: taskName ?? null, endTime: null, total, completed: 0, failed, status };
}

/** AWS's own identifier of a task: `task-…`. */
export const taskIdOf = ({ id }: Pick<Task, 'id'>): string => id.slice(id.indexOf('/') + 1);

/** Checks whether a task has ended, so that it never changes any more. */
export const isFinished = ({ status }: Task): boolean => status === 'COMPLETE' || status === 'FAILED';

/** The beginning of a part of a message: `CODE field:`, of which the field may be missing. */
const partStart = /(?:^|;)\s*(?=[A-Z][A-Z_]{2,}(?: [\w.[\]]*)?:)/g;
const part = /^([A-Z_]+)(?: ([\w.[\]]*))?:(.*)$/s;

/**
 * The form of a failed task's message: `CODE field:text;CODE field:text`. The text may contain semicolons itself; one that
 * has no such form is one refusal without a field.
 */
export function refusalsOf(message: string): Issue[] {
  return message
    .split(partStart)
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => {
      const [, code = 'REFUSED', field, said = ''] = part.exec(text) ?? [];
      return { code, fieldName: field || undefined, message: said.trim() || text };
    });
}
