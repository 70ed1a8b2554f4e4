import type { JsonObject } from '../json.ts';
import { withoutPostalCode } from '../values/countries.ts';
import { at, missing, type Rule, textAt } from './rule.ts';

type Mandatory = {
  readonly path: string;
  /** Records of which this may be missing. */
  readonly unless?: (record: JsonObject) => boolean;
  /** Demanded of a new record only; an update may take it away. */
  readonly onlyNew?: true;
};

const country = (record: JsonObject) => textAt(record, 'Customer.Account.Address.CountryCode');
const secret = (record: JsonObject) => record.NationalSecurity === 'Yes';

/** What every record must say before anybody submits it. AWS: the field sheets' column of required fields. */
const mandatory: readonly Mandatory[] = [
  { path: 'Customer.Account.CompanyName' },
  { path: 'Customer.Account.Industry' },
  { path: 'Customer.Account.WebsiteUrl', unless: secret },
  { path: 'Customer.Account.Address.CountryCode' },
  {
    path: 'Customer.Account.Address.PostalCode',
    unless: (record) =>
      withoutPostalCode.has(country(record) ?? '') || (secret(record) && country(record) === 'US'),
  },
  {
    path: 'Customer.Account.Address.StateOrRegion',
    unless: (record) => secret(record) || country(record) !== 'US',
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
      if (at(after, path) !== undefined || unless?.(after)) return false;
      // A change of country or secrecy can make a member necessary that was not so before.
      const wasNeeded = before === undefined || !unless?.(before);
      return before === undefined || (!onlyNew && (at(before, path) !== undefined || !wasNeeded));
    })
    .map(({ path }) => missing(path));
};

/** The one member that an update cannot do without, however lenient. AWS: required for updates, says the data model. */
export const stageAtUpdate: Rule = ({ before, after }) =>
  before === undefined || at(after, 'LifeCycle.Stage') !== undefined ? [] : [missing('LifeCycle.Stage')];
