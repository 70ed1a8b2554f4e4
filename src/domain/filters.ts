/** Filters and sort orders of AWS's lists. */
import type { OpportunityFilter, OpportunitySort, SortOrder } from '../generated/schema-types.ts';
import type { Input } from '../upstream/operations.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';
import { badInput } from './bad-input.ts';
import { idsPerQuery, type Place } from './cursors.ts';
import { compareInstants } from './instants.ts';

/** The maximum number of values in a condition other than ids. */
const valuesPerFilter = 10;

export type ListInput = Input<'ListOpportunities'>;

type Range = { after?: string | null | undefined; before?: string | null | undefined };

/** @throws Fault BAD_USER_INPUT for a range that nothing can be in, and for a day that AWS does not take */
function checkRange(field: string, range: Range | null | undefined): void {
  const { after, before } = range ?? {};
  for (const [name, bound] of Object.entries({ after, before }))
    if (bound && bound < '1000') throw badInput(`${field}.${name}`, bound, 'a year from 1000 to 9999');
  if (after && before && compareInstants(after, before) > 0)
    throw badInput(field, `after ${after} and before ${before}`, 'an after that is not later than before');
}

/** The distinct values of a condition; undefined if it filters nothing. @throws Fault BAD_USER_INPUT for too many */
export function conditionValues<T>(
  name: string,
  list: readonly T[] | null | undefined,
  max = valuesPerFilter,
): T[] | undefined {
  const distinct = [...new Set(list ?? [])];
  if (distinct.length > max) throw badInput(`filter.${name}`, `${distinct.length} values`, `at most ${max}`);
  return distinct.length > 0 ? distinct : undefined;
}

/** A filter in AWS's members. Absent, null and empty conditions filter nothing. @throws Fault BAD_USER_INPUT */
export function listInput(filter: OpportunityFilter, sort: OpportunitySort | null | undefined): ListInput {
  const { lastModifiedDate, createdDate, targetCloseDate } = filter;
  for (const [name, range] of Object.entries({ lastModifiedDate, createdDate, targetCloseDate }))
    checkRange(`filter.${name}`, range);
  return {
    identifier: conditionValues('ids', filter.ids, idsPerQuery),
    lifeCycleStage: conditionValues('stages', filter.stages),
    lifeCycleReviewStatus: conditionValues('reviewStatuses', filter.reviewStatuses),
    customerCompanyName: conditionValues('customerCompanyNames', filter.customerCompanyNames),
    lastModifiedDate: lastModifiedDate && {
      afterLastModifiedDate: lastModifiedDate.after,
      beforeLastModifiedDate: lastModifiedDate.before,
    },
    createdDate: createdDate && {
      afterCreatedDate: createdDate.after,
      beforeCreatedDate: createdDate.before,
    },
    targetCloseDate: targetCloseDate && {
      afterTargetCloseDate: targetCloseDate.after,
      beforeTargetCloseDate: targetCloseDate.before,
    },
    sort: sort ?? undefined,
  };
}

/** The order of a list: the place of an item, and which of two places comes first. */
export type Order<Item> = { placeOf(item: Item): Place; compare(a: Place, b: Place): number };

const padded = (id: string): string => id.padStart(24); // O9 is before O10

/** An order as AWS sorts. AWS does not document the order of equal values; the ids decide, in the same direction. */
export function orderBy<Item extends { id: string }>(
  keyOf: (item: Item) => string,
  sortOrder: SortOrder,
): Order<Item> {
  const direction = sortOrder === 'ASCENDING' ? 1 : -1;
  return {
    placeOf: (item) => ({ key: keyOf(item), id: item.id }),
    compare(a, b) {
      const difference = compareInstants(a.key, b.key) || compareInstants(padded(a.id), padded(b.id));
      return direction * difference;
    },
  };
}

/** The order of AWS's list of opportunities; its default is by descending modification dates. */
export function orderOf(sort: OpportunitySort | null | undefined): Order<OpportunitySummary> {
  const keyOf = {
    Identifier: (record: OpportunitySummary) => padded(record.id),
    CustomerCompanyName: (record: OpportunitySummary) => record.customer?.account?.companyName ?? '',
    LastModifiedDate: (record: OpportunitySummary) => record.lastModifiedDate ?? '',
    CreatedDate: (record: OpportunitySummary) => record.createdDate ?? '',
    TargetCloseDate: (record: OpportunitySummary) => record.lifeCycle?.targetCloseDate ?? '',
  }[sort?.sortBy ?? 'LastModifiedDate'];
  return orderBy(keyOf, sort?.sortOrder ?? 'DESCENDING');
}
