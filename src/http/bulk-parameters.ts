/** The parameters in the queries of the routes for files of bulk jobs. */
import { type GraphQLSchema, isEnumType, isScalarType } from 'graphql';
import { badInput, quoted } from '../domain/bad-input.ts';
import type { BulkItemOutcome } from '../generated/schema-types.ts';

export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** A parameter of the query. @throws Fault BAD_USER_INPUT if it is given twice */
export function parameter(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw badInput(`query.${name}`, `${value.length} values`, 'one');
  return value === '' ? undefined : value;
}

/** An instant as the graph takes it. @throws Fault BAD_USER_INPUT */
export function instantIn(query: Query, name: string, schema: GraphQLSchema): string | undefined {
  const text = parameter(query, name);
  const type = schema.getType('DateTime');
  if (text === undefined || !isScalarType(type)) return undefined;
  try {
    return String(type.parseValue(text));
  } catch {
    throw badInput(
      `query.${name}`,
      quoted(text),
      'an RFC 3339 instant with an offset, such as "2026-02-04T05:18:25Z"',
    );
  }
}

/** The outcomes that are asked for. @throws Fault BAD_USER_INPUT for others */
export function outcomesIn(query: Query, schema: GraphQLSchema): BulkItemOutcome[] | undefined {
  const words = parameter(query, 'outcomes')?.split(',');
  const type = schema.getType('BulkItemOutcome');
  if (!words || !isEnumType(type)) return undefined;
  const allowed = type.getValues().map(({ name }) => name);
  const wrong = words.find((word) => !allowed.includes(word));
  if (wrong !== undefined) throw badInput('query.outcomes', quoted(wrong), allowed.join(', '));
  return words as BulkItemOutcome[];
}
