/** AWS's structures as the SDK's schemas describe them. */
import { OpportunitySummary$ } from '@aws-sdk/client-partnercentral-selling';
import { NormalizedSchema } from '@smithy/core/schema';
import { convertName } from './naming.ts';

export type SdkSchema = Parameters<typeof NormalizedSchema.of>[0];
export type Member = { name: string; schema: NormalizedSchema; isRequired: boolean };

/**
 * The SDK writes a schema as a tuple: kind, namespace, name, traits, then for a structure its member names, their
 * schemas and how many are required (those come first), and for an operation its request and its answer. These are the
 * places that `NormalizedSchema` has no method for.
 */
const tuple = { requiredCount: 6, request: 4, answer: 5 } as const;

const known = new WeakMap<object, readonly Member[]>();

/** The members of a structure, in AWS's names; none for any other schema. */
export function membersOf(schema: SdkSchema): readonly Member[] {
  const structure = NormalizedSchema.of(schema);
  if (!structure.isStructSchema()) return [];
  const parts = structure.getSchema() as unknown[];
  const before = known.get(parts);
  if (before) return before;
  const members = [...structure.structIterator()].map(([name, member], index) => ({
    name,
    schema: member,
    isRequired: index < Number(parts[tuple.requiredCount] ?? 0),
  }));
  known.set(parts, members);
  return members;
}

/** The members of an operation's request and of its answer. */
export function membersOfOperation(operation: readonly unknown[]): {
  request: readonly Member[];
  answer: readonly Member[];
} {
  return {
    request: membersOf(operation[tuple.request] as SdkSchema),
    answer: membersOf(operation[tuple.answer] as SdkSchema),
  };
}

/** The members of a structure as a tree; a member that contains no structure is a leaf, `{}`. */
export type FieldTree = { readonly [name: string]: FieldTree };

/**
 * An SDK schema as a tree of the graph's names. A list stands for its items.
 *
 * @param within the member that has this schema
 */
export function fieldTree(schema: SdkSchema, within = ''): FieldTree {
  const normal = NormalizedSchema.of(schema);
  const members = membersOf(normal.isListSchema() ? normal.getValueSchema() : normal);
  return Object.fromEntries(
    members.map(({ name, schema }) => [convertName(name, within), fieldTree(schema, name)]),
  );
}

/** The fields of an opportunity that AWS returns in lists. Read from the SDK, so that a new one is used at once. */
export const summaryFields = fieldTree(OpportunitySummary$);
