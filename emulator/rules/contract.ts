import { isDay } from '../instant.ts';
import { type Rule, stringAt, touches, valueAt, violation } from './rule.ts';
import { spendOf } from './spend.ts';

const spendPath = 'Project.ExpectedCustomerSpend';
const durationPath = 'Project.ExpectedContractDuration';

/**
 * The Self entry, which is the value of a contract, and the contract's duration belong together. A new record cannot
 * have one without the other; an update that omits the entry gets it back (see normalise). AWS: deal sizing.
 */
export const contractComplete: Rule = (change) => {
  if (!touches(change, spendPath, durationPath)) return [];
  const self = spendOf(change.after).some(({ TargetCompany }) => TargetCompany === 'Self');
  const duration = valueAt(change.after, durationPath) !== undefined;
  if (self && !duration)
    return [violation('INVALID_VALUE', durationPath, 'A Self spend requires the duration of its contract')];
  if (self || !duration || change.before) return [];
  return [violation('INVALID_VALUE', durationPath, 'The duration of a contract requires a Self spend')];
};

/** One contract, in the same currency as the other spends, without an estimate. AWS: deal sizing. */
export const contractEntries: Rule = (change) => {
  if (!touches(change, spendPath)) return [];
  const spend = spendOf(change.after);
  const self = spend.filter(({ TargetCompany }) => TargetCompany === 'Self');
  const currencies = new Set(spend.map(({ CurrencyCode }) => CurrencyCode));
  return [
    ...(self.length > 1
      ? [violation('INVALID_VALUE', `${spendPath}.TargetCompany`, 'There can be only one Self spend')]
      : []),
    ...(currencies.size > 1
      ? [
          violation(
            'INVALID_VALUE',
            `${spendPath}.CurrencyCode`,
            'All spends of an opportunity must be in one currency',
          ),
        ]
      : []),
    ...(self.some(({ EstimationUrl }) => EstimationUrl !== undefined)
      ? [violation('INVALID_VALUE', `${spendPath}.EstimationUrl`, 'A Self spend cannot have an estimate')]
      : []),
  ];
};

/** Whole months, from one month to twelve years. AWS: deal sizing. */
export const contractDuration: Rule = (change) => {
  const value = stringAt(change.after, `${durationPath}.Value`);
  if (value === undefined || !touches(change, durationPath)) return [];
  if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 144) return [];
  return [
    violation('INVALID_VALUE', durationPath, 'The duration of a contract must be 1 to 144 whole months'),
  ];
};

/** Software revenue cannot expire before it takes effect. AWS: the data model on SoftwareRevenue. */
export const revenueDates: Rule = (change) => {
  const paths = ['SoftwareRevenue.EffectiveDate', 'SoftwareRevenue.ExpirationDate'] as const;
  if (!touches(change, ...paths)) return [];
  const [start, end] = paths.map((path) => stringAt(change.after, path));
  const invalid = paths.filter((path) => !isDay(stringAt(change.after, path) ?? '2000-01-01'));
  if (invalid.length > 0)
    return invalid.map((path) =>
      violation('INVALID_VALUE', path, `${stringAt(change.after, path)} is not a day of the calendar`),
    );
  if (start === undefined || end === undefined || start <= end) return [];
  return [violation('INVALID_VALUE', paths[1], 'A contract cannot end before it starts')];
};
