/**
 * The gateway's executable schema, with its types, enums and scalars, over records in memory: the minimum that any
 * server must do to execute the same queries.
 */
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { createSchema } from '../../src/graphql/schema.ts';
import { resolverMaps } from '../../src/resolvers/index.ts';
import { createClient } from '../../src/upstream/client.ts';
import { convertNames } from '../../src/upstream/naming.ts';

type Node = { id: string };

/** The first hundred records of the emulator's list, as the gateway would cache them. */
async function readRecords(endpoint: string): Promise<Node[]> {
  const credentials = { accessKeyId: 'BENCH', secretAccessKey: 'bench' };
  const client = createClient({
    callsPerSecond: 100,
    region: 'us-east-1',
    endpoint,
    credentials,
  });
  const send = async (operation: 'GetOpportunity' | 'ListOpportunities', input: object) => {
    const { $metadata: _, ...answer } = (await client.send(
      operation,
      input,
      AbortSignal.timeout(10_000),
    )) as {
      $metadata: unknown;
    };
    return convertNames(answer);
  };
  const Catalog = 'Sandbox';
  const list = (await send('ListOpportunities', { Catalog, MaxResults: 100 })) as {
    opportunitySummaries: Node[];
  };
  const records = await Promise.all(
    list.opportunitySummaries.map(({ id }) => send('GetOpportunity', { Catalog, Identifier: id })),
  );
  client.close();
  return records as Node[];
}

type Resolvers = Record<string, Record<string, GraphQLFieldResolver<unknown, unknown> | undefined>>;

function replaceResolvers(schema: GraphQLSchema, resolvers: Resolvers): void {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!type || !('getFields' in type)) throw new Error(`The schema has no type ${typeName}`);
    for (const [name, resolve] of Object.entries(fields)) {
      const field = type.getFields()[name];
      if (!field) throw new Error(`${typeName} has no field ${name}`);
      Object.assign(field, { resolve });
    }
  }
}

export async function memorySchema(): Promise<GraphQLSchema> {
  const { UPSTREAM_ENDPOINT = '' } = process.env;
  const records = await readRecords(UPSTREAM_ENDPOINT);
  const byId = new Map(records.map((record) => [record.id, record]));
  const entities = new Map(records.map((record) => [record.id, { ...record, __typename: 'Opportunity' }]));
  const schema = createSchema(resolverMaps);
  replaceResolvers(schema, {
    Query: {
      opportunity: (_root, { id }) => byId.get(id) ?? null,
      opportunities: (_root, { first }) => ({ nodes: records.slice(0, first) }),
      _entities: (_root, { representations }) =>
        representations.map(({ id }: Node) => entities.get(id) ?? null),
    },
    OpportunityConnection: { nodes: undefined },
  });
  return schema;
}
