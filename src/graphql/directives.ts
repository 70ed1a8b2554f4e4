/** The directives of the schema's own definitions, such as `@cost` and `@requiresScopes`. */
import { type ConstDirectiveNode, valueFromASTUntyped } from 'graphql';

type Node = Maybe<{ readonly directives?: readonly ConstDirectiveNode[] | undefined }>;
type Maybe<T> = T | null | undefined;

/** A type or a field of the schema, with what it was built from. */
export type Described = { astNode?: Node; extensionASTNodes?: readonly Node[] };

/** A directive's arguments in the schema; undefined without it. */
export function directiveOf(
  { astNode, extensionASTNodes = [] }: Described,
  name: string,
): Record<string, unknown> | undefined {
  const directives = [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);
  const args = directives.find((directive) => directive.name.value === name)?.arguments;
  return args && Object.fromEntries(args.map((arg) => [arg.name.value, valueFromASTUntyped(arg.value)]));
}

/** The weight of `@cost`, in upstream calls; undefined without one. */
export function weightOf(element: Described): number | undefined {
  const cost = directiveOf(element, 'cost');
  return cost && Number(cost.weight);
}
