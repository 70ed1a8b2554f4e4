/** Validation rules that limit a document's depth, aliases and repetitions. */
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { type ASTNode, GraphQLError, Kind, type ValidationRule } from 'graphql';
import type { Config } from '../config.ts';

/** Selections of one field without arguments in one place: further ones change nothing, and only cost work. */
const maxRepeats = 10;
/** Directives in one place: only `@skip` and `@include` exist, and more than one of each is pointless. */
const maxDirectives = 4;

const violation = (message: string, node: ASTNode) => new GraphQLError(message, { nodes: [node] });

/** Rejects repetitions, such as hundreds of `__typename`, or of directives on one field. */
const noRepetition: ValidationRule = (context) => ({
  SelectionSet({ selections }) {
    const counts = new Map<string, number>();
    for (const node of selections) {
      if (node.kind !== Kind.FIELD || node.arguments?.length) continue;
      const count = (counts.get(node.name.value) ?? 0) + 1;
      counts.set(node.name.value, count);
      if (count !== maxRepeats + 1) continue;
      const message = `"${node.name.value}" is selected more than ${maxRepeats} times in one place.`;
      context.reportError(violation(message, node));
    }
  },
  Field(node) {
    const { name, directives = [] } = node;
    if (directives.length <= maxDirectives) return;
    const message = `"${name.value}" has ${directives.length} directives, expected at most ${maxDirectives}.`;
    context.reportError(violation(message, node));
  },
});

/** The rules of graphql-armor, and our own. */
export function documentLimits({ maxDepth, maxAliases }: Config['limits']): ValidationRule[] {
  const armor = new ApolloArmor({
    maxDepth: { n: maxDepth },
    maxAliases: { n: maxAliases },
    maxDirectives: { n: 50 },
    // These would respond with 500; the parser's limit and Apollo Server's setting replace them.
    maxTokens: { enabled: false },
    blockFieldSuggestion: { enabled: false },
    // `cost-limit.ts` limits the cost, in AWS calls.
    costLimit: { enabled: false },
  });
  return [...armor.protect().validationRules, noRepetition];
}
