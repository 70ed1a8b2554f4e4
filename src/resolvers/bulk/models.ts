/** The values that resolvers of bulk jobs pass to those of their fields. */
import type { BulkItemOutcome, SubmissionStep, UserError, Warning } from '../../generated/schema-types.ts';
import type { BulkJob, NumberedItem } from '../../jobs/bulk/model.ts';
import type { Diagnostics } from '../mutation.ts';

export type BulkItemModel = {
  index: number;
  outcome: BulkItemOutcome;
  /** The opportunity's id, if one is known. */
  id: string | null;
  steps: SubmissionStep[];
  warnings: Warning[];
  userErrors: UserError[];
};

/** An item of a job. */
export function modelOfItem({ index, item: { input, result } }: NumberedItem, job: BulkJob): BulkItemModel {
  const id = result?.id ?? input?.id;
  return {
    index,
    outcome: result?.outcome ?? (job.status === 'CANCELED' ? 'CANCELED' : 'QUEUED'),
    id: typeof id === 'string' ? id : null,
    steps: [...((result?.steps ?? []) as SubmissionStep[])],
    warnings: [...(result?.warnings ?? [])],
    userErrors: [...(result?.userErrors ?? [])],
  };
}

/** The result of a mutation of a job; `id` is null if there is none. */
export type BulkJobPayloadModel = { id: string | null; changed: boolean } & Diagnostics;
export type ExportPayloadModel = BulkJobPayloadModel & { calls: number | null };
export type DeleteBulkJobPayloadModel = BulkJobPayloadModel & { deletedId: string | null };
