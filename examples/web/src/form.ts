/** The fields of the form, and the patch for its changes. */
import type { EnumName } from './enums.ts';
import type { OpportunityPatch } from './gql/graphql.ts';

export type Field = { path: string; label: string; kind: 'text' | 'long' | 'date' | EnumName };

export const fields: readonly Field[] = [
  { path: 'customer.account.companyName', label: 'Customer', kind: 'text' },
  { path: 'customer.account.industry', label: 'Industry', kind: 'Industry' },
  { path: 'project.title', label: 'Project', kind: 'text' },
  { path: 'project.customerBusinessProblem', label: 'Business problem', kind: 'long' },
  { path: 'lifeCycle.stage', label: 'Stage', kind: 'Stage' },
  { path: 'lifeCycle.targetCloseDate', label: 'Closes on', kind: 'date' },
  { path: 'lifeCycle.nextSteps', label: 'Next steps', kind: 'long' },
];

type Tree = { [name: string]: unknown };

/** The value at a dotted path, as the value of an input. */
export function valueAt(record: unknown, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((of, name) => (of as Tree | null | undefined)?.[name], record);
  return typeof value === 'string' ? value : '';
}

/** The patch for some fields: an empty one is cleared with null, and absent ones keep their values. */
export function patchOf(values: Readonly<Record<string, string>>): OpportunityPatch {
  const patch: Tree = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let at = patch;
    for (const name of names) {
      at[name] ??= {};
      at = at[name] as Tree;
    }
    at[last] = value === '' ? null : value;
  }
  return patch as OpportunityPatch;
}
