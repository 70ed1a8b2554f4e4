import { isDay, toDay } from '../instant.ts';
import { asText, canonical, dig, isObject } from '../json.ts';
import { states } from '../values/picklists.ts';
import type { Change, Rule } from './rule.ts';

const DAY = 86_400_000;

/** Whether the change leaves this member as it is: what is stored is accepted back, right or wrong. */
const untouched = ({ before, after }: Change, ...path: string[]): boolean =>
  before !== undefined && canonical(dig(before, ...path) ?? null) === canonical(dig(after, ...path) ?? null);

/** A deal closes after today and within sixty years. */
export const closeDate: Rule = (change) => {
  const day = asText(dig(change.after, 'LifeCycle', 'TargetCloseDate'));
  if (day === undefined || untouched(change, 'LifeCycle', 'TargetCloseDate')) return [];
  const field = 'lifeCycle.targetCloseDate';
  if (!isDay(day)) return [{ code: 'INVALID_VALUE', field, message: `${day} is not a day of the calendar` }];
  // The code of this one refusal is not in the service's own list; it was observed so.
  if (day <= toDay(change.now))
    return [
      { code: 'BUSINESS_VALIDATION_EXCEPTION', field, message: 'Target Close Date should be a future date' },
    ];
  if (day > toDay(change.now + 60 * 365.25 * DAY)) {
    const message = 'Invalid date selection. Please select a date within an acceptable range.';
    return [{ code: 'VALUE_OUT_OF_RANGE', field, message }];
  }
  return [];
};

/** The United States know a fixed list of states; elsewhere the member is free. */
export const stateOfCountry: Rule = (change) => {
  const address = dig(change.after, 'Customer', 'Account', 'Address');
  const state = asText(dig(address, 'StateOrRegion'));
  if (dig(address, 'CountryCode') !== 'US' || !state || states.includes(state)) return [];
  if (untouched(change, 'Customer', 'Account', 'Address')) return [];
  const field = 'customer.account.address.stateOrRegion';
  return [
    { code: 'INVALID_ENUM_VALUE', field, message: `${field} must be a state's full name, as AWS lists it` },
  ];
};

/** An expected spend says how much: an amount above zero and up to 10^15, or an estimate to take it from. */
export const spendAmount: Rule = (change) => {
  const spend = dig(change.after, 'Project', 'ExpectedCustomerSpend');
  if (change.settings.createRules === 'lenient' || !Array.isArray(spend)) return [];
  if (untouched(change, 'Project', 'ExpectedCustomerSpend')) return [];
  const field = 'project.expectedCustomerSpend.amount';
  return spend.filter(isObject).flatMap(({ Amount, EstimationUrl }) => {
    const amount = asText(Amount) ?? '';
    if (amount === '')
      return EstimationUrl
        ? []
        : [{ code: 'REQUIRED_FIELD_MISSING', field, message: `${field} is required` }];
    if (Number(amount) > 0 && Number(amount) <= 1e15) return [];
    return [{ code: 'INVALID_VALUE', field, message: `Please provide a value above 0 for ${field}` }];
  });
};

/** A record cannot begin its life as lost. */
export const stageAtCreate: Rule = ({ before, after }) => {
  if (before !== undefined || dig(after, 'LifeCycle', 'Stage') !== 'Closed Lost') return [];
  const message = "An opportunity cannot be created at stage 'Closed Lost'";
  return [{ code: 'INVALID_VALUE', field: 'lifeCycle.stage', message }];
};
