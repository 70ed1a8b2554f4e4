/** Filters and sort orders of the partner's solutions. */
import type { SolutionFilter, SolutionSort } from '../generated/schema-types.ts';
import type { Input } from '../upstream/operations.ts';
import type { SolutionRecord } from '../upstream/wire.ts';
import { idsPerQuery } from './cursors.ts';
import { conditionValues, type Order, orderBy } from './filters.ts';

export type SolutionListInput = Input<'ListSolutions'>;

/** A filter in AWS's members. Absent, null and empty conditions filter nothing. @throws Fault BAD_USER_INPUT */
export function solutionInput(
  { ids, statuses, categories, awsMarketplaceSolutionArns }: SolutionFilter,
  sort: SolutionSort | null | undefined,
): SolutionListInput {
  return {
    identifier: conditionValues('ids', ids, idsPerQuery),
    status: conditionValues('statuses', statuses),
    category: conditionValues('categories', categories),
    awsMarketplaceSolutionArn: conditionValues('awsMarketplaceSolutionArns', awsMarketplaceSolutionArns),
    sort: sort ?? undefined,
  };
}

/** The order of AWS's list; its default is by descending identifiers. */
export function solutionOrder(sort: SolutionSort | null | undefined): Order<SolutionRecord> {
  const keyOf = {
    Identifier: () => '', // the id alone decides
    Name: ({ name }: SolutionRecord) => name ?? '',
    Status: ({ status }: SolutionRecord) => status ?? '',
    Category: ({ category }: SolutionRecord) => category ?? '',
    CreatedDate: ({ createdDate }: SolutionRecord) => createdDate ?? '',
  }[sort?.sortBy ?? 'Identifier'];
  return orderBy(keyOf, sort?.sortOrder ?? 'DESCENDING');
}
