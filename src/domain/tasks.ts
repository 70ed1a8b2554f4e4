/** Tasks: what AWS does in several steps, perhaps after the call that started it has been answered. */
import type { Issue } from '../fault.ts';
import type { Output } from '../upstream/operations.ts';
import { kindOfTask, type TaskType } from './ids.ts';

/** A task of AWS, in the terms of the graph. */
export type Task = {
  /** The end of its ARN: only that tells its kind. */
  id: string;
  arn: string | null;
  startTime: string | null;
  status: Output<'StartEngagementFromOpportunityTask'>['taskStatus'];
  reasonCode: Output<'StartEngagementFromOpportunityTask'>['reasonCode'];
  message: string | null;
  opportunityId: string | null;
  engagementId: string | null;
};

/** A task's members, which are the same where it is started and where it is listed. */
type TaskAnswer = Pick<
  Output<'StartEngagementFromOpportunityTask'>,
  | 'taskId'
  | 'taskArn'
  | 'startTime'
  | 'taskStatus'
  | 'reasonCode'
  | 'message'
  | 'opportunityId'
  | 'engagementId'
>;

/** A task as AWS returns it; undefined if it has neither an id nor an ARN, as in recordings of 2024. */
export function taskOf(type: TaskType, answer: TaskAnswer): Task | undefined {
  const taskId = answer.taskId || answer.taskArn?.split('/').at(-1);
  if (!taskId) return undefined;
  return {
    id: `${kindOfTask[type]}/${taskId}`,
    arn: answer.taskArn ?? null,
    startTime: answer.startTime ?? null,
    status: answer.taskStatus,
    reasonCode: answer.reasonCode,
    message: answer.message ?? null,
    opportunityId: answer.opportunityId ?? null,
    engagementId: answer.engagementId ?? null,
  };
}

/** AWS's own identifier of a task: `task-…`. */
export const taskIdOf = ({ id }: Pick<Task, 'id'>): string => id.slice(id.indexOf('/') + 1);

/** Checks whether a task has ended, so that it never changes any more. */
export const isFinished = ({ status }: Task): boolean => status === 'COMPLETE' || status === 'FAILED';

/** The beginning of a part of a message: `CODE field:`, of which the field may be missing. */
const partStart = /(?:^|;)\s*(?=[A-Z][A-Z_]{2,}(?: [\w.[\]]*)?:)/g;
const part = /^([A-Z_]+)(?: ([\w.[\]]*))?:(.*)$/s;

/**
 * What a failed task's message says: `CODE field:text;CODE field:text`. A text may contain semicolons itself; one that
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
