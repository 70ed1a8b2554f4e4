import { OpportunitySummary$ } from '@aws-sdk/client-partnercentral-selling';
import { NormalizedSchema } from '@smithy/core/schema';
import { flip } from './naming.ts';

/** The members of a structure as a tree; a member that holds no structure is a leaf, `{}`. */
export type FieldTree = { readonly [name: string]: FieldTree };

/** A schema of the SDK as a tree of the graph's names. Lists count as what they hold. */
export function fieldTree(schema: Parameters<typeof NormalizedSchema.of>[0]): FieldTree {
  const normal = NormalizedSchema.of(schema);
  const inner = normal.isListSchema() ? normal.getValueSchema() : normal;
  if (!inner.isStructSchema()) return {};
  return Object.fromEntries(
    [...inner.structIterator()].map(([name, member]) => [flip(name), fieldTree(member)]),
  );
}

/** What a list carries of an opportunity. It follows the SDK, so that a summary that grows is used at once. */
export const summaryFields = fieldTree(OpportunitySummary$);
