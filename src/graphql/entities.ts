/** `_entities`, which routers use: each representation is resolved alone, so an invalid one does not affect others. */
import { type GraphQLSchema, isUnionType } from 'graphql';
import { badInput, quoted } from '../domain/bad-input.ts';

const copies = new WeakMap<object, object>();

/**
 * A copy of a record for the router's library, which writes a `__typename` into what it gets. There is one for each record, so
 * that what a plan keeps with it is found again.
 */
export function entityOf<Entity extends object>(record: Entity): Entity {
  const known = copies.get(record);
  if (known) return known as Entity;
  const copy = { ...record };
  copies.set(record, copy);
  return copy;
}

/** Where the library keeps a type's reference resolver. Stubs of other subgraphs' entities have none. */
type LibraryExtensions = { apollo?: { subgraph?: { resolveReference?: unknown } } };

/**
 * Resolves every representation alone. The library fails the entire field if one has a type that is not an entity of
 * this subgraph, which loses the others; here, the error is at its own position in the list.
 */
export function separateEntities(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()._entities;
  const union = schema.getType('_Entity');
  const resolve = field?.resolve;
  if (!field || !resolve || !isUnionType(union)) return;
  const names = union
    .getTypes()
    .filter(({ extensions }) => (extensions as LibraryExtensions).apollo?.subgraph?.resolveReference)
    .map(({ name }) => name);
  field.resolve = (root, { representations }: { representations: unknown[] }, context, info) =>
    representations.flatMap((representation, index) => {
      const { __typename: name } = (representation ?? {}) as { __typename?: unknown };
      if (typeof name === 'string' && names.includes(name))
        return resolve(root, { representations: [representation] }, context, info) as unknown[];
      const got = typeof name === 'string' ? quoted(name) : 'no __typename';
      return badInput(`representations[${index}]`, got, `an entity of this subgraph: ${names.join(', ')}`);
    });
}
