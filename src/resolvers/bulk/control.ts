import { badInput, quoted } from '../../domain/bad-input.ts';
import { idForms } from '../../domain/ids.ts';
import type { UserErrorCode } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import type { Commanded } from '../../jobs/bulk/jobs.ts';
import type { Resolvers } from '../types.generated.ts';
import { wholeError } from '../user-errors.ts';
import type { BulkJobPayloadModel } from './models.ts';

/** @throws Fault BAD_USER_INPUT for a string that cannot be a job's id */
function assertJobId(id: string): void {
  if (!idForms.BulkJob.test(id)) throw badInput('input.id', quoted(id), "a bulk job's id");
}

function refusal(code: UserErrorCode, message: string, id: string | null): BulkJobPayloadModel {
  return { id, changed: false, userErrors: [wholeError(code, message, ['input', 'id'])], warnings: [] };
}

async function command(
  id: string,
  { request, account: { bulk } }: Context,
  give: (id: string) => Promise<Commanded>,
): Promise<BulkJobPayloadModel> {
  assertJobId(id);
  const { job, isRefused } = request.isDryRun
    ? { job: await bulk.read(id), isRefused: false }
    : await give(id);
  if (!job) return refusal('NOT_FOUND', `There is no bulk job ${id}.`, null);
  if (isRefused) return refusal('INVALID_RESOURCE_STATE', `The bulk job has ended: it is ${job.status}.`, id);
  return { id, changed: !request.isDryRun, userErrors: [], warnings: [] };
}

export const resolvers: Resolvers = {
  Mutation: {
    pauseBulkJob: (_root, { input: { id } }, context) => command(id, context, context.account.bulk.pause),
    resumeBulkJob: (_root, { input: { id } }, context) => command(id, context, context.account.bulk.resume),
    cancelBulkJob: (_root, { input: { id } }, context) => command(id, context, context.account.bulk.cancel),
    async deleteBulkJob(_root, { input: { id } }, { request, account: { bulk } }) {
      assertJobId(id);
      const isThere = request.isDryRun ? (await bulk.read(id)) !== undefined : await bulk.delete(id);
      if (!isThere) return { ...refusal('NOT_FOUND', `There is no bulk job ${id}.`, null), deletedId: null };
      return { id, deletedId: id, changed: !request.isDryRun, userErrors: [], warnings: [] };
    },
  },
};
