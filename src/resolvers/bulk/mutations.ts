/** The mutations that carry out the items of bulk jobs, called as an operation calls them. */
import {
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLInputObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  Kind,
  OperationTypeNode,
} from 'graphql';
import type { PlainObject } from '../../domain/paths.ts';
import type { AssociationStep, SubmissionStep, UserError, Warning } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import { inputCost } from '../../graphql/input-price.ts';

/** A mutation that can carry out an item. */
export type ItemMutation =
  | 'updateOpportunity'
  | 'createOpportunity'
  | 'submitOpportunity'
  | 'upsertOpportunity';

/** The members of their payloads that matter for an item. */
export type ItemPayload = {
  id: string | null;
  userErrors: readonly UserError[];
  warnings: readonly Warning[];
  changed?: boolean;
  created?: boolean;
  complete?: boolean;
  steps?: readonly SubmissionStep[];
  associationSteps?: readonly AssociationStep[];
  submission?: { steps: readonly SubmissionStep[] } | null;
};

/** The type of a mutation's input. */
export function inputTypeOf(schema: GraphQLSchema, mutation: ItemMutation): GraphQLInputObjectType {
  const type = getNamedType(schema.getMutationType()?.getFields()[mutation]?.args[0]?.type);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input for ${mutation}`);
  return type;
}

/** The writes that a mutation needs at most: its own, and those for what its input lists. */
export const writesOf = (schema: GraphQLSchema, mutation: ItemMutation, input: unknown): number =>
  1 + inputCost(inputTypeOf(schema, mutation), input);

/** The resolver's view of an operation that calls one mutation, and selects nothing of its payload. */
function infoOf(schema: GraphQLSchema, mutation: ItemMutation): GraphQLResolveInfo {
  const parentType = schema.getMutationType();
  const field = parentType?.getFields()[mutation];
  if (!parentType || !field) throw new Error(`The schema has no mutation ${mutation}`);
  const selectionSet = { kind: Kind.SELECTION_SET, selections: [] } as const;
  const node: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: mutation }, selectionSet };
  // graphql-js 17 adds members, which the types of graphql-tools have already.
  const info: Omit<GraphQLResolveInfo, 'getAbortSignal' | 'getAsyncHelpers'> = {
    schema,
    parentType,
    fieldName: mutation,
    returnType: field.type,
    fieldNodes: [node],
    path: { prev: undefined, key: mutation, typename: parentType.name },
    fragments: {},
    rootValue: undefined,
    variableValues: {},
    operation: {
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.MUTATION,
      selectionSet: { kind: Kind.SELECTION_SET, selections: [node] },
    },
  };
  return info as GraphQLResolveInfo;
}

/**
 * Calls a mutation with all that the schema adds to it, such as its line in the audit log.
 *
 * @param input as its resolver gets it: with the values inside the gateway, and defaults
 */
export async function callMutation(
  schema: GraphQLSchema,
  mutation: ItemMutation,
  input: PlainObject,
  context: Context,
): Promise<ItemPayload> {
  const info = infoOf(schema, mutation);
  const resolve = info.parentType.getFields()[mutation]?.resolve as
    | GraphQLFieldResolver<unknown, Context, { input: PlainObject }, Promise<ItemPayload>>
    | undefined;
  if (!resolve) throw new Error(`The schema has no resolver for ${mutation}`);
  return resolve(undefined, { input }, context, info);
}

/** The steps of a payload in the form of a submission's: those of associations are such steps, too. */
export function stepsOf({ steps, submission, associationSteps = [] }: ItemPayload): SubmissionStep[] {
  const ofSubmission = steps ?? submission?.steps;
  if (ofSubmission) return [...ofSubmission];
  return associationSteps.map((association) => ({
    name: 'ASSOCIATE',
    outcome: association.outcome,
    calls: 0,
    association,
  }));
}
