/**
 * Open unions. AWS writes a union as a structure with one member, and adds members between our releases. One that this
 * schema does not know is null in the response, and reported like an unknown enum value.
 */
import type { GraphQLResolveInfo } from 'graphql';
import { isPlainObject } from '../domain/paths.ts';
import { swapFirstCase } from '../upstream/naming.ts';
import { type EnumContext, noteUnknown } from './open-enums.ts';

/**
 * The one member that a union of AWS has, as an object of its type; null if it has none, or an unknown one.
 *
 * @typeParam Member what AWS's members can be
 * @param union as AWS returns it, in the graph's names
 * @param types the types of the graph by the names of the members
 */
export function memberOf<Member extends object>(
  union: unknown,
  types: Readonly<Record<string, string>>,
  { request }: EnumContext,
  { path, returnType }: Pick<GraphQLResolveInfo, 'path' | 'returnType'>,
): (Member & { __typename: string }) | null {
  if (!isPlainObject(union)) return null;
  // Members that are not set may be there as nulls.
  const isSet = ([, member]: [string, unknown]) => member !== null && member !== undefined;
  const [name, value] = Object.entries(union).find(isSet) ?? [];
  if (name === undefined) return null;
  const __typename = types[name];
  if (__typename && isPlainObject(value)) return { ...(value as Member), __typename };
  noteUnknown(request, path, String(returnType), swapFirstCase(name));
  return null;
}
