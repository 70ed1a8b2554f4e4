/** The fields of the forms in AWS's words, and the input that is made of what was changed in them. */
import type {
  CreateOpportunityInput,
  FormFragment,
  OpportunityPatch,
  UserErrorFragment,
} from '../gql/graphql.ts';
import type { Kind, Value } from '../shell/field.tsx';

export type FormField = Kind & {
  path: string;
  label: string;
  section: 'Customer' | 'Project' | 'Progress';
  hint?: string;
  /** AWS requires it of a new opportunity. */
  isRequired?: boolean;
  /** The member of a patch that edits single items of the list, if it is one. */
  edits?: 'deliveryModelEdits' | 'primaryNeedEdits' | 'salesActivityEdits' | 'spendEdits';
  /** The field of the record that it is a part of. */
  partOf?: string;
  isForExisting?: boolean;
};
export type Values = Readonly<Record<string, Value>>;

const account = 'customer.account';
const spend = { edits: 'spendEdits', partOf: 'project.expectedCustomerSpend', isRequired: true } as const;

export const fields: readonly FormField[] = [
  {
    section: 'Progress',
    path: 'lifeCycle.stage',
    label: 'Stage',
    kind: 'choice',
    list: 'stages',
    isForExisting: true,
  },
  {
    section: 'Progress',
    path: 'lifeCycle.closedLostReason',
    label: 'Closed lost reason',
    kind: 'choice',
    list: 'closedLostReasons',
    isForExisting: true,
  },
  {
    section: 'Progress',
    path: 'lifeCycle.targetCloseDate',
    label: 'Target close date',
    kind: 'date',
    isRequired: true,
  },
  {
    section: 'Progress',
    path: 'spend.amount',
    label: 'Expected monthly spend',
    kind: 'amount',
    ...spend,
  },
  {
    section: 'Progress',
    path: 'spend.currencyCode',
    label: 'Currency',
    kind: 'choice',
    list: 'currencyCodes',
    ...spend,
  },
  {
    section: 'Progress',
    path: 'lifeCycle.nextSteps',
    label: 'Next steps',
    kind: 'long',
    hint: 'At most 255 characters',
  },
  {
    section: 'Customer',
    path: `${account}.companyName`,
    label: 'Company name',
    kind: 'text',
    isRequired: true,
  },
  {
    section: 'Customer',
    path: `${account}.websiteUrl`,
    label: 'Company website',
    kind: 'text',
    isRequired: true,
  },
  {
    section: 'Customer',
    path: `${account}.industry`,
    label: 'Industry',
    kind: 'choice',
    list: 'industries',
    isRequired: true,
  },
  {
    section: 'Customer',
    path: `${account}.address.countryCode`,
    label: 'Country',
    kind: 'choice',
    list: 'countryCodes',
    isRequired: true,
  },
  {
    section: 'Customer',
    path: `${account}.address.stateOrRegion`,
    label: 'State or region',
    kind: 'text',
    hint: 'Required in the United States, written out',
  },
  { section: 'Customer', path: `${account}.address.postalCode`, label: 'Postal code', kind: 'text' },
  { section: 'Project', path: 'project.title', label: 'Title', kind: 'text', isRequired: true },
  {
    section: 'Project',
    path: 'project.customerUseCase',
    label: 'Use case',
    kind: 'choice',
    list: 'customerUseCases',
  },
  {
    section: 'Project',
    path: 'opportunityType',
    label: 'Opportunity type',
    kind: 'choice',
    list: 'opportunityTypes',
  },
  {
    section: 'Project',
    path: 'partnerOpportunityIdentifier',
    label: 'Partner opportunity identifier',
    kind: 'text',
    hint: 'Your own ID, for example in the CRM',
  },
  {
    section: 'Project',
    path: 'project.customerBusinessProblem',
    label: 'Customer business problem',
    kind: 'long',
    hint: '20 to 2,000 characters',
    isRequired: true,
  },
  {
    section: 'Project',
    path: 'project.otherSolutionDescription',
    label: 'Other solution offered',
    kind: 'long',
    hint: 'If none of your solutions is associated',
  },
  {
    section: 'Project',
    path: 'project.deliveryModels',
    label: 'Delivery model',
    kind: 'choices',
    list: 'deliveryModels',
    edits: 'deliveryModelEdits',
  },
  {
    section: 'Project',
    path: 'primaryNeedsFromAws',
    label: 'Primary needs from AWS',
    kind: 'choices',
    list: 'primaryNeedsFromAws',
    edits: 'primaryNeedEdits',
  },
  {
    section: 'Project',
    path: 'project.salesActivities',
    label: 'Sales activities',
    kind: 'choices',
    list: 'salesActivities',
    edits: 'salesActivityEdits',
  },
];

