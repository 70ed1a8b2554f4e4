/** AWS's rules over several fields, and for a new opportunity. */
import { labelOf } from './labels.ts';
import { isEmpty, isMissing } from './patch.ts';
import { getIn, isPlainObject, overlap } from './paths.ts';
import type { Violation } from './violation.ts';

/** A rule over several fields of a record, in AWS's values. It is checked only if one of its fields was changed. */
type Rule = {
  fields: readonly string[];
  check(record: unknown, today: string): readonly Violation[];
};

const missing = (field: string, why = ''): Violation => {
  const path = field.split('.');
  return { path, field, code: 'REQUIRED_FIELD_MISSING', message: `${labelOf(path)} is required${why}.` };
};
/** @param predicate what is wrong, after the field's name */
const invalid = (field: string, predicate: string): Violation => {
  const path = field.split('.');
  return { path, field, code: 'INVALID_VALUE', message: `${labelOf(path)} ${predicate}.` };
};

type Spend = { targetCompany?: string; currencyCode?: string; estimationUrl?: string };

const spend = 'project.expectedCustomerSpend';
const duration = 'project.expectedContractDuration';

function spendOf(record: unknown): Spend[] {
  const lines = getIn(record, spend);
  return Array.isArray(lines) ? lines.filter(isPlainObject) : [];
}

/** The last day that AWS accepts: sixty years ahead. */
const inSixtyYears = (today: string): string => `${Number(today.slice(0, 4)) + 60}${today.slice(4)}`;

/** Rules on which AWS's model, its documentation and reports of its users agree. */
const crossFieldRules: readonly Rule[] = [
  {
    // API model: an account has a name.
    fields: ['customer.account'],
    check: (record) =>
      !isEmpty(getIn(record, 'customer.account')) && isEmpty(getIn(record, 'customer.account.companyName'))
        ? [missing('customer.account.companyName')]
        : [],
  },
  {
    // API reference, LifeCycle: a lost deal has a reason, and no other deal does.
    fields: ['lifeCycle.stage', 'lifeCycle.closedLostReason'],
    check(record) {
      const stage = getIn(record, 'lifeCycle.stage');
      const hasReason = !isEmpty(getIn(record, 'lifeCycle.closedLostReason'));
      if (stage === 'Closed Lost' && !hasReason)
        return [missing('lifeCycle.closedLostReason', ' when the stage is Closed Lost')];
      return hasReason && !isEmpty(stage) && stage !== 'Closed Lost'
        ? [invalid('lifeCycle.closedLostReason', 'must be empty unless the stage is Closed Lost')]
        : [];
    },
  },
  {
    // API reference, LifeCycle: a date in the future. Today is accepted, because AWS does not document the time zone.
    fields: ['lifeCycle.targetCloseDate'],
    check(record, today) {
      const date = getIn(record, 'lifeCycle.targetCloseDate');
      if (typeof date !== 'string' || (date >= today && date <= inSixtyYears(today))) return [];
      const predicate = `must be in the future, at most 60 years ahead; it is ${date}`;
      return [invalid('lifeCycle.targetCloseDate', predicate)];
    },
  },
  {
    // API reference, Project.
    fields: ['project.competitorName', 'project.otherCompetitorNames'],
    check: (record) =>
      getIn(record, 'project.competitorName') === '*Other' &&
      isEmpty(getIn(record, 'project.otherCompetitorNames'))
        ? [missing('project.otherCompetitorNames', ' when the competitor is Other')]
        : [],
  },
  {
    // API reference, CreateOpportunity: national security requires the industry Government.
    fields: ['nationalSecurity', 'customer.account.industry'],
    check: (record) =>
      getIn(record, 'nationalSecurity') === 'Yes' &&
      getIn(record, 'customer.account.industry') !== 'Government'
        ? [invalid('nationalSecurity', 'can be Yes only in the industry Government')]
        : [],
  },
  {
    // API reference, Marketing.
    fields: ['marketing.source', 'marketing.awsFundingUsed'],
    check: (record) =>
      getIn(record, 'marketing.source') === 'Marketing Activity' &&
      isEmpty(getIn(record, 'marketing.awsFundingUsed'))
        ? [missing('marketing.awsFundingUsed', ' when the marketing source is Marketing Activity')]
        : [],
  },
  {
    // API reference, SoftwareRevenue. Either date may be a stored one, which the caller may not be allowed to read.
    fields: ['softwareRevenue.effectiveDate', 'softwareRevenue.expirationDate'],
    check(record) {
      const from = getIn(record, 'softwareRevenue.effectiveDate');
      const to = getIn(record, 'softwareRevenue.expirationDate');
      return typeof from === 'string' && typeof to === 'string' && from > to
        ? [invalid('softwareRevenue.expirationDate', 'must not be before its start')]
        : [];
    },
  },
  {
    // API reference, ExpectedCustomerSpend: spend in the European partition is in euros.
    fields: ['project.awsPartition', spend],
    check: (record) =>
      getIn(record, 'project.awsPartition') === 'aws-eusc' &&
      spendOf(record).some(({ currencyCode }) => currencyCode !== 'EUR')
        ? [
            {
              ...invalid(`${spend}.currencyCode`, 'must be EUR in the AWS partition aws-eusc'),
              allowedValues: ['EUR'],
            },
          ]
        : [],
  },
  {
    // Developer guide, "Working with deal sizing insights".
    fields: [spend, duration],
    check(record) {
      const lines = spendOf(record);
      const own = lines.filter(({ targetCompany }) => targetCompany === 'Self');
      if (own.length === 0) return [];
      const currencies = new Set(lines.map(({ currencyCode }) => currencyCode));
      return [
        own.length > 1
          ? [invalid(`${spend}.targetCompany`, `can be Self in one line only; it is in ${own.length}`)]
          : [],
        isEmpty(getIn(record, duration))
          ? [missing(duration, ' when a line of the expected spend is for Self')]
          : [],
        own.some(({ estimationUrl }) => !isEmpty(estimationUrl))
          ? [invalid(`${spend}.estimationUrl`, 'must be empty in the line for Self, which has an amount')]
          : [],
        currencies.size > 1 ? [invalid(`${spend}.currencyCode`, 'must be the same in every line')] : [],
      ].flat();
    },
  },
];

/**
 * The violations of rules over several fields, for the rules that involve a field in `touched`.
 *
 * @param today the earliest target close date that is accepted, `YYYY-MM-DD`
 */
export function checkRules(record: unknown, touched: readonly string[], today: string): Violation[] {
  return crossFieldRules
    .filter(({ fields }) => overlap([...touched], fields).length > 0)
    .flatMap(({ check }) => check(record, today));
}

/**
 * The required fields of a new opportunity, on which AWS's field sheet ("Required") and users of the API agree. Fields
 * that depend on the country (state, postal code) are left to AWS, which accepts them later.
 */
const requiredOnCreate: readonly string[] = [
  'customer.account.companyName',
  'customer.account.industry',
  'customer.account.address.countryCode',
  'customer.account.websiteUrl',
  'project.title',
  'project.customerBusinessProblem',
  spend,
  'lifeCycle.targetCloseDate',
];

/** The missing fields of a new opportunity. No website is required for deals that concern national security. */
export function checkRequired(record: unknown): Violation[] {
  const isSecret = getIn(record, 'nationalSecurity') === 'Yes';
  return requiredOnCreate
    .filter((field) => isMissing(getIn(record, field)) && !(isSecret && field.endsWith('.websiteUrl')))
    .map((field) => missing(field));
}
