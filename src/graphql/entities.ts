/** `_entities`, by which routers fetch: each representation stands for itself, so that a bad one harms no other. */
import { type GraphQLSchema, isUnionType } from 'graphql';
import { Fault } from '../fault.ts';

/**
 * Has every representation resolved by itself. The library throws for the whole field when one names a type that is not an
 * entity here, and its siblings were lost; now it is an error at its own place in the list.
 */
export function separateEntities(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()._entities;
  const union = schema.getType('_Entity');
  const resolve = field?.resolve;
  if (!field || !resolve || !isUnionType(union)) return;
  const names = union.getTypes().map(({ name }) => name);
  field.resolve = (root, { representations }: { representations: unknown[] }, context, info) =>
    representations.flatMap((representation, index) => {
      const { __typename: name } = (representation ?? {}) as { __typename?: unknown };
      if (typeof name === 'string' && names.includes(name))
        return resolve(root, { representations: [representation] }, context, info) as unknown[];
      const got = JSON.stringify(name) ?? 'no __typename';
      return new Fault(
        'BAD_USER_INPUT',
        `representations[${index}]: got ${got}, wanted an entity of this subgraph: ${names.join(', ')}`,
      );
    });
}
