import { solutionArn } from '../arns.ts';
import { getIn, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { matchesAny, pageOf } from '../records/filter.ts';
import { solutionsOf } from '../seed/solutions.ts';
import { listSolutionsRequest } from '../shapes/lifecycle-requests.ts';

/** Lists the partner's solutions. Default: descending ids. Both catalogs have the same. */
export const listSolutions: Operation = {
  request: listSolutionsRequest,
  kind: 'read',
  run(input, { accountId }) {
    const by = String(getIn(input, 'Sort', 'SortBy') ?? 'Identifier');
    const key = (item: JsonObject) => String(item[by === 'Identifier' ? 'Id' : by]);
    const matching = solutionsOf(accountId).filter(
      (one) =>
        matchesAny(input.Status, one.Status) &&
        matchesAny(input.Identifier, one.Id) &&
        matchesAny(input.Category, one.Category) &&
        matchesAny(input.AwsMarketplaceSolutionArn, one.AwsMarketplaceSolutionArn),
    );
    const { page, nextToken } = pageOf(matching, input, {
      operation: 'ListSolutions',
      position: (item) => ({ key: key(item), id: String(item.Id) }),
      descending: true,
    });
    const Catalog = String(input.Catalog);
    const summaries = page.map((one) => ({
      Catalog,
      ...one,
      Arn: solutionArn(accountId, Catalog, String(one.Id)),
    }));
    return { SolutionSummaries: summaries, NextToken: nextToken };
  },
};
