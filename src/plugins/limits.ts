/** What an operation may ask for. Everything here is refused before a call of AWS is made, with a 4xx that says why. */
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  type ASTNode,
  type DocumentNode,
  execute,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  Kind,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';
import type { Config } from '../config.ts';
import { type Context, createContext, type Shared } from '../context.ts';
import { callsOf } from './cost.ts';

/** How often one selection may name a field that takes no arguments: each is the same again, and only costs work. */
const mostRepeats = 10;
/** How many directives one place may have: there are two, and `@skip` and `@include` once each is all that makes sense. */
const mostDirectivesAtOnce = 4;

const complaint = (message: string, node: ASTNode) => new GraphQLError(message, { nodes: [node] });

/** Refuses what repeats itself: hundreds of `__typename`, or of directives on one field. */
const noRepetition: ValidationRule = (context) => ({
  SelectionSet({ selections }) {
    const counts = new Map<string, number>();
    for (const node of selections) {
      if (node.kind !== Kind.FIELD || node.arguments?.length) continue;
      const count = (counts.get(node.name.value) ?? 0) + 1;
      counts.set(node.name.value, count);
      if (count !== mostRepeats + 1) continue;
      const message = `"${node.name.value}" is selected more than ${mostRepeats} times in one place.`;
      context.reportError(complaint(message, node));
    }
  },
  Field(node) {
    const { name, directives = [] } = node;
    if (directives.length <= mostDirectivesAtOnce) return;
    const message = `"${name.value}" has ${directives.length} directives, wanted at most ${mostDirectivesAtOnce}.`;
    context.reportError(complaint(message, node));
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

function rootFields(set: SelectionSetNode, document: DocumentNode): FieldNode[] {
  const fragments = new Map(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const below = ({ selections }: SelectionSetNode): FieldNode[] =>
    selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      return inner ? below(inner.selectionSet) : [];
    });
  return below(set);
}

/** The most calls that a field could need, by its arguments: each record of a list whole, each entity a call. */
function mostCalls(name: string, args: Record<string, unknown>): number {
  if (name === 'opportunities') return 1 + Number(args.first ?? 0);
  if (name === '_entities') return Array.isArray(args.representations) ? args.representations.length : 0;
  if (name === 'createOpportunity' || name === 'updateOpportunity') return 3;
  return name === 'opportunity' || name === 'node' ? 1 : 0;
}

/** A field's arguments; none where they cannot be used, which the field itself will say when it is executed. */
function argumentsOf(
  ...[field, node, variables]: Parameters<typeof getArgumentValues>
): Record<string, unknown> {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
}

/** The most calls that an operation could need. */
function boundOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  name: string | undefined,
  raw: object,
): number {
  const operation = getOperationAST(document, name);
  const type = operation && schema.getRootType(operation.operation);
  if (!operation || !type) return 0;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...raw });
  if (!coerced) return 0; // it will be refused for its variables
  return rootFields(operation.selectionSet, document).reduce((sum, node) => {
    const field = type.getFields()[node.name.value];
    return field ? sum + mostCalls(field.name, argumentsOf(field, node, coerced)) : sum;
  }, 0);
}

/**
 * Refuses an operation that needs more calls of AWS than one may have. Where its arguments alone allow for more, it is
 * planned first, as a dry run is, and what that counts decides: 200 entities with summary fields are 10 calls, not 200.
 *
 * @param most how many; 0: any number
 */
export function upstreamLimit(shared: Shared, most: number): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operationName, request, contextValue }) {
          if (most === 0 || !document || contextValue.request.isDryRun) return;
          const name = operationName ?? undefined;
          const variables = request.variables ?? {};
          if (boundOf(schema, document, name, variables) <= most) return;
          const planned = { ...contextValue.request, isDryRun: true, calls: {}, cached: 0, waitedMs: 0 };
          const context = createContext(shared, planned);
          await execute({
            schema,
            document,
            contextValue: context,
            variableValues: variables,
            ...(name && { operationName: name }),
          });
          const { read, write } = callsOf(context);
          if (read + write <= most) return;
          throw new GraphQLError(
            `This operation needs ${read + write} upstream calls, and one may need ${most} at most. Ask for less at once, or only for fields that AWS's lists carry.`,
            {
              extensions: {
                code: 'OPERATION_TOO_EXPENSIVE',
                upstreamCalls: read + write,
                limit: most,
                http: { status: 400 },
              } as Record<string, unknown>,
            },
          );
        },
      };
    },
  };
}
