/** What AWS demands of several fields together. */
import { isEmpty } from './patch.ts';
import { getIn, isPlainObject, overlap } from './paths.ts';
import type { Violation } from './violation.ts';

/** A rule over several fields of a record, in AWS's values. It speaks up only when one of its fields was touched. */
type Rule = {
  fields: readonly string[];
  check(record: unknown, today: string): Omit<Violation, 'path'> | undefined;
};

const missing = (field: string, why: string) =>
  ({
    field,
    code: 'REQUIRED_FIELD_MISSING',
    message: `${field}: got nothing, wanted a value; ${why}.`,
  }) as const;
const invalid = (field: string, message: string) =>
  ({ field, code: 'INVALID_VALUE', message: `${field}: ${message}` }) as const;

const spendOf = (
  record: unknown,
): { targetCompany?: string; currencyCode?: string; estimationUrl?: string }[] => {
  const spend = getIn(record, 'project.expectedCustomerSpend');
  return Array.isArray(spend) ? spend.filter(isPlainObject) : [];
};
const spend = 'project.expectedCustomerSpend';
const duration = 'project.expectedContractDuration';

/** The last day that AWS takes: sixty years ahead. */
const inSixtyYears = (today: string): string => `${Number(today.slice(0, 4)) + 60}${today.slice(4)}`;

/** Rules on which AWS's model, its documentation and those who use it agree. */
const crossFieldRules: readonly Rule[] = [
  {
    // API model: an account has a name.
    fields: ['customer.account'],
    check: (record) =>
      !isEmpty(getIn(record, 'customer.account')) && isEmpty(getIn(record, 'customer.account.companyName'))
        ? missing('customer.account.companyName', 'the account has other values')
        : undefined,
  },
  {
    // API reference, LifeCycle: a reason goes with a lost deal, and with no other.
    fields: ['lifeCycle.stage', 'lifeCycle.closedLostReason'],
    check(record) {
      const isLost = getIn(record, 'lifeCycle.stage') === 'Closed Lost';
      const hasReason = !isEmpty(getIn(record, 'lifeCycle.closedLostReason'));
      if (isLost && !hasReason) return missing('lifeCycle.closedLostReason', 'the stage is CLOSED_LOST');
      if (!isLost && hasReason && !isEmpty(getIn(record, 'lifeCycle.stage')))
        return invalid(
          'lifeCycle.closedLostReason',
          'got a reason, wanted null unless the stage is CLOSED_LOST.',
        );
      return undefined;
    },
  },
  {
    // API reference, LifeCycle: the date lies ahead. A day of grace, because AWS does not say whose midnight counts.
    fields: ['lifeCycle.targetCloseDate'],
    check(record, today) {
      const date = getIn(record, 'lifeCycle.targetCloseDate');
      if (typeof date !== 'string' || (date >= today && date <= inSixtyYears(today))) return undefined;
      return invalid(
        'lifeCycle.targetCloseDate',
        `got ${date}, wanted a day in the future, at most 60 years ahead.`,
      );
    },
  },
  {
    // API reference, Project.
    fields: ['project.competitorName', 'project.otherCompetitorNames'],
    check: (record) =>
      getIn(record, 'project.competitorName') === '*Other' &&
      isEmpty(getIn(record, 'project.otherCompetitorNames'))
        ? missing('project.otherCompetitorNames', 'the competitor is OTHER')
        : undefined,
  },
  {
    // API reference, CreateOpportunity: national security is the government's.
    fields: ['nationalSecurity', 'customer.account.industry'],
    check: (record) =>
      getIn(record, 'nationalSecurity') === 'Yes' &&
      getIn(record, 'customer.account.industry') !== 'Government'
        ? invalid('nationalSecurity', 'got YES, which goes with the industry GOVERNMENT only.')
        : undefined,
  },
  {
    // API reference, Marketing.
    fields: ['marketing.source', 'marketing.awsFundingUsed'],
    check: (record) =>
      getIn(record, 'marketing.source') === 'Marketing Activity' &&
      isEmpty(getIn(record, 'marketing.awsFundingUsed'))
        ? missing('marketing.awsFundingUsed', 'the source is MARKETING_ACTIVITY')
        : undefined,
  },
  {
    // API reference, SoftwareRevenue.
    fields: ['softwareRevenue.effectiveDate', 'softwareRevenue.expirationDate'],
    check(record) {
      const [from, to] = [
        getIn(record, 'softwareRevenue.effectiveDate'),
        getIn(record, 'softwareRevenue.expirationDate'),
      ];
      return typeof from === 'string' && typeof to === 'string' && from > to
        ? invalid(
            'softwareRevenue.expirationDate',
            `got ${to}, wanted a day not before effectiveDate, ${from}.`,
          )
        : undefined;
    },
  },
  {
    // API reference, ExpectedCustomerSpend: the European partition is paid in euros.
    fields: ['project.awsPartition', spend],
    check: (record) =>
      getIn(record, 'project.awsPartition') === 'aws-eusc' &&
      spendOf(record).some(({ currencyCode }) => currencyCode !== 'EUR')
        ? {
            ...invalid(`${spend}.currencyCode`, 'wanted EUR in the partition AWS_EUSC.'),
            allowedValues: ['EUR'],
          }
        : undefined,
  },
  {
    // Developer guide, "Working with deal sizing insights".
    fields: [spend, duration],
    check(record) {
      const entries = spendOf(record);
      const own = entries.filter(({ targetCompany }) => targetCompany === 'Self');
      if (own.length > 1)
        return invalid(`${spend}.targetCompany`, `got ${own.length} entries for Self, wanted one at most.`);
      if (own.length === 1 && isEmpty(getIn(record, duration)))
        return missing(duration, 'an entry of the expected spend is for Self');
      if (own.some(({ estimationUrl }) => !isEmpty(estimationUrl)))
        return invalid(
          `${spend}.estimationUrl`,
          'got an estimate on the entry for Self, wanted an amount there.',
        );
      if (own.length === 1 && new Set(entries.map(({ currencyCode }) => currencyCode)).size > 1)
        return invalid(
          `${spend}.currencyCode`,
          'got several currencies, wanted the same one in every entry.',
        );
      return undefined;
    },
  },
];

/**
 * The rules over several fields that a record breaks, of those that look at a field in `touched`.
 *
 * @param today the day, `YYYY-MM-DD`, by which dates lie ahead
 */
export function checkRules(record: unknown, touched: readonly string[], today: string): Violation[] {
  return crossFieldRules
    .filter(({ fields }) => overlap([...touched], fields).length > 0)
    .flatMap(({ check }) => check(record, today) ?? [])
    .map((found) => ({ ...found, path: found.field.split('.') }));
}
