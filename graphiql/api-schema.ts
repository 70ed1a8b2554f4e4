/**
 * The schema that clients use: without what the gateway has for the routers of a federated graph, which would otherwise
 * come first in the documentation.
 */
import { type IntrospectionQuery, specifiedDirectives } from 'graphql';

const forRouters = (name: string): boolean =>
  ['_Any', '_Entity', '_Service'].includes(name) || /^(federation|link)__/.test(name);
const routerFields = ['_entities', '_service'];
const directives = specifiedDirectives.map(({ name }) => name);

/** A copy of what introspection returned, without federation's types, fields and directives. */
export function withoutFederation({ __schema }: IntrospectionQuery): IntrospectionQuery {
  const types = __schema.types
    .filter(({ name }) => !forRouters(name))
    .map((type) =>
      type.name === __schema.queryType.name && 'fields' in type
        ? { ...type, fields: type.fields.filter(({ name }) => !routerFields.includes(name)) }
        : type,
    );
  return {
    __schema: {
      ...__schema,
      types,
      directives: __schema.directives.filter(({ name }) => directives.includes(name)),
    },
  };
}
