import { type GraphQLResolveInfo, isInputObjectType } from 'graphql';
import { doubtfulPicks } from '../domain/validation.ts';
import { Fault } from '../fault.ts';
import type { Warning } from '../generated/schema-types.ts';
import type { Refusal } from './models.ts';
import { fromFault, type Input } from './user-errors.ts';

/** The caller's input with the type of the schema in which AWS's field names are looked up. */
export function callerInput(
  { schema }: GraphQLResolveInfo,
  name: string,
  value: unknown,
  root: string[],
): Input {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input type ${name}`);
  return { value, type, root };
}

/** The fault that became user errors; one that the caller cannot put right is thrown on. */
export function userErrorsOf(error: unknown, input: Input): Refusal[] {
  const userErrors = error instanceof Fault ? fromFault(error, input) : undefined;
  if (!userErrors) throw error;
  return userErrors;
}

/** What AWS may stumble over: texts that are in none of its lists, as far as they are known. */
export function warningsOf(input: Input, record: unknown): Warning[] {
  return doubtfulPicks(input.value, record).map(({ path, message, allowedValues }) => ({
    path: [...input.root, ...path],
    message,
    allowedValues: [...allowedValues],
  }));
}
