import type { JsonObject } from '../json.ts';
import { withoutPostalCode } from '../values/countries.ts';
import { missing, type Rule, stringAt, valueAt } from './rule.ts';

type Mandatory = {
  readonly path: string;
  /** Records of which this may be missing. */
  readonly unless?: (record: JsonObject) => boolean;
  /** Demanded of a new record only; an update may take it away. */
  readonly onlyNew?: true;
};

const countryOf = (record: JsonObject) => stringAt(record, 'Customer.Account.Address.CountryCode');
const isNationalSecurity = (record: JsonObject) => record.NationalSecurity === 'Yes';

/** What every record must say before anybody submits it. AWS: the field sheets' column of required fields. */
const mandatory: readonly Mandatory[] = [
  { path: 'Customer.Account.CompanyName' },
  { path: 'Customer.Account.Industry' },
  { path: 'Customer.Account.WebsiteUrl', unless: isNationalSecurity },
  { path: 'Customer.Account.Address.CountryCode' },
  {
    path: 'Customer.Account.Address.PostalCode',
    unless: (record) =>
      withoutPostalCode.has(countryOf(record) ?? '') ||
      (isNationalSecurity(record) && countryOf(record) === 'US'),
  },
  {
    path: 'Customer.Account.Address.StateOrRegion',
    unless: (record) => isNationalSecurity(record) || countryOf(record) !== 'US',
  },
  { path: 'Project.Title' },
  { path: 'Project.CustomerBusinessProblem' },
  { path: 'Project.ExpectedCustomerSpend', onlyNew: true },
  { path: 'LifeCycle.TargetCloseDate' },
];

/**
 * A create must bring all of these. An update must not take one away, which is what happens when a caller forgets
 * that an omitted member is a cleared one; what a record never had, it need not gain.
 */
export const mandatoryMembers: Rule = ({ before, after, settings }) => {
  if (settings.createRules === 'lenient') return [];
  return mandatory
    .filter(({ path, unless, onlyNew }) => {
      if (valueAt(after, path) !== undefined || unless?.(after)) return false;
      // A change of country or secrecy can make a member necessary that was not so before.
      const wasNeeded = !before || !unless?.(before);
      return !before || (!onlyNew && (valueAt(before, path) !== undefined || !wasNeeded));
    })
    .map(({ path }) => missing(path));
};

/** The one member that an update cannot do without, however lenient. AWS: required for updates, says the data model. */
export const stageAtUpdate: Rule = ({ before, after }) =>
  !before || valueAt(after, 'LifeCycle.Stage') !== undefined ? [] : [missing('LifeCycle.Stage')];
