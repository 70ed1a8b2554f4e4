import { getIn, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { matchesAny, sortedPage } from '../records/filter.ts';
import { cursorOf } from '../records/page.ts';
import { solutions } from '../seed/solutions.ts';
import { listSolutionsRequest } from '../shapes/lifecycle-requests.ts';

/** Lists the partner's solutions. Default: descending ids. Both catalogs have the same. */
export const listSolutions: Operation = {
  request: listSolutionsRequest,
  kind: 'read',
  run(input) {
    const by = String(getIn(input, 'Sort', 'SortBy') ?? 'Identifier');
    const key = (item: JsonObject) => String(item[by === 'Identifier' ? 'Id' : by]);
    const matching = solutions.filter(
      (one) =>
        matchesAny(input.Status, one.Status) &&
        matchesAny(input.Identifier, one.Id) &&
        matchesAny(input.Category, one.Category) &&
        matchesAny(input.AwsMarketplaceSolutionArn, one.AwsMarketplaceSolutionArn),
    );
    const { page, nextToken } = sortedPage(
      matching,
      (item) => ({ key: key(item), id: String(item.Id) }),
      getIn(input, 'Sort', 'SortOrder') !== 'ASCENDING',
      cursorOf('ListSolutions', input),
    );
    const Catalog = input.Catalog ?? null;
    return { SolutionSummaries: page.map((one) => ({ Catalog, ...one })), NextToken: nextToken };
  },
};
