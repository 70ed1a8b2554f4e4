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
import type { Config } from '../../config.ts';
import { idsPerCall } from '../../domain/cursors.ts';
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

/** The calls that a field needs at the least, if nothing of it is held. */
function fewestCalls(name: string, args: Record<string, unknown>): number {
  return name === '_entities' ? Math.ceil(mostCalls(name, args) / idsPerCall) : 0;
}

/** The calls that an operation needs at the least and at the most, by its arguments. */
function boundsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  name: string | undefined,
  raw: object,
): { least: number; most: number } {
  const bounds = { least: 0, most: 0 };
  const operation = getOperationAST(document, name);
  const type = operation && schema.getRootType(operation.operation);
  if (!operation || !type) return bounds;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...raw });
  if (!coerced) return bounds; // it will be refused for its variables
  for (const node of rootFields(operation.selectionSet, document)) {
    const field = type.getFields()[node.name.value];
    if (!field) continue;
    const args = argumentsOf(field, node, coerced);
    bounds.least += fewestCalls(field.name, args);
    bounds.most += mostCalls(field.name, args);
  }
  return bounds;
}

function tooExpensive(calls: number, limit: number): GraphQLError {
  const message = `This operation needs ${calls} upstream calls, and one may need ${limit} at most. Ask for less at once, or only for fields that AWS's lists carry.`;
  const extensions: Record<string, unknown> = {
    code: 'OPERATION_TOO_EXPENSIVE',
    upstreamCalls: calls,
    limit,
    http: { status: 400 },
  };
  return new GraphQLError(message, { extensions });
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
          const bounds = boundsOf(schema, document, name, variables);
          if (bounds.most <= most) return;
          // To plan tens of thousands of entities would take as long as to refuse them is worth.
          if (bounds.least > most) throw tooExpensive(bounds.least, most);
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
          if (read + write > most) throw tooExpensive(read + write, most);
        },
      };
    },
  };
}
