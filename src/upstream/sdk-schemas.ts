/** What the SDK's schemas say of AWS's structures. */
import { OpportunitySummary$ } from '@aws-sdk/client-partnercentral-selling';
import { NormalizedSchema } from '@smithy/core/schema';
import { swapFirstCase } from './naming.ts';

export type SdkSchema = Parameters<typeof NormalizedSchema.of>[0];
export type Member = { name: string; schema: NormalizedSchema; isRequired: boolean };

/** The members of a structure, in AWS's names. The SDK puts those that are required first, and says how many they are. */
export function membersOf(schema: SdkSchema): Member[] {
  const structure = NormalizedSchema.of(schema);
  if (!structure.isStructSchema()) return [];
  const { 6: requiredCount = 0 } = structure.getSchema() as { 6?: number };
  return [...structure.structIterator()].map(([name, member], index) => ({
    name,
    schema: member,
    isRequired: index < requiredCount,
  }));
}

/** The members of a structure as a tree; a member that holds no structure is a leaf, `{}`. */
export type FieldTree = { readonly [name: string]: FieldTree };

/** A schema of the SDK as a tree of the graph's names. Lists count as what they hold. */
export function fieldTree(schema: SdkSchema): FieldTree {
  const normal = NormalizedSchema.of(schema);
  const members = membersOf(normal.isListSchema() ? normal.getValueSchema() : normal);
  return Object.fromEntries(members.map(({ name, schema }) => [swapFirstCase(name), fieldTree(schema)]));
}

/** What a list carries of an opportunity. It follows the SDK, so that a summary that grows is used at once. */
export const summaryFields = fieldTree(OpportunitySummary$);
