/** The fields of the form, and the patch of those that were changed. */
import type { OpportunityPatch } from '../gql/graphql.ts';
import type { Kind } from '../shell/field.tsx';

export type Field = { path: string; label: string } & Kind;

export const fields: readonly Field[] = [
  { path: 'customer.account.companyName', label: 'Company name', kind: 'text' },
  { path: 'customer.account.industry', label: 'Industry', kind: 'choice', list: 'industries' },
  { path: 'project.title', label: 'Title', kind: 'text' },
  { path: 'project.customerBusinessProblem', label: 'Customer business problem', kind: 'long' },
  { path: 'lifeCycle.stage', label: 'Stage', kind: 'choice', list: 'stages' },
  { path: 'lifeCycle.targetCloseDate', label: 'Target close date', kind: 'date' },
  { path: 'lifeCycle.nextSteps', label: 'Next steps', kind: 'long' },
];

type Tree = { [name: string]: unknown };

/** The value at a dotted path, as an input's value. */
export function valueAt(record: unknown, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((of, name) => (of as Tree | null | undefined)?.[name], record);
  return typeof value === 'string' ? value : '';
}

/** A patch: null clears a field, and a field that is absent keeps its value. */
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
