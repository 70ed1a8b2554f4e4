import type { JsonObject } from '../json.ts';
import { withoutPostalCode } from '../values/countries.ts';
import { missing, type Rule, stringAt, valueAt } from './rule.ts';

type Mandatory = {
  readonly path: string;
  /** Records that do not require the member. */
  readonly unless?: (record: JsonObject) => boolean;
  /** Required of a new record only; an update may clear it. */
  readonly onlyNew?: true;
  /** Part of the address that AWS was observed not to require before a submission, against its field sheets. */
  readonly address?: true;
};

const countryOf = (record: JsonObject) => stringAt(record, 'Customer.Account.Address.CountryCode');
const isNationalSecurity = (record: JsonObject) => record.NationalSecurity === 'Yes';

/** The members every submitted record requires, and most of them every other one, too. AWS: the field sheets' column of required fields. */
const mandatory: readonly Mandatory[] = [
  { path: 'Customer.Account.CompanyName' },
  { path: 'Customer.Account.Industry' },
  { path: 'Customer.Account.WebsiteUrl', unless: isNationalSecurity },
  { path: 'Customer.Account.Address.CountryCode' },
  {
    path: 'Customer.Account.Address.PostalCode',
    address: true,
    unless: (record) =>
      withoutPostalCode.has(countryOf(record) ?? '') ||
      (isNationalSecurity(record) && countryOf(record) === 'US'),
  },
  {
    path: 'Customer.Account.Address.StateOrRegion',
    address: true,
    unless: (record) => isNationalSecurity(record) || countryOf(record) !== 'US',
  },
  { path: 'Project.Title' },
  { path: 'Project.CustomerBusinessProblem' },
  { path: 'Project.ExpectedCustomerSpend', onlyNew: true },
  { path: 'LifeCycle.TargetCloseDate' },
];

/**
 * A create must have all of these. An update must not clear one, which happens if a caller forgets that omitting a
 * member clears it; it need not add what the record never had.
 */
export const mandatoryMembers: Rule = ({ before, after, settings }) => {
  if (settings.createRules === 'lenient') return [];
  return mandatory
    .filter(({ path, unless, onlyNew, address }) => {
      if (address && settings.addresses === 'submit') return false;
      if (valueAt(after, path) !== undefined || unless?.(after)) return false;
      // A change of country or national security can make another member required.
      const wasNeeded = !before || !unless?.(before);
      return !before || (!onlyNew && (valueAt(before, path) !== undefined || !wasNeeded));
    })
    .map(({ path }) => missing(path));
};

/** What a submission requires, in addition to what the record required before. */
export const mandatoryAtSubmission: Rule = ({ after }) =>
  mandatory
    .filter(({ path, unless }) => valueAt(after, path) === undefined && !unless?.(after))
    .map(({ path }) => missing(path));

/** The only member that every update requires, even with lenient rules. AWS: the data model, required for updates. */
export const stageAtUpdate: Rule = ({ before, after }) =>
  !before || valueAt(after, 'LifeCycle.Stage') !== undefined ? [] : [missing('LifeCycle.Stage')];
