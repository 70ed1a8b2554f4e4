import { readdirSync, readFileSync } from 'node:fs';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { type DocumentNode, type GraphQLEnumType, type GraphQLSchema, isEnumType, parse } from 'graphql';
import { Fault } from '../fault.ts';
import { enums } from '../generated/enums.ts';
import { resolverMaps } from '../resolvers/index.ts';
import { separateEntities } from './entities.ts';
import { audited } from './plugins/audit.ts';
import { scalars } from './scalars.ts';

const folder = new URL('../../schema/', import.meta.url);

/** The SDL of the graph, every file of `schema/` as one document. */
export function typeDefs(): DocumentNode {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return parse(files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n'));
}

/**
 * AWS adds values to its enums between our releases. One that this schema does not know becomes null where it stands,
 * with its text in the error, instead of an internal error; an update sends it back unchanged all the same.
 */
function tolerateUnknownValues(type: GraphQLEnumType): void {
  const names = new Map(type.getValues().map(({ value, name }) => [value, name]));
  type.serialize = (value) => {
    const name = names.get(value);
    if (name !== undefined) return name;
    throw new Fault(
      'UNKNOWN_ENUM_VALUE',
      `${type.name} has no value for this text of AWS; update the gateway.`,
      {
        value: String(value),
      },
    );
  };
}

type ResolverMap = Record<string, Record<string, unknown>>;

/** The maps of all nouns as one for each of the two libraries: reference resolvers, and everything else. */
function mergeResolvers(maps: readonly ResolverMap[]): { references: ResolverMap; others: ResolverMap } {
  const references: ResolverMap = {};
  const others: ResolverMap = {};
  for (const [type, resolvers] of maps.flatMap((map) => Object.entries(map))) {
    const { __resolveReference, ...rest } = resolvers;
    if (__resolveReference) references[type] = { __resolveReference };
    if (Object.keys(rest).length > 0) others[type] = { ...others[type], ...rest };
  }
  for (const [name, resolve] of Object.entries(others.Mutation ?? {}))
    others.Mutation = { ...others.Mutation, [name]: audited(name, resolve as Parameters<typeof audited>[1]) };
  return { references, others };
}

/**
 * The executable subgraph schema.
 *
 * Two libraries share the work, because each ignores in silence what the other does: `@apollo/subgraph` knows
 * `__resolveReference`, `@graphql-tools/schema` translates enum values and refuses resolvers that match no field.
 */
export function createSchema(): GraphQLSchema {
  const { references, others } = mergeResolvers([enums, ...(resolverMaps as ResolverMap[])]);
  const schema = addResolversToSchema({
    schema: buildSubgraphSchema([
      { typeDefs: typeDefs(), resolvers: references as GraphQLResolverMap<unknown> },
    ]),
    resolvers: others as Parameters<typeof addResolversToSchema>[0]['resolvers'],
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
  separateEntities(schema);
  for (const name of Object.keys(enums)) {
    const type = schema.getType(name);
    if (isEnumType(type)) tolerateUnknownValues(type);
  }
  for (const [name, conversions] of Object.entries(scalars))
    Object.assign(schema.getType(name) ?? {}, conversions);
  return schema;
}
