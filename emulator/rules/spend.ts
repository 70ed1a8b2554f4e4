import type { Violation } from '../errors.ts';
import { asString, isObject, type JsonObject } from '../json.ts';
import { estimateOf } from '../records/estimates.ts';
import { type Change, listAt, missing, type Rule, stringAt, touches, violation } from './rule.ts';

const spendPath = 'Project.ExpectedCustomerSpend';
export const spendOf = (record: JsonObject | undefined): JsonObject[] =>
  listAt(record, spendPath).filter(isObject);

/** Asks every entry of a spend that the change touches. */
const perEntry =
  (ask: (entry: JsonObject, change: Change) => Violation[]): Rule =>
  (change) =>
    touches(change, spendPath) ? spendOf(change.after).flatMap((entry) => ask(entry, change)) : [];

/** A spend says how much: above zero and up to 10^15, or an estimate to take it from. AWS: the data model on Amount. */
export const spendAmount = perEntry(({ Amount, EstimationUrl }, { settings }) => {
  if (settings.createRules === 'lenient') return [];
  const amount = asString(Amount);
  if (amount === undefined) return EstimationUrl === undefined ? [missing(`${spendPath}.Amount`)] : [];
  if (Number(amount) > 0 && Number(amount) <= 1e15) return [];
  return [
    violation('INVALID_VALUE', `${spendPath}.Amount`, 'The amount has to be above 0 and at most 10^15'),
  ];
});

/** An estimate is looked up, and where no amount is given it has to be there. AWS: deal sizing. */
export const estimateExists = perEntry(({ Amount, EstimationUrl }, { settings }) => {
  const url = asString(EstimationUrl);
  if (url === undefined || asString(Amount) !== undefined || estimateOf(url, settings) !== undefined)
    return [];
  return [
    violation(
      'INVALID_VALUE',
      `${spendPath}.EstimationUrl`,
      'The pricing calculator has no estimate under this URL',
    ),
  ];
});

/** AWS: deal sizing on contract values; its older pages have any other company taken for AWS instead. */
export const targetCompany = perEntry(({ TargetCompany }, { settings }) =>
  settings.targetCompany === 'coerce' || TargetCompany === 'AWS' || TargetCompany === 'Self'
    ? []
    : [violation('INVALID_VALUE', `${spendPath}.TargetCompany`, 'A spend is expected by AWS or by Self')],
);

/** The list of the model is longer than what is taken. AWS: the API reference on ExpectedCustomerSpend. */
export const spendCurrency = perEntry(({ CurrencyCode }, { settings }) =>
  settings.currencies === 'model' || CurrencyCode === 'USD' || CurrencyCode === 'EUR'
    ? []
    : [violation('INVALID_VALUE', `${spendPath}.CurrencyCode`, 'A spend is counted in USD or EUR')],
);

/**
 * The European Sovereign Cloud bills in euros. AWS: observed, under this one field name that is neither complete nor
 * in lower case like the others.
 */
export const sovereignCurrency: Rule = (change) => {
  if (stringAt(change.after, 'Project.AwsPartition') !== 'aws-eusc') return [];
  if (!touches(change, spendPath, 'Project.AwsPartition')) return [];
  if (spendOf(change.after).every(({ CurrencyCode }) => CurrencyCode === 'EUR')) return [];
  const message = 'Partition aws-eusc takes a spend in EUR only';
  return [{ code: 'INVALID_VALUE', field: 'ExpectedCustomerSpend.CurrencyCode', message }];
};
