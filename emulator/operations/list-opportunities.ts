import { instant } from '../instant.ts';
import { asObject, asString, getIn, isObject, type Json, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { positionOf } from '../records/order.ts';
import { createPage, cursorOf } from '../records/page.ts';
import { type Opportunity, type Row, type SortName, sortNames } from '../records/record.ts';
import type { Settings } from '../settings.ts';
import { opportunitySummary } from '../shapes/answers.ts';
import { present } from '../shapes/present.ts';
import { listOpportunitiesRequest } from '../shapes/requests.ts';

/** Lists summaries, one page at a time. Default: latest change first. */
export const listOpportunities: Operation = {
  request: listOpportunitiesRequest,
  kind: 'read',
  run(input, { view, settings }) {
    const cursor = cursorOf('ListOpportunities', input);
    const by = sortNames.find((name) => name === getIn(input, 'Sort', 'SortBy')) ?? 'LastModifiedDate';
    const descending = getIn(input, 'Sort', 'SortOrder') !== 'ASCENDING';
    const page = createPage<Row>(filterOf(input), (row) => positionOf(row, by), cursor);
    view.visit({ catalog: String(input.Catalog), by, descending, after: cursor.after }, page.take);
    const summaries = page.items.map(({ record }) => summaryJson(record, settings.nulls));
    return `{"OpportunitySummaries":[${summaries.join()}],"NextToken":${JSON.stringify(page.nextToken())}}`;
  },
};

/** All filters must match; within a list, any value may match. An empty list or a null filters nothing. */
function filterOf(input: JsonObject): (row: Row) => boolean {
  const tests = [
    among(input.Identifier, (row) => row.record.Id),
    among(input.LifeCycleStage, (row) => row.stage),
    among(input.LifeCycleReviewStatus, (row) => row.reviewStatus),
    among(input.CustomerCompanyName, (row) => row.keys.CustomerCompanyName),
    between(input, 'LastModifiedDate', instant),
    between(input, 'CreatedDate', instant),
    between(input, 'TargetCloseDate', (day) => day),
  ].filter((test) => test !== undefined);
  const [only, ...others] = tests;
  if (!only) return () => true;
  return others.length === 0 ? only : (row) => tests.every((test) => test(row));
}

function among(filter: Json | undefined, of: (row: Row) => string): ((row: Row) => boolean) | undefined {
  if (!Array.isArray(filter) || filter.length === 0) return undefined;
  const values = new Set(filter);
  return (row) => values.has(of(row));
}

/** From `After…` (inclusive) to `Before…` (exclusive): consecutive windows share no record. */
function between(
  input: JsonObject,
  name: SortName,
  read: (text: string) => string | undefined,
): ((row: Row) => boolean) | undefined {
  const window = asObject(input[name]);
  const [after, before] = [window[`After${name}`], window[`Before${name}`]].map((end) =>
    read(asString(end) ?? ''),
  );
  if (!after && !before) return undefined;
  return ({ keys }) =>
    keys[name] !== '' && (!after || keys[name] >= after) && (!before || keys[name] < before);
}

/** Records are immutable, so the JSON of a summary never changes. */
const cache = { explicit: new WeakMap<Opportunity, string>(), omit: new WeakMap<Opportunity, string>() };

function summaryJson(record: Opportunity, nulls: Settings['nulls']): string {
  const known = cache[nulls].get(record);
  if (known !== undefined) return known;
  const text = JSON.stringify(withDecimals(present(opportunitySummary, record, { unknown: 'drop', nulls })));
  cache[nulls].set(record, text);
  return text;
}

/** Lists return amounts as decimals, `531.0`; the full record has the string that was written. */
function withDecimals(summary: JsonObject): JsonObject {
  const spend = getIn(summary, 'Project', 'ExpectedCustomerSpend');
  if (!Array.isArray(spend)) return summary;
  const items = spend.map((item) =>
    isObject(item) && item.Amount ? { ...item, Amount: decimal(item.Amount) } : item,
  );
  return { ...summary, Project: { ...asObject(summary.Project), ExpectedCustomerSpend: items } };
}

function decimal(amount: Json): Json {
  const [whole, fraction = ''] = String(amount).split('.');
  return `${whole}.${withoutTrailingZeros(fraction) || '0'}`;
}

/** Not a pattern: `/0+$/` takes quadratic time on zeros that something else follows. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
