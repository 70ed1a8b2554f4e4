/** What a document may be: its depth, its aliases, its repetitions. */
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { type ASTNode, GraphQLError, Kind, type ValidationRule } from 'graphql';
import type { Config } from '../config.ts';

/** How often one selection may name a field that takes no arguments: each is the same again, and only costs work. */
const maxRepeats = 10;
/** How many directives one place may have: there are two, and `@skip` and `@include` once each is all that makes sense. */
const maxDirectives = 4;

const refusal = (message: string, node: ASTNode) => new GraphQLError(message, { nodes: [node] });

/** Refuses what repeats itself: hundreds of `__typename`, or of directives on one field. */
const noRepetition: ValidationRule = (context) => ({
  SelectionSet({ selections }) {
    const counts = new Map<string, number>();
    for (const node of selections) {
      if (node.kind !== Kind.FIELD || node.arguments?.length) continue;
      const count = (counts.get(node.name.value) ?? 0) + 1;
      counts.set(node.name.value, count);
      if (count !== maxRepeats + 1) continue;
      const message = `"${node.name.value}" is selected more than ${maxRepeats} times in one place.`;
      context.reportError(refusal(message, node));
    }
  },
  Field(node) {
    const { name, directives = [] } = node;
    if (directives.length <= maxDirectives) return;
    const message = `"${name.value}" has ${directives.length} directives, wanted at most ${maxDirectives}.`;
    context.reportError(refusal(message, node));
  },
});

/** Rules for documents, by graphql-armor and ours. */
export function documentLimits({ maxDepth, maxAliases }: Config['limits']): ValidationRule[] {
  const armor = new ApolloArmor({
    maxDepth: { n: maxDepth },
    maxAliases: { n: maxAliases },
    maxDirectives: { n: 50 },
    // Its own errors would be 500; the parser's limit and Apollo Server's setting stand for these two.
    maxTokens: { enabled: false },
    blockFieldSuggestion: { enabled: false },
    // A cost in calls of AWS is what counts here.
    costLimit: { enabled: false },
  });
  return [...armor.protect().validationRules, noRepetition];
}
