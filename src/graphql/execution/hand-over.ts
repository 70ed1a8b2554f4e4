/**
 * Hands what resolvers have returned to a plan over to graphql-js if the plan gives up: graphql-js executes the operation from
 * its start, but calls no resolver a second time. So AWS is asked for nothing twice, nothing is counted twice, and both see
 * the same time.
 */
import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  type ResponsePath,
} from 'graphql';

/** What a resolver has returned, or thrown, at a path of the response. */
export type Resolved = { path: ResponsePath } & ({ value: unknown } | { thrown: unknown });

type Resolve = GraphQLFieldResolver<unknown, object>;

/** What plans know of a field with a resolver of ours. */
export type PlannedField = {
  /** The resolver, without the wait for a turn of the event loop. */
  resolve: Resolve;
  /** Whether the value is a function of the record alone, so that its text can be kept with the record. */
  dependsOnRecordOnly: boolean;
};

const extension = 'plan';

export const plannedField = ({ extensions }: GraphQLField<unknown, object>): PlannedField | undefined =>
  extensions[extension] as PlannedField | undefined;

/** What was resolved in an operation whose plan has given up, by the operation's context. */
const handedOver = new WeakMap<object, ReadonlyMap<string, Resolved>>();

const keyOf = ({ prev, key }: ResponsePath): string => (prev ? `${keyOf(prev)} ${key}` : String(key));

export function handOver(context: object, resolved: readonly Resolved[]): void {
  handedOver.set(context, new Map(resolved.map((one) => [keyOf(one.path), one])));
}

/** Lets a field take over what was resolved for it. */
function takingOver(resolve: Resolve): Resolve {
  return (source, args, context, info) => {
    const before = handedOver.get(context)?.get(keyOf(info.path));
    if (!before) return resolve(source, args, context, info);
    if ('thrown' in before) throw before.thrown;
    return before.value;
  };
}

/** A field, and the type that has it. */
type FieldOfType = { typeName: string; field: GraphQLField<unknown, object> };

/** The fields with resolvers of ours, before others get some for what AWS's values need. */
export function fieldsWithResolvers(schema: GraphQLSchema): FieldOfType[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values((type as GraphQLObjectType<unknown, object>).getFields()).map((field) => ({
        typeName: type.name,
        field,
      })),
    )
    .filter(({ field }) => field.resolve);
}

/** Whether the objects of a type are versions, which never change. */
export const isVersion = ({ extensions }: GraphQLObjectType): boolean => extensions[extension] === 'version';

/**
 * Prepares a schema for plans.
 *
 * @param fields those with resolvers; every other field reads the member of its name
 * @param recordOnly the types whose objects never change, and their fields that depend on the object alone
 */
export function preparePlans(
  schema: GraphQLSchema,
  fields: readonly FieldOfType[],
  recordOnly: Readonly<Record<string, readonly string[]>>,
): void {
  for (const name of Object.keys(recordOnly)) {
    const type = schema.getType(name);
    if (type) type.extensions = { ...type.extensions, [extension]: 'version' };
  }
  for (const { typeName, field } of fields) {
    const resolve = field.resolve as Resolve;
    const dependsOnRecordOnly = recordOnly[typeName]?.includes(field.name) ?? false;
    const planned: PlannedField = { resolve, dependsOnRecordOnly };
    field.extensions = { ...field.extensions, [extension]: planned };
    field.resolve = takingOver(resolve);
  }
}
