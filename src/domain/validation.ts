/**
 * What AWS would certainly refuse, found before a write is spent, all of it at once. What is not certain is left to AWS:
 * a wrong refusal is worse than a write.
 */
import { type Constraint, constraints } from './constraints.ts';
import { isEmpty } from './patch.ts';
import { at, isMembers, overlap } from './paths.ts';
import { picklistFields } from './picklists.ts';

/** Something wrong with a field. `path` leads to it, list items numbered from 0; `field` leaves the numbers out. */
export type Complaint = {
  path: string[];
  field: string;
  code:
    | 'REQUIRED_FIELD_MISSING'
    | 'INVALID_STRING_FORMAT'
    | 'INVALID_VALUE'
    | 'NOT_ENOUGH_VALUES'
    | 'TOO_MANY_VALUES'
    | 'NOT_EDITABLE';
  message: string;
  limit?: number;
  allowedValues?: readonly string[];
};

/** A text of a customer's is never repeated: messages say how long it was, and show only what has a form. */
function complaint(path: string[], constraint: Constraint, value: string | unknown[]): Complaint | undefined {
  const field = path.filter((step) => !/^\d+$/.test(step)).join('.');
  const isText = typeof value === 'string';
  const length = isText ? [...value].length : value.length;
  const { min = 0, max = Number.POSITIVE_INFINITY, form, wanted } = constraint;
  const unit = isText ? 'characters' : 'items';
  if (form && isText && !form.test(value))
    return {
      path,
      field,
      code: 'INVALID_STRING_FORMAT',
      message: `${field}: got ${JSON.stringify(value)}, wanted ${wanted}.`,
    };
  if (length >= min && length <= max) return undefined;
  const limit = length > max ? max : min;
  const bound = length > max ? `at most ${max}` : `at least ${min}`;
  const code = isText ? 'INVALID_STRING_FORMAT' : length > max ? 'TOO_MANY_VALUES' : 'NOT_ENOUGH_VALUES';
  return { path, field, code, message: `${field}: got ${length} ${unit}, wanted ${bound}.`, limit };
}

/** Every broken constraint of an input, at every depth. Absent values and nulls break none. */
export function brokenConstraints(input: unknown, path: string[] = [], field = ''): Complaint[] {
  if (Array.isArray(input))
    return input.flatMap((item, index) => brokenConstraints(item, [...path, String(index)], field));
  if (!isMembers(input)) return [];
  return Object.entries(input).flatMap(([name, value]) => {
    const below = field ? `${field}.${name}` : name;
    const constraint = constraints.get(below);
    const broken =
      constraint && (typeof value === 'string' || Array.isArray(value))
        ? complaint([...path, name], constraint, value)
        : undefined;
    return [...(broken ? [broken] : []), ...brokenConstraints(value, [...path, name], below)];
  });
}

/** A rule over several fields of a record, in AWS's values. It speaks up only when one of its fields was touched. */
type Rule = {
  fields: readonly string[];
  check(record: unknown, today: string): Omit<Complaint, 'path'> | undefined;
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
  const spend = at(record, 'project.expectedCustomerSpend');
  return Array.isArray(spend) ? spend.filter(isMembers) : [];
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
      !isEmpty(at(record, 'customer.account')) && isEmpty(at(record, 'customer.account.companyName'))
        ? missing('customer.account.companyName', 'the account has other values')
        : undefined,
  },
  {
    // API reference, LifeCycle: a reason goes with a lost deal, and with no other.
    fields: ['lifeCycle.stage', 'lifeCycle.closedLostReason'],
    check(record) {
      const isLost = at(record, 'lifeCycle.stage') === 'Closed Lost';
      const hasReason = !isEmpty(at(record, 'lifeCycle.closedLostReason'));
      if (isLost && !hasReason) return missing('lifeCycle.closedLostReason', 'the stage is CLOSED_LOST');
      if (!isLost && hasReason && !isEmpty(at(record, 'lifeCycle.stage')))
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
      const date = at(record, 'lifeCycle.targetCloseDate');
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
      at(record, 'project.competitorName') === '*Other' && isEmpty(at(record, 'project.otherCompetitorNames'))
        ? missing('project.otherCompetitorNames', 'the competitor is OTHER')
        : undefined,
  },
  {
    // API reference, CreateOpportunity: national security is the government's.
    fields: ['nationalSecurity', 'customer.account.industry'],
    check: (record) =>
      at(record, 'nationalSecurity') === 'Yes' && at(record, 'customer.account.industry') !== 'Government'
        ? invalid('nationalSecurity', 'got YES, which goes with the industry GOVERNMENT only.')
        : undefined,
  },
  {
    // API reference, Marketing.
    fields: ['marketing.source', 'marketing.awsFundingUsed'],
    check: (record) =>
      at(record, 'marketing.source') === 'Marketing Activity' &&
      isEmpty(at(record, 'marketing.awsFundingUsed'))
        ? missing('marketing.awsFundingUsed', 'the source is MARKETING_ACTIVITY')
        : undefined,
  },
  {
    // API reference, SoftwareRevenue.
    fields: ['softwareRevenue.effectiveDate', 'softwareRevenue.expirationDate'],
    check(record) {
      const [from, to] = [
        at(record, 'softwareRevenue.effectiveDate'),
        at(record, 'softwareRevenue.expirationDate'),
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
      at(record, 'project.awsPartition') === 'aws-eusc' &&
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
      if (own.length === 1 && isEmpty(at(record, duration)))
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
export function brokenRules(record: unknown, touched: readonly string[], today: string): Complaint[] {
  return crossFieldRules
    .filter(({ fields }) => overlap([...touched], fields).length > 0)
    .flatMap(({ check }) => check(record, today) ?? [])
    .map((found) => ({ ...found, path: found.field.split('.') }));
}

/**
 * Texts of an input that no list of AWS holds. AWS decides about them; a caller may have mistyped.
 *
 * @param record what the input makes of the record: whether a list counts can depend on the country
 */
export function doubtfulPicks(
  input: unknown,
  record: unknown,
): { path: string[]; message: string; allowedValues: readonly string[] }[] {
  return [...picklistFields].flatMap(([field, { values, applies }]) => {
    const value = at(input, field);
    const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
    const doubtful = texts.filter((one) => !values.includes(one));
    if (doubtful.length === 0 || !applies(record)) return [];
    const message = `${field}: ${doubtful.map((one) => JSON.stringify(one)).join(', ')} is not among the values that AWS is known to accept.`;
    return [{ path: field.split('.'), message, allowedValues: values }];
  });
}
