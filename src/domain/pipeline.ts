/** Counts and sums of opportunities. */
import type { PipelineGroup } from '../generated/schema-types.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';
import { sumOf } from './decimals.ts';

type Value = string | null;

const closed: ReadonlySet<string> = new Set(['Launched', 'Closed Lost']);

/** Checks whether an open opportunity should have been closed. @param today in UTC, `YYYY-MM-DD` */
export function isOverdue({ lifeCycle }: OpportunitySummary, today: string): boolean {
  const { stage, targetCloseDate } = lifeCycle ?? {};
  return typeof targetCloseDate === 'string' && targetCloseDate < today && !closed.has(stage ?? '');
}

/** The field of a bucket for each group, and its value for an opportunity. */
const groups = {
  STAGE: { field: 'stage', of: ({ lifeCycle }) => lifeCycle?.stage },
  REVIEW_STATUS: { field: 'reviewStatus', of: ({ lifeCycle }) => lifeCycle?.reviewStatus },
  OPPORTUNITY_TYPE: { field: 'opportunityType', of: ({ opportunityType }) => opportunityType },
  INDUSTRY: { field: 'industry', of: ({ customer }) => customer?.account?.industry },
  MONTH: { field: 'month', of: ({ lifeCycle }) => lifeCycle?.targetCloseDate?.slice(0, 'YYYY-MM'.length) },
} as const satisfies Record<
  PipelineGroup,
  { field: string; of(summary: OpportunitySummary): string | null | undefined }
>;

export type Bucket = Record<(typeof groups)[PipelineGroup]['field'], Value> & {
  count: number;
  overdue: number;
  expectedMonthlySpend: { amount: string; currencyCode: Value }[];
};

/** The monthly spend on AWS that is expected, summed up by currency. */
function spendOf(summaries: readonly OpportunitySummary[]): Bucket['expectedMonthlySpend'] {
  const amounts = new Map<Value, string[]>();
  for (const line of summaries.flatMap(({ project }) => project?.expectedCustomerSpend ?? [])) {
    if (line?.targetCompany !== 'AWS' || line.frequency !== 'Monthly' || !line.amount) continue;
    const currency = line.currencyCode ?? null;
    const known = amounts.get(currency);
    if (known) known.push(String(line.amount));
    else amounts.set(currency, [String(line.amount)]);
  }
  return [...amounts]
    .map(([currencyCode, some]) => ({ amount: sumOf(some), currencyCode }))
    .toSorted((a, b) => compareValues(a.currencyCode, b.currencyCode));
}

/** Null comes last. */
function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

/** The buckets of some opportunities, in the order of their values. @param today in UTC, `YYYY-MM-DD` */
export function bucketsOf(
  summaries: readonly OpportunitySummary[],
  groupBy: readonly PipelineGroup[],
  today: string,
): Bucket[] {
  const by = [...new Set(groupBy)].map((group) => groups[group]);
  const valuesOf = (summary: OpportunitySummary): Value[] => by.map(({ of }) => of(summary) ?? null);
  const grouped = Map.groupBy(summaries, (summary) => JSON.stringify(valuesOf(summary)));
  if (by.length === 0) grouped.set('[]', [...summaries]);
  return [...grouped]
    .map(([key, some]) => ({ values: JSON.parse(key) as Value[], some }))
    .toSorted((a, b) =>
      a.values.reduce((order, value, n) => order || compareValues(value, b.values[n] ?? null), 0),
    )
    .map(({ values, some }) => ({
      ...{ stage: null, reviewStatus: null, opportunityType: null, industry: null, month: null },
      ...Object.fromEntries(by.map(({ field }, n) => [field, values[n] ?? null])),
      count: some.length,
      overdue: some.filter((summary) => isOverdue(summary, today)).length,
      expectedMonthlySpend: spendOf(some),
    }));
}
