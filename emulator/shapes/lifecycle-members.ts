/** Members that several requests around an opportunity have. */
import { enums } from '../values/enums.ts';
import { lifecycleEnums } from '../values/lifecycle.ts';
import { patterns } from './patterns.ts';
import { catalog, identifier } from './requests.ts';
import { integer, list, matching, oneOf, required, string, structure } from './shape.ts';

export const enumOf = (name: keyof typeof lifecycleEnums) => oneOf(name, lifecycleEnums[name]);
export const sortBy = (name: keyof typeof lifecycleEnums) =>
  structure({
    SortOrder: required(oneOf('SortOrder', enums.SortOrder)),
    SortBy: required(enumOf(name)),
  });

/** What the lists of tasks have in common, except for that of prospecting tasks. */
export const taskFilters = {
  Catalog: catalog,
  MaxResults: integer(1, 1000),
  NextToken: string(1, 2048),
  Sort: sortBy('ListTasksSortName'),
  TaskStatus: list(enumOf('TaskStatus'), 1, 3),
  TaskIdentifier: list(matching(patterns.task), 1, 10),
  OpportunityIdentifier: list(identifier, 1, 10),
};
