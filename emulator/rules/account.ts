import { noSupport, states } from '../values/picklists.ts';
import { postalCodes } from '../values/postal-codes.ts';
import { listAt, missing, type Rule, stringAt, touches, violation } from './rule.ts';

const accountPath = 'Customer.Account';
const countryPath = `${accountPath}.Address.CountryCode`;

/** The industry Other requires a name. AWS: the field sheet; one recorded create passed without. */
export const otherIndustry: Rule = (change) => {
  const [industry, other] = [`${accountPath}.Industry`, `${accountPath}.OtherIndustry`];
  if (change.settings.otherIndustry === 'optional' || !touches(change, industry, other)) return [];
  const unnamed = stringAt(change.after, industry) === 'Other' && stringAt(change.after, other) === undefined;
  return unnamed ? [missing(other)] : [];
};

/** National security requires a government customer and AWS's support. AWS: the data model on NationalSecurity. */
export const nationalSecurity: Rule = (change) => {
  const { after } = change;
  if (after.NationalSecurity !== 'Yes') return [];
  const industry = touches(change, 'NationalSecurity', `${accountPath}.Industry`);
  const needs = touches(change, 'NationalSecurity', 'PrimaryNeedsFromAws');
  return [
    ...(industry && stringAt(after, `${accountPath}.Industry`) !== 'Government'
      ? [
          violation(
            'INVALID_VALUE',
            'NationalSecurity',
            'National security requires a customer in the industry Government',
          ),
        ]
      : []),
    ...(needs && listAt(after, 'PrimaryNeedsFromAws').includes(noSupport)
      ? [violation('INVALID_VALUE', 'PrimaryNeedsFromAws', 'National security cannot be for visibility only')]
      : []),
  ];
};

/**
 * AWS publishes its pattern for websites in the data model. This one accepts the same strings in a single pass: the
 * published form can be made to backtrack for minutes. The odd range from `(` to `|` is intentional.
 */
const website = /^(?:https?:\/\/)?(?:www\.)?[a-zA-Z0-9-]+\.[(-|?]+$/;

export const websiteForm: Rule = (change) => {
  const path = `${accountPath}.WebsiteUrl`;
  const url = stringAt(change.after, path);
  if (url === undefined || website.test(url) || !touches(change, path)) return [];
  return [
    violation(
      'INVALID_STRING_FORMAT',
      path,
      'A website is a host with at least one dot, with or without http(s)',
    ),
  ];
};

/** The state is in AWS's list in the United States, and any string elsewhere. AWS: observed, and the data model. */
export const stateOfCountry: Rule = (change) => {
  const path = `${accountPath}.Address.StateOrRegion`;
  const state = stringAt(change.after, path);
  if (stringAt(change.after, countryPath) !== 'US' || state === undefined || states.includes(state))
    return [];
  if (!touches(change, path, countryPath)) return [];
  return [
    violation(
      'INVALID_ENUM_VALUE',
      path,
      'In the United States the state must be the full name, as AWS lists it',
    ),
  ];
};

/** A postal code must match the format of its country. AWS: the published table of formats. */
export const postalCode: Rule = (change) => {
  const path = `${accountPath}.Address.PostalCode`;
  const country = stringAt(change.after, countryPath) ?? '';
  const code = stringAt(change.after, path);
  const published = postalCodes.get(country);
  if (!published || code === undefined || published.pattern.test(code)) return [];
  if (!touches(change, path, countryPath)) return [];
  const message = `A postal code in ${country} must have the format ${published.format.split('|').join(' or ')} (# digit, @ letter)`;
  return [violation('INVALID_STRING_FORMAT', path, message)];
};
