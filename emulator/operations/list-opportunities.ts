import { instant } from '../instant.ts';
import { asObject, asText, canonical, dig, isObject, type Json, type JsonObject, prune } from '../json.ts';
import type { Operation } from '../operation.ts';
import { digest, readToken, writeToken } from '../records/page-token.ts';
import { type Row, type SortName, sortNames } from '../records/record.ts';
import { positionOf } from '../records/store.ts';
import { opportunitySummary } from '../shapes/answers.ts';
import { present } from '../shapes/present.ts';
import { listOpportunitiesRequest } from '../shapes/requests.ts';

const DEFAULT_PAGE = 20;

/**
 * Answers summaries, a page at a time. A page begins after the last row of the page before it rather than at a count
 * of rows, so a record that is written between two pages moves no other record out of sight.
 */
export const listOpportunities: Operation = {
  request: listOpportunitiesRequest,
  writes: false,
  run(input, { store, settings }) {
    const query = fingerprint(input);
    const token = asText(input.NextToken);
    const after = token === undefined ? undefined : readToken(token, query);
    const by = sortNames.find((name) => name === dig(input, 'Sort', 'SortBy')) ?? 'LastModifiedDate';
    const descending = dig(input, 'Sort', 'SortOrder') !== 'ASCENDING';
    const size = typeof input.MaxResults === 'number' ? input.MaxResults : DEFAULT_PAGE;
    const matches = filterOf(input);

    const page: Row[] = [];
    let more = false;
    for (const row of store.rows(String(input.Catalog), by, descending, after)) {
      if (!matches(row)) continue;
      more = page.length === size;
      if (more) break;
      page.push(row);
    }
    const last = page.at(-1);
    return {
      OpportunitySummaries: page.map(({ record }) =>
        withDecimals(present(opportunitySummary, record, { unknown: 'drop', nulls: settings.nulls })),
      ),
      NextToken: more && last ? writeToken(query, positionOf(last, by)) : null,
    };
  },
};

/** All filters must hold; within a list one value must match. An empty list or a null filters nothing. */
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
  return (row) => tests.every((test) => test(row));
}

function among(wanted: Json | undefined, of: (row: Row) => string): ((row: Row) => boolean) | undefined {
  if (!Array.isArray(wanted) || wanted.length === 0) return undefined;
  const values = new Set(wanted);
  return (row) => values.has(of(row));
}

/** From `After…`, itself included, up to `Before…`, itself excluded: windows that follow each other share no record. */
function between(
  input: JsonObject,
  name: SortName,
  read: (text: string) => string | undefined,
): ((row: Row) => boolean) | undefined {
  const window = asObject(input[name]);
  const [after, before] = [window[`After${name}`], window[`Before${name}`]].map((end) =>
    read(asText(end) ?? ''),
  );
  if (!after && !before) return undefined;
  return ({ keys }) =>
    keys[name] !== '' && (!after || keys[name] >= after) && (!before || keys[name] < before);
}

/** What a token is bound to: the query without its page size, with unset and empty members left out. */
function fingerprint(input: JsonObject): string {
  const { NextToken: _token, MaxResults: _size, ...query } = asObject(prune(input));
  const set = Object.entries(query).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return digest(canonical(Object.fromEntries(set)));
}

/** A list prints an amount as a decimal number, `531.0`, where the full record has the text that was written. */
function withDecimals(summary: JsonObject): JsonObject {
  const spend = dig(summary, 'Project', 'ExpectedCustomerSpend');
  if (!Array.isArray(spend)) return summary;
  const items = spend.map((item) =>
    isObject(item) && item.Amount ? { ...item, Amount: decimal(item.Amount) } : item,
  );
  return { ...summary, Project: { ...asObject(summary.Project), ExpectedCustomerSpend: items } };
}

function decimal(amount: Json): Json {
  const [whole, fraction = ''] = String(amount).split('.');
  return `${whole}.${fraction.replace(/0+$/, '') || '0'}`;
}
