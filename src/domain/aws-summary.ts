/** AWS's view of an opportunity: whether there is one, and where it differs from the partner's. */
import type { AwsSummary, OpportunityRecord } from '../upstream/wire.ts';
import { plainDecimal } from './decimals.ts';
import { isPlainObject } from './paths.ts';

export type Difference = { field: string; partner: string | null; aws: string | null };

/** Members that AWS returns of any opportunity, also of one that it has not taken up. */
const always: ReadonlySet<string> = new Set(['catalog', 'relatedOpportunityId', 'origin']);

/** Checks whether anything in a value is set: AWS has null or nothing for what it does not know, at any depth. */
function hasValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasValue);
  if (isPlainObject(value)) return Object.values(value).some(hasValue);
  return value !== undefined && value !== null && value !== '';
}

/** Checks whether AWS has taken a deal up: until then its view has nothing to say, or does not exist. */
export const isTakenUp = (summary: AwsSummary): boolean =>
  Object.entries(summary).some(([name, value]) => !always.has(name) && hasValue(value));

type Spend = NonNullable<NonNullable<OpportunityRecord['project']>['expectedCustomerSpend']>[number];

/** The same text for the same spend: AWS writes an amount as `531` and as `531.0`. */
const spendText = ({ amount, currencyCode, frequency, targetCompany }: Spend): string =>
  [amount && plainDecimal(amount), currencyCode, frequency, targetCompany].filter(Boolean).join(' ');

type Items<Item> = readonly Item[] | null | undefined;

/** A list as text, in one order; undefined if AWS has none, and empty for an empty list. */
const listText = <Item>(items: Items<Item>, textOf: (item: Item) => string): string | undefined =>
  items?.map(textOf).sort().join(', ');

/** The fields that are compared, as text. */
function comparable(record: OpportunityRecord, summary: AwsSummary) {
  const ours = record.lifeCycle;
  const theirs = summary.lifeCycle;
  const same = (id: string): string => id;
  return {
    'lifeCycle.stage': [ours?.stage, theirs?.stage],
    'lifeCycle.closedLostReason': [ours?.closedLostReason, theirs?.closedLostReason],
    'lifeCycle.targetCloseDate': [ours?.targetCloseDate, theirs?.targetCloseDate],
    'project.expectedCustomerSpend': [
      listText(record.project?.expectedCustomerSpend, spendText),
      listText(summary.project?.expectedCustomerSpend, spendText),
    ],
    'relatedEntityIdentifiers.solutions': [
      listText(record.relatedEntityIdentifiers?.solutions, same),
      listText(summary.relatedEntityIds?.solutions, same),
    ],
  } satisfies Record<string, [partner: string | null | undefined, aws: string | null | undefined]>;
}

/** Where AWS's view differs from the partner's, in the order of the record. */
export function differencesOf(record: OpportunityRecord, summary: AwsSummary): Difference[] {
  return Object.entries(comparable(record, summary)).flatMap(([field, [partner, aws]]) =>
    aws === null || aws === undefined || aws === (partner ?? '')
      ? []
      : [{ field, partner: partner || null, aws: aws || null }],
  );
}
