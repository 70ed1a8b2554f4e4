/** How the positions of a response are written. */
import type { FieldNode, GraphQLOutputType, OperationDefinitionNode } from 'graphql';
import type { Text } from './answer.ts';
import type { Selecting } from './collect.ts';
import type { LeafWriter, Place, Write } from './leaves.ts';
import type { MaybePromise, Run } from './run.ts';

/** Writes a value that is not null. @throws GiveUp, or rejects with it */
export type Plan = (value: unknown, within: Place, key: string | number, run: Run) => MaybePromise<Text>;

/** How the values of a position are written: by a plan and, if they depend on nothing else, at once. */
export type Position = { plan: Plan; write?: Write | undefined };

/** Compiles a position of a type that some field nodes select. */
export type Compile = (type: GraphQLOutputType, nodes: readonly FieldNode[]) => Position;

/** An operation, and what its plan needs of the schema. */
export type CompileOptions = Selecting & { operation: OperationDefinitionNode; leafWriter: LeafWriter };

/** A position whose values are always written at once. */
export const writtenBy = (write: Write): Position => ({
  write,
  plan: (value, within, key, run) => write(value, within, key, run.unknown),
});
