/** The directives of the schema's own definitions, such as `@cost` and `@requiresScopes`. */
import { type ConstDirectiveNode, valueFromASTUntyped } from 'graphql';

type Node = Maybe<{ readonly directives?: readonly ConstDirectiveNode[] | undefined }>;
type Maybe<T> = T | null | undefined;

/** A type or a field of the schema, with what it was built from. */
export type Described = { astNode?: Node; extensionASTNodes?: readonly Node[] };

type Arguments = Readonly<Record<string, unknown>>;

/** The arguments of the directives that definitions have, by the definition. */
const known = new WeakMap<Described, ReadonlyMap<string, Arguments>>();

/** A directive's arguments in the schema; undefined without it. */
export function directiveOf(element: Described, name: string): Arguments | undefined {
  let directives = known.get(element);
  if (!directives) {
    const { astNode, extensionASTNodes = [] } = element;
    const nodes = [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);
    // Of those that are repeated, the first counts.
    directives = new Map(nodes.toReversed().map((node) => [node.name.value, argumentsOf(node)]));
    known.set(element, directives);
  }
  return directives.get(name);
}

const argumentsOf = ({ arguments: args = [] }: ConstDirectiveNode): Arguments =>
  Object.fromEntries(args.map((arg) => [arg.name.value, valueFromASTUntyped(arg.value)]));

/** The weight of `@cost`, in upstream calls; undefined without one. */
export function weightOf(element: Described): number | undefined {
  const cost = directiveOf(element, 'cost');
  return cost && Number(cost.weight);
}
