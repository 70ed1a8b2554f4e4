/** AWS's rules about a record's content, all of which a submission checks, whether or not a field was changed. */
import { quoted } from './bad-input.ts';
import { isDay } from './instants.ts';
import { labelOf } from './labels.ts';
import { isEmpty, isMissing } from './patch.ts';
import { getIn, isPlainObject, type PlainObject } from './paths.ts';
import { picklistFields } from './picklists.ts';
import { expectedPostalCode, hasPostalCodes } from './postal-codes.ts';
import { checkRules } from './rules.ts';
import type { Violation } from './violation.ts';

type Rule = (record: unknown, today: string) => readonly Violation[];

const violation = (field: string, code: Violation['code'], predicate: string): Violation => {
  const path = field.split('.');
  return { path, field, code, message: `${labelOf(path)} ${predicate}.` };
};
const requires = (field: string, why = ''): Violation =>
  violation(field, 'REQUIRED_FIELD_MISSING', `is required${why}`);
const invalid = (field: string, predicate: string): Violation => violation(field, 'INVALID_VALUE', predicate);

const textAt = (record: unknown, field: string): string => {
  const value = getIn(record, field);
  return typeof value === 'string' ? value : '';
};
const isSecret = (record: unknown): boolean => getIn(record, 'nationalSecurity') === 'Yes';

const account = 'customer.account';
const country = `${account}.address.countryCode`;
const state = `${account}.address.stateOrRegion`;
const postalCode = `${account}.address.postalCode`;

/** Field sheet and AWS's tables of postal codes: a deal of national security in the United States needs no address. */
const address: Rule = (record) => {
  const [of, code] = [textAt(record, country), textAt(record, postalCode)];
  const isExempt = isSecret(record) && of === 'US';
  const expected = expectedPostalCode(of, code);
  return [
    ...(code === '' && hasPostalCodes(of) && !isExempt ? [requires(postalCode)] : []),
    ...(code !== '' && expected
      ? [
          violation(
            postalCode,
            'INVALID_STRING_FORMAT',
            `must have the form ${expected} in ${of} (# is a digit, @ a letter)`,
          ),
        ]
      : []),
    ...(of === 'US' && !isSecret(record) && isMissing(getIn(record, state))
      ? [requires(state, ' in the United States')]
      : []),
  ];
};

/** The form that AWS publishes in its field sheet. What may follow the first dot is its odd range from `(` to `|`. */
const website = /^(?:https?:\/\/)?(?:www\.)?[a-z0-9-]+\.[\x28-\x7c]+$/i;

const company: Rule = (record) => {
  const url = textAt(record, `${account}.websiteUrl`);
  const isNamed = !isMissing(getIn(record, `${account}.otherIndustry`));
  return [
    // Field sheet; one recorded create passed without.
    ...(getIn(record, `${account}.industry`) === 'Other' && !isNamed
      ? [requires(`${account}.otherIndustry`, ' if the industry is Other')]
      : []),
    ...(url !== '' && !website.test(url)
      ? [
          violation(
            `${account}.websiteUrl`,
            'INVALID_STRING_FORMAT',
            'must be a host such as www.example.com, with or without https://',
          ),
        ]
      : []),
  ];
};

const useCase = 'project.customerUseCase';

/** Customers' use cases are the same with and without blanks around slashes: AWS publishes both, and both were seen to work. */
const spelled = (field: string, text: string): string =>
  field === useCase ? text.replaceAll(/ ?\/ ?/g, '/') : text;

/** Values of AWS's own lists. Unknown APN programs are dropped, not refused. */
const picklists: Rule = (record) =>
  [useCase, 'marketing.useCases', state].flatMap((field) => {
    const { values = [], applies } = picklistFields.get(field) ?? {};
    if (!applies?.(record)) return [];
    const known = new Set(values.map((value) => spelled(field, value)));
    const given = [getIn(record, field)].flat().filter((value) => typeof value === 'string' && value !== '');
    const unknown = (given as string[]).filter((value) => !known.has(spelled(field, value)));
    if (unknown.length === 0) return [];
    const path = field.split('.');
    const message = `${labelOf(path)}: AWS does not accept ${unknown.map(quoted).join(', ')}.`;
    return [{ path, field, code: 'INVALID_ENUM_VALUE' as const, message, allowedValues: values }];
  });

const closeDate = 'lifeCycle.targetCloseDate';
const latest = (today: string): string => `${Number(today.slice(0, 4)) + 60}${today.slice(4)}`;

/** API reference, LifeCycle, and a message of AWS: a day after today, in UTC. */
const closesInFuture: Rule = (record, today) => {
  const date = textAt(record, closeDate);
  if (date === '') return [];
  if (!isDay(date) || date <= today)
    return [invalid(closeDate, `must be a day in the future; it is ${date}`)];
  return date > latest(today)
    ? [violation(closeDate, 'VALUE_OUT_OF_RANGE', `must be at most 60 years ahead; it is ${date}`)]
    : [];
};

