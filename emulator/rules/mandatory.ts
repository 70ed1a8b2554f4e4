import { asText, dig, type JsonObject } from '../json.ts';
import { withoutPostalCode } from '../values/countries.ts';
import type { Rule } from './rule.ts';

type Mandatory = {
  readonly path: readonly string[];
  /** Records of which this may be missing. */
  readonly unless?: (record: JsonObject) => boolean;
  /** Demanded of a new record only; an update may take it away. */
  readonly onlyNew?: true;
};

const country = (record: JsonObject) => asText(dig(record, 'Customer', 'Account', 'Address', 'CountryCode'));
const secret = (record: JsonObject) => record.NationalSecurity === 'Yes';

/** What every record must say before anybody submits it. */
const mandatory: readonly Mandatory[] = [
  { path: ['Customer', 'Account', 'CompanyName'] },
  { path: ['Customer', 'Account', 'Industry'] },
  { path: ['Customer', 'Account', 'WebsiteUrl'], unless: secret },
  { path: ['Customer', 'Account', 'Address', 'CountryCode'] },
  {
    path: ['Customer', 'Account', 'Address', 'PostalCode'],
    unless: (record) =>
      withoutPostalCode.has(country(record) ?? '') || (secret(record) && country(record) === 'US'),
  },
  {
    path: ['Customer', 'Account', 'Address', 'StateOrRegion'],
    unless: (record) => secret(record) || country(record) !== 'US',
  },
  { path: ['Project', 'Title'] },
  { path: ['Project', 'CustomerBusinessProblem'] },
  { path: ['Project', 'ExpectedCustomerSpend'], onlyNew: true },
  { path: ['LifeCycle', 'TargetCloseDate'] },
];

/**
 * A create must bring all of these. An update must not take one away, which is what happens when a caller forgets
 * that an omitted member is a cleared one; what a record never had, it need not gain.
 */
export const mandatoryMembers: Rule = ({ before, after, settings }) => {
  if (settings.createRules === 'lenient') return [];
  return mandatory
    .filter(({ path, unless, onlyNew }) => {
      if (isSet(after, path) || unless?.(after)) return false;
      return before === undefined || (!onlyNew && isSet(before, path));
    })
    .map(({ path }) => missing(path));
};

/** The one member that an update cannot do without, however lenient. */
export const stageAtUpdate: Rule = ({ before, after }) =>
  before === undefined || isSet(after, ['LifeCycle', 'Stage']) ? [] : [missing(['LifeCycle', 'Stage'])];

function missing(path: readonly string[]) {
  const field = path.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).join('.');
  return { code: 'REQUIRED_FIELD_MISSING', field, message: `${field} is required` };
}

function isSet(record: JsonObject, path: readonly string[]): boolean {
  const value = dig(record, ...path) ?? '';
  return Array.isArray(value) ? value.length > 0 : value !== '';
}
