import { readdirSync, readFileSync } from 'node:fs';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { enums } from '../generated/enums.ts';
import { separateEntities } from './entities.ts';
import { fieldsWithResolvers, preparePlans } from './execution/hand-over.ts';
import { idempotent } from './idempotency.ts';
import { dropNullItems } from './list-items.ts';
import { openEnums } from './open-enums.ts';
import { audited } from './plugins/audit.ts';
import { scalars } from './scalars.ts';
import { answerEvents } from './streamed.ts';
import { completeInTurns } from './turns.ts';

const folder = new URL('../../schema/', import.meta.url);

/** The graph's SDL: all files of `schema/` as one document. */
export function typeDefs(): DocumentNode {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return parse(files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n'));
}

/** Resolvers by type and field. The libraries and the generated code each have their own type for it. */
export type ResolverMap = Record<string, Record<string, unknown>>;

/** Merges the maps of all nouns into one for each library: reference resolvers, and everything else. */
function mergeResolvers(maps: readonly ResolverMap[]): { references: ResolverMap; others: ResolverMap } {
  const references: ResolverMap = {};
  const others: ResolverMap = {};
  for (const [type, resolvers] of maps.flatMap((map) => Object.entries(map))) {
    const { __resolveReference, ...rest } = resolvers;
    if (__resolveReference) references[type] = { __resolveReference };
    if (Object.keys(rest).length > 0) others[type] = { ...others[type], ...rest };
  }
  return { references, others };
}

/** Has every mutation honour `Idempotency-Key`, and adds the audit log. */
function wrapMutations(mutations: Record<string, unknown>): Record<string, unknown> {
  type Mutation = Parameters<typeof audited>[1] & Parameters<typeof idempotent>[0];
  return Object.fromEntries(
    Object.entries(mutations).map(([name, resolve]) => [
      name,
      audited(name, idempotent(resolve as Mutation) as Mutation),
    ]),
  );
}

/**
 * The executable subgraph schema.
 *
 * Two libraries share the work, because each silently ignores what the other supports: `@apollo/subgraph` implements
 * `__resolveReference`, `@graphql-tools/schema` maps enum values and rejects resolvers that match no field.
 *
 * @param maps the graph's resolvers, one map per noun
 * @param recordOnly the types whose objects never change, and their fields that depend on the object alone
 */
export function createSchema(
  maps: readonly object[],
  recordOnly: Readonly<Record<string, readonly string[]>> = {},
): GraphQLSchema {
  const { references, others } = mergeResolvers([enums, ...(maps as ResolverMap[])]);
  const { Mutation = {}, Subscription = {}, ...rest } = others;
  const schema = addResolversToSchema({
    schema: buildSubgraphSchema([
      { typeDefs: typeDefs(), resolvers: references as GraphQLResolverMap<unknown> },
    ]),
    resolvers: {
      ...rest,
      Mutation: wrapMutations(Mutation),
      Subscription: answerEvents(Subscription),
    } as Parameters<typeof addResolversToSchema>[0]['resolvers'],
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
  separateEntities(schema);
  const resolved = fieldsWithResolvers(schema);
  dropNullItems(schema);
  openEnums(schema);
  preparePlans(schema, resolved, recordOnly);
  completeInTurns(schema);
  for (const [name, conversions] of Object.entries(scalars))
    Object.assign(schema.getType(name) ?? {}, conversions);
  return schema;
}