const others = 'project.otherCompetitorNames';
const related = 'project.relatedOpportunityIdentifier';
const needs = 'primaryNeedsFromAws';
/** The need that AWS's recordings have and its model does not list: that AWS only sees the deal. */
export const noSupport = 'Do Not Need Support from AWS Sales Rep';

/** Field sheet. */
const deal: Rule = (record) => {
  const asked = getIn(record, needs);
  const list: unknown[] = Array.isArray(asked) ? asked : [];
  const isMixed = list.includes(noSupport) && list.some((need) => need !== noSupport);
  return [
    ...(getIn(record, 'project.competitorName') !== '*Other' && !isMissing(getIn(record, others))
      ? [invalid(others, 'must be empty unless the competitor is Other')]
      : []),
    ...(getIn(record, 'opportunityType') === 'Flat Renewal' && isMissing(getIn(record, related))
      ? [requires(related, ' for a renewal')]
      : []),
    ...(isMixed ? [invalid(needs, 'cannot be both to co-sell and to need no support')] : []),
    ...(isSecret(record) && list.includes(noSupport)
      ? [invalid(needs, 'cannot be to need no support if the opportunity concerns national security')]
      : []),
  ];
};

const spend = 'project.expectedCustomerSpend';
const duration = 'project.expectedContractDuration';
const maxAmount = 1e15;
/** AWS counts contracts in months, twelve years at most. */
const months = /^(?:[1-9]\d?|1[0-3]\d|14[0-4])$/;

/** An amount, which AWS writes as a string or as a number. */
const numberOf = (amount: unknown): number =>
  Number(typeof amount === 'string' ? amount : JSON.stringify(amount));

function checkLine({ amount, estimationUrl, currencyCode }: PlainObject): Violation[] {
  const hasAmount = !isMissing(amount);
  const isInRange = numberOf(amount) > 0 && numberOf(amount) <= maxAmount;
  return [
    ...(hasAmount || !isMissing(estimationUrl) ? [] : [requires(`${spend}.amount`, ', or an estimate')]),
    ...(hasAmount && !isInRange ? [invalid(`${spend}.amount`, 'must be above 0 and at most 10^15')] : []),
    ...(currencyCode === 'USD' || currencyCode === 'EUR'
      ? []
      : [{ ...invalid(`${spend}.currencyCode`, 'must be USD or EUR'), allowedValues: ['USD', 'EUR'] }]),
  ];
}

/** API reference, ExpectedCustomerSpend; developer guide, "Working with deal sizing insights". */
const spending: Rule = (record) => {
  const value = getIn(record, spend);
  const lines = Array.isArray(value) ? value.filter(isPlainObject) : [];
  const hasDuration = !isEmpty(getIn(record, duration));
  const length = getIn(record, `${duration}.value`);
  const currencies = new Set(lines.map(({ currencyCode }) => currencyCode));
  return [
    ...lines.flatMap(checkLine),
    ...(currencies.size > 1 ? [invalid(`${spend}.currencyCode`, 'must be the same in every line')] : []),
    ...(hasDuration && !lines.some(({ targetCompany }) => targetCompany === 'Self')
      ? [invalid(duration, 'must be empty unless a line of the expected spend is for Self')]
      : []),
    ...(typeof length === 'string' && !months.test(length)
      ? [invalid(duration, 'must be 1 to 144 whole months')]
      : []),
  ];
};

const source = 'marketing.source';
const funding = 'marketing.awsFundingUsed';
const useCases = 'marketing.useCases';
const activity = [useCases, 'marketing.campaignName', 'marketing.channels', funding];

/** Field sheet, on Source; API reference, Marketing. AWS has been seen to take a funding of No without marketing. */
const marketing: Rule = (record) => {
  const isWithout = getIn(record, source) === 'None';
  const isUnfunded = getIn(record, funding) === 'No';
  const given = activity.filter(
    (field) => !isEmpty(getIn(record, field)) && !(field === funding && isUnfunded),
  );
  return [
    ...(isWithout
      ? given.map((field) => invalid(field, 'must be empty if the marketing source is None'))
      : []),
    ...(isUnfunded && !isEmpty(getIn(record, useCases))
      ? [invalid(useCases, 'must be empty if AWS funding was not used')]
      : []),
  ];
};

/** The form that AWS documents for these dates allows days that no month has. */
const revenue: Rule = (record) =>
  ['softwareRevenue.effectiveDate', 'softwareRevenue.expirationDate'].flatMap((field) => {
    const date = textAt(record, field);
    return date === '' || isDay(date) ? [] : [invalid(field, `must be a day of the calendar; it is ${date}`)];
  });

/** The other rules that apply to any write. The rules on the life cycle are not among them: the date has one above. */
const general: Rule = (record, today) =>
  checkRules(record, ['customer', 'marketing', 'nationalSecurity', 'project', 'softwareRevenue'], today);

const rules: readonly Rule[] = [
  closesInFuture,
  company,
  address,
  picklists,
  deal,
  spending,
  revenue,
  general,
  marketing,
];

/** The violations of all rules about a record's content. */
export const submissionContent = (record: unknown, today: string): Violation[] =>
  rules.flatMap((rule) => rule(record, today));
