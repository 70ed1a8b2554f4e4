/** Why tasks have failed, as user errors. */
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { type TaskType, taskTypeOf } from '../domain/ids.ts';
import { getIn } from '../domain/paths.ts';
import { refusalsOf, type Task } from '../domain/tasks.ts';
import type { UserError } from '../generated/schema-types.ts';
import { inSubmit, maxUserErrors, patchType, type SubmissionInput } from './submission-paths.ts';
import { type CallerInput, fromIssue, wholeError } from './user-errors.ts';

/** What a failed task has not done, and what the caller can do about it. AWS's own message has more, if there is one. */
const failures: Readonly<Record<TaskType, readonly [what: string, next: string]>> = {
  EngagementFromOpportunityTask: ['carry out the submission', 'Submit the opportunity again'],
  EngagementByAcceptingInvitationTask: [
    'carry out the acceptance',
    'Read the invitation, and accept it again',
  ],
  OpportunityFromEngagementTask: ['convert the lead', 'Convert it again'],
  ProspectingFromEngagementTask: [
    'enrich any of the leads',
    'Each engagement of the task has its own reason',
  ],
};

/** The inputs of other tasks have none of the fields that AWS could name. */
const withoutFields: CallerInput = {
  value: {},
  type: new GraphQLInputObjectType({ name: 'NoInput', fields: {} }),
  root: ['input'],
};

/** AWS's name of an association in the message of a task. */
const association = /^relatedEntityIdentifiers\.(\w+)$/i;

/** The parts of a submission's message, at the paths where its input takes the correction. */
function submissionErrors(message: string, schema: GraphQLSchema, input: SubmissionInput): UserError[] {
  const { value, fields } = input;
  const given = (fields.length > 0 ? getIn(value, fields.join('.')) : value) ?? {};
  return refusalsOf(message).map((refusal) => {
    const error = fromIssue(refusal, { value: given, type: patchType(schema), root: ['input', ...fields] });
    const [, kind] = association.exec(refusal.fieldName ?? '') ?? [];
    if (!kind) return error;
    return {
      ...error,
      path: ['input', 'associate', kind],
      sent: getIn(value, `associate.${kind}`) !== undefined,
    };
  });
}

/**
 * Why a task has failed: each part of its message as a user error. Empty unless it has.
 *
 * @param input the input of the mutation that has started a submission
 */
export function taskErrors(task: Task, schema: GraphQLSchema, input = inSubmit()): UserError[] {
  const { id, status, message, reasonCode } = task;
  if (status !== 'FAILED') return [];
  const type = taskTypeOf(id);
  const errors =
    type === 'EngagementFromOpportunityTask'
      ? submissionErrors(message ?? '', schema, input)
      : refusalsOf(message ?? '').map((refusal) => fromIssue(refusal, withoutFields));
  if (errors.length > 0) return errors.slice(0, maxUserErrors);
  const [what, next] = failures[type];
  const why = reasonCode ? ` (${reasonCode})` : '';
  return [wholeError('REFUSED_BY_AWS', `AWS did not ${what}${why}. ${next}.`)];
}