/** The label of a field of a record, in any view of it. One without a label has its name in words: `insights.engagementScore` is "Engagement score". */
export function labelOfPath(path: string): string {
  const isNamed = (other: string | undefined) => other?.toLowerCase() === path.toLowerCase();
  const known = fields.find((field) => isNamed(field.path) || isNamed(field.partOf));
  const name = path.split('.').at(-1) ?? path;
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return known?.label ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

type Tree = { [name: string]: unknown };
type Stored = FormFragment | null | undefined;

/** The value of a field in a record, as its input takes it. */
export function valueAt(record: Stored, { path, kind, partOf }: FormField): Value {
  const from = partOf
    ? { spend: record?.project?.expectedCustomerSpend?.find(({ targetCompany }) => targetCompany === 'AWS') }
    : record;
  const value = path.split('.').reduce<unknown>((of, name) => (of as Tree | null | undefined)?.[name], from);
  if (kind === 'choices') return Array.isArray(value) ? value.filter((item) => item !== null) : [];
  return typeof value === 'string' ? value : '';
}

function setAt(tree: Tree, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at = tree;
  for (const name of names) {
    at[name] ??= {};
    at = at[name] as Tree;
  }
  at[last] = value;
}

/** What the schema does not accept: an expected spend without its amount or its currency. A new opportunity has no `record`. */
export function problemsOf(values: Values, record?: Stored): Record<string, string> {
  const parts = fields.filter((field) => field.edits === 'spendEdits');
  const { amount = '', currencyCode = '' } = Object.fromEntries(
    parts.map((part) => [part.path.split('.').at(-1), String(values[part.path] ?? valueAt(record, part))]),
  );
  const isSent = record ? parts.some(({ path }) => path in values) : amount !== '';
  if (!isSent) return {};
  return {
    ...(!/^\d+(\.\d{1,2})?$/.test(amount) && {
      'spend.amount': 'Enter an amount such as 37700 or 37700.50.',
    }),
    ...(!currencyCode && { 'spend.currencyCode': 'Choose a currency.' }),
  };
}

/** A patch: null clears a field, an absent field keeps its value, and lists are edited item by item. */
export function patchOf(values: Values, record: Stored): OpportunityPatch {
  const patch: Tree = {};
  for (const field of fields) {
    const value = values[field.path];
    if (value === undefined) continue;
    if (field.kind === 'choices' && field.edits) {
      const stored = valueAt(record, field) as string[];
      const chosen = value as string[];
      const add = chosen.filter((item) => !stored.includes(item));
      const remove = stored.filter((item) => !chosen.includes(item));
      patch[field.edits] = { add, remove };
    } else if (field.partOf) {
      const setAws = Object.fromEntries(
        fields
          .filter(({ partOf }) => partOf === field.partOf)
          .map((part) => [part.path.split('.').at(-1), values[part.path] ?? valueAt(record, part)]),
      );
      patch.spendEdits = [{ setAws }];
    } else setAt(patch, field.path, value === '' ? null : value);
  }
  return patch as OpportunityPatch;
}

/** A new opportunity: what is empty is left out, and AWS's required fields are reported by the gateway, all at once. */
export function newOpportunityOf(values: Values): CreateOpportunityInput {
  const input: Tree = {};
  for (const [path, value] of Object.entries(values))
    if (value.length > 0 && !path.startsWith('spend.')) setAt(input, path, value);
  const { 'spend.amount': amount, 'spend.currencyCode': currencyCode } = values;
  const entry = { amount, currencyCode, frequency: 'MONTHLY', targetCompany: 'AWS' };
  if (amount) setAt(input, 'project.expectedCustomerSpend', [entry]);
  return input as CreateOpportunityInput;
}

/** Errors by the path of their field; those about none of the fields are under ''. `depth` is the length of the path before the record. */
export function errorsByField(errors: readonly UserErrorFragment[], depth: number): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { path, field, message } of errors) {
    const at = path.slice(depth).join('.');
    const matches = fields.filter(({ path, partOf, edits }) =>
      [path, partOf, edits].some(
        (name) => name && (at === name || at.startsWith(`${name}.`) || field === name),
      ),
    );
    const exact = matches.find((match) => match.path.split('.').at(-1) === path.at(-1));
    const key = (exact ?? matches[0])?.path ?? '';
    found[key] = [found[key], message].filter(Boolean).join(' ');
  }
  return found;
}
