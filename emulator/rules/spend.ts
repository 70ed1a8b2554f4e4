import type { Violation } from '../errors.ts';
import { asString, isObject, type JsonObject } from '../json.ts';
import { estimateOf } from '../records/estimates.ts';
import { type Change, listAt, missing, type Rule, stringAt, touches, violation } from './rule.ts';

const spendPath = 'Project.ExpectedCustomerSpend';
export const spendOf = (record: JsonObject | undefined): JsonObject[] =>
  listAt(record, spendPath).filter(isObject);

/** A rule for every entry of a spend that the change touches. */
const perEntry =
  (ask: (entry: JsonObject, change: Change) => Violation[]): Rule =>
  (change) =>
    touches(change, spendPath) ? spendOf(change.after).flatMap((entry) => ask(entry, change)) : [];

/** A spend requires an amount above zero and up to 10^15, or an estimate. AWS: the data model on Amount. */
export const spendAmount = perEntry(({ Amount, EstimationUrl }, { settings }) => {
  if (settings.createRules === 'lenient') return [];
  const amount = asString(Amount);
  if (amount === undefined) return EstimationUrl === undefined ? [missing(`${spendPath}.Amount`)] : [];
  if (Number(amount) > 0 && Number(amount) <= 1e15) return [];
  return [violation('INVALID_VALUE', `${spendPath}.Amount`, 'The amount must be above 0 and at most 10^15')];
});

/** A spend without an amount requires an existing estimate. AWS: deal sizing. */
export const estimateExists = perEntry(({ Amount, EstimationUrl }, { settings }) => {
  const url = asString(EstimationUrl);
  if (url === undefined || asString(Amount) !== undefined || estimateOf(url, settings) !== undefined)
    return [];
  return [
    violation(
      'INVALID_VALUE',
      `${spendPath}.EstimationUrl`,
      'The pricing calculator has no estimate at this URL',
    ),
  ];
});

/** AWS: deal sizing on contract values; older pages have any other company stored as AWS. */
export const targetCompany = perEntry(({ TargetCompany }, { settings }) =>
  settings.targetCompany === 'coerce' || TargetCompany === 'AWS' || TargetCompany === 'Self'
    ? []
    : [violation('INVALID_VALUE', `${spendPath}.TargetCompany`, 'The target company must be AWS or Self')],
);

/** The model lists more currencies than are accepted. AWS: the API reference on ExpectedCustomerSpend. */
export const spendCurrency = perEntry(({ CurrencyCode }, { settings }) =>
  settings.currencies === 'model' || CurrencyCode === 'USD' || CurrencyCode === 'EUR'
    ? []
    : [violation('INVALID_VALUE', `${spendPath}.CurrencyCode`, 'The currency must be USD or EUR')],
);

/**
 * The European Sovereign Cloud bills in euros. AWS: observed, with this field name, which unlike the others is neither
 * complete nor in lower camel case.
 */
export const sovereignCurrency: Rule = (change) => {
  if (stringAt(change.after, 'Project.AwsPartition') !== 'aws-eusc') return [];
  if (!touches(change, spendPath, 'Project.AwsPartition')) return [];
  if (spendOf(change.after).every(({ CurrencyCode }) => CurrencyCode === 'EUR')) return [];
  const message = 'Partition aws-eusc only accepts a spend in EUR';
  return [{ code: 'INVALID_VALUE', field: 'ExpectedCustomerSpend.CurrencyCode', message }];
};
