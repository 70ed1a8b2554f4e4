import { noSupport, states } from '../values/picklists.ts';
import { postalCodes } from '../values/postal-codes.ts';
import { listAt, missing, type Rule, stringAt, touches, violation } from './rule.ts';

const accountPath = 'Customer.Account';
const countryPath = `${accountPath}.Address.CountryCode`;

/** An industry that is not in the list is named. AWS: the field sheet; one recorded create got by without. */
export const otherIndustry: Rule = (change) => {
  const [industry, other] = [`${accountPath}.Industry`, `${accountPath}.OtherIndustry`];
  if (change.settings.otherIndustry === 'optional' || !touches(change, industry, other)) return [];
  const unnamed = stringAt(change.after, industry) === 'Other' && stringAt(change.after, other) === undefined;
  return unnamed ? [missing(other)] : [];
};

/** National security is a matter of governments, and of AWS's full support. AWS: the data model on NationalSecurity. */
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
            'National security needs a customer whose industry is Government',
          ),
        ]
      : []),
    ...(needs && listAt(after, 'PrimaryNeedsFromAws').includes(noSupport)
      ? [violation('INVALID_VALUE', 'PrimaryNeedsFromAws', 'National security cannot be for visibility only')]
      : []),
  ];
};

/**
 * AWS publishes its pattern for websites in the data model. This is the same language, written so that it takes one
 * pass: the published form can be made to backtrack for minutes. The odd class reaches from `(` to `|` on purpose.
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

/** The United States know a fixed list of states; elsewhere the member is free. AWS: observed, and the data model. */
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
      'In the United States a state goes by its full name, as AWS lists it',
    ),
  ];
};

/** A postal code has the form of its country. AWS: the published table of formats. */
export const postalCode: Rule = (change) => {
  const path = `${accountPath}.Address.PostalCode`;
  const country = stringAt(change.after, countryPath) ?? '';
  const code = stringAt(change.after, path);
  const published = postalCodes.get(country);
  if (!published || code === undefined || published.pattern.test(code)) return [];
  if (!touches(change, path, countryPath)) return [];
  const message = `A postal code in ${country} has the form ${published.format.split('|').join(' or ')} (# digit, @ letter)`;
  return [violation('INVALID_STRING_FORMAT', path, message)];
};
