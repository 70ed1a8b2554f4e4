import { type GraphQLSchema, isInputObjectType } from 'graphql';
import { badInput } from '../domain/bad-input.ts';
import { typeOfId } from '../domain/ids.ts';
import { getIn, type PlainObject } from '../domain/paths.ts';
import { isFinished, refusalsOf, type Task } from '../domain/tasks.ts';
import type { UserError } from '../generated/schema-types.ts';
import { loaderFor } from './opportunity/query.ts';
import type { Resolvers } from './types.generated.ts';
import { fromIssue } from './user-errors.ts';

/** The most submissions that one field returns; AWS's list of tasks has more to a page. */
const maxSubmissions = 100;

/** AWS's name of the associations, and where `submitOpportunity` takes them. */
const associated = /^relatedEntityIdentifiers\.(\w+)$/i;

/**
 * Why a submission has failed, at the paths where a `SubmitOpportunityInput` takes the corrections.
 *
 * @param input the input of the submission; what it contains is `sent`
 */
export function submissionErrors(
  { message, status }: Task,
  schema: GraphQLSchema,
  input: PlainObject = {},
): UserError[] {
  const patch = schema.getType('OpportunityPatch');
  if (status !== 'FAILED' || !isInputObjectType(patch)) return [];
  const { patch: value = {}, associate } = input;
  return refusalsOf(message ?? '').map((refusal) => {
    const error = fromIssue(refusal, { value, type: patch, root: ['input', 'patch'] });
    const [, kind] = associated.exec(refusal.fieldName ?? '') ?? [];
    if (!kind) return error;
    return { ...error, path: ['input', 'associate', kind], sent: getIn(associate, kind) !== undefined };
  });
}

export const resolvers: Resolvers = {
  Opportunity: {
    submission: async ({ id }, _args, { tasks }) => (await tasks.submissions.load(id))[0] ?? null,
    async submissions({ id }, { first }, { tasks }) {
      if (first < 1 || first > maxSubmissions)
        throw badInput('first', String(first), `1 to ${maxSubmissions}`);
      return (await tasks.submissions.load(id)).slice(0, first);
    },
  },
  Task: {
    // The form of an id identifies the type.
    __resolveType: ({ id }) => typeOfId(id) as 'EngagementFromOpportunityTask',
  },
  EngagementFromOpportunityTask: {
    errors: (task, _args, _context, { schema }) => submissionErrors(task, schema),
    finished: (task) => isFinished(task),
    opportunity: ({ opportunityId }, _args, { loaders }, info) =>
      opportunityId ? loaderFor(info, loaders).load(opportunityId) : null,
  },
};
