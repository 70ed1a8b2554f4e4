/** What AWS would certainly refuse of a lead, and what an opportunity would refuse when the lead is converted. */
import { enums } from '../generated/enums.ts';
import type { WireLead } from '../upstream/wire.ts';
import { quoted } from './bad-input.ts';
import { leadConstraints } from './constraints.ts';
import { labelOf } from './labels.ts';
import { isEmpty, isMissing } from './patch.ts';
import { getIn, isPlainObject, type PlainObject } from './paths.ts';
import { checkConstraints } from './validation.ts';
import type { Violation } from './violation.ts';

const missing = (path: string[], why: string, field = path.join('.')): Violation => ({
  path,
  field,
  code: 'REQUIRED_FIELD_MISSING',
  message: `${labelOf(path)} ${why}.`,
});

/** The violations of a new lead. A missing field is reported as that only. */
export function checkNewLead(input: PlainObject): Violation[] {
  // API model, LeadContext: a company with a name, and interactions.
  const required = [['customer', 'companyName'], ['interactions']];
  const found = required
    .filter((path) => isMissing(getIn(input, path.join('.'))))
    .map((path) => missing(path, 'is required'));
  const broken = checkConstraints(input, leadConstraints);
  return [...found, ...broken.filter(({ field }) => !found.some((one) => one.field === field))];
}

/** The violations of a change that are certain regardless of the lead, at their paths in the input. */
export function checkLeadChange(
  patch: PlainObject,
  addInteraction: PlainObject | null | undefined,
): Violation[] {
  const cleared = ['customer', 'customer.companyName'].filter((field) => {
    const value = getIn(patch, field);
    return value === null || value === '';
  });
  const required = cleared.map((field) => missing(field.split('.'), 'cannot be cleared: AWS requires it'));
  const broken = checkConstraints(patch, leadConstraints).filter(({ field }) => !cleared.includes(field));
  const ofInteraction = checkConstraints({ addInteraction }, leadConstraints);
  return [
    ...[...required, ...broken].map((one) => ({ ...one, path: ['patch', ...one.path] })),
    ...ofInteraction.map((one) => ({ ...one, field: one.field.replace('addInteraction', 'interactions') })),
  ];
}

/** The violations of a patch of this lead. AWS keeps what an update leaves out, so that a status cannot be cleared. */
export function checkLeadPatch(patch: PlainObject, base: WireLead): Violation[] {
  return patch.qualificationStatus === null && !isEmpty(base.qualificationStatus)
    ? [missing(['patch', 'qualificationStatus'], 'cannot be cleared', 'qualificationStatus')]
    : [];
}

/** A value of a lead that an opportunity would refuse. */
export type ConversionDoubt = { path: string[]; message: string; allowedValues: readonly string[] | null };

/** What an opportunity takes in the fields that a conversion copies: a list of values, or a least length. */
const opportunityValues: Readonly<Record<string, readonly string[] | number>> = {
  'customer.industry': Object.values(enums.Industry),
  'customer.websiteUrl': 4,
  'customer.address.countryCode': Object.values(enums.CountryCode),
  businessProblem: 20,
};

function doubtAbout(input: unknown, field: string): ConversionDoubt[] {
  const value = getIn(input, field);
  const accepted = opportunityValues[field] ?? 0;
  if (typeof value !== 'string' || value === '') return [];
  const path = field.split('.');
  const because = 'which it needs when the lead is converted';
  if (typeof accepted !== 'number')
    return accepted.includes(value)
      ? []
      : [
          {
            path,
            message: `${labelOf(path)}: an opportunity does not take ${quoted(value)}, ${because}.`,
            allowedValues: accepted,
          },
        ];
  if ([...value].length >= accepted) return [];
  const message = `${labelOf(path)}: an opportunity takes at least ${accepted} characters, ${because}.`;
  return [{ path, message, allowedValues: null }];
}

/**
 * Values of a lead that AWS accepts here, and not in an opportunity: a conversion copies the company, and the business
 * problem of the latest interaction (recorded by AWS, partner-crm-integration-samples).
 */
export function conversionDoubts(lead: unknown): ConversionDoubt[] {
  const ofCustomer = Object.keys(opportunityValues).filter((field) => field.startsWith('customer.'));
  return ofCustomer.flatMap((field) => doubtAbout(lead, field));
}

/** The same for interactions, at their paths. */
export const interactionDoubts = (interaction: unknown, path: readonly string[]): ConversionDoubt[] =>
  isPlainObject(interaction)
    ? doubtAbout(interaction, 'businessProblem').map((one) => ({ ...one, path: [...path, ...one.path] }))
    : [];
