/**
 * A plain gateway for comparison, as a good tutorial would build it: standalone Apollo Server, the AWS SDK's client
 * with its defaults (three attempts, its own backoff), and one DataLoader over GetOpportunity per request. Its SDL is
 * the gateway's. Lists return AWS's summaries; a field that they lack loads the record.
 */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  PartnerCentralSellingClient,
} from '@aws-sdk/client-partnercentral-selling';
import { addResolversToSchema } from '@graphql-tools/schema';
import DataLoader from 'dataloader';
import { enums } from '../src/generated/enums.ts';
import { typeDefs } from '../src/graphql/schema.ts';
import { camelCase, isoText } from './tools/naming.ts';

const { UPSTREAM_ENDPOINT: endpoint = '', PORT = '0' } = process.env;
const Catalog = 'Sandbox';
const client = new PartnerCentralSellingClient({
  region: 'us-east-1',
  endpoint,
  credentials: { accessKeyId: 'PLAIN', secretAccessKey: 'plain' },
});

// biome-ignore lint/suspicious/noExplicitAny: AWS's response is passed on without a look at it
type Node = any;
const createContext = () => ({
  opportunities: new DataLoader<string, Node>((ids) =>
    Promise.all(
      ids.map((Identifier) =>
        client
          .send(new GetOpportunityCommand({ Catalog, Identifier }))
          .then((record) => ({ ...(camelCase(record) as Node), isFullRecord: true }))
          .catch((error: Error) => error),
      ),
    ),
  ),
});
type Context = ReturnType<typeof createContext>;

/** A member of the full record, which is loaded if the node comes from a list. */
const recordMember =
  (name: string) =>
  async (node: Node, _args: unknown, { opportunities }: Context) =>
    (node.isWhole ? node : await opportunities.load(node.id))[name];

const resolvers = {
  ...enums,
  Query: {
    opportunity: (_root: unknown, { id }: { id: string }, { opportunities }: Context) =>
      opportunities.load(id),
    async opportunities(_root: unknown, { first, after }: { first: number; after?: string }) {
      const page = await client.send(
        new ListOpportunitiesCommand({ Catalog, MaxResults: first, NextToken: after }),
      );
      const nodes = (page.OpportunitySummaries ?? []).map(camelCase) as Node[];
      return { nodes, pageInfo: { hasNextPage: Boolean(page.NextToken), endCursor: page.NextToken } };
    },
  },
  Opportunity: {
    project: recordMember('project'),
    marketing: recordMember('marketing'),
    primaryNeedsFromAws: recordMember('primaryNeedsFromAws'),
    nationalSecurity: recordMember('nationalSecurity'),
    opportunityTeam: recordMember('opportunityTeam'),
    softwareRevenue: recordMember('softwareRevenue'),
    relatedEntityIdentifiers: recordMember('relatedEntityIdentifiers'),
    customer: (node: Node) => node.customer && { ...node.customer, of: node },
  },
  Customer: {
    contacts: async ({ of }: Node, args: unknown, context: Context) =>
      (await recordMember('customer')(of, args, context))?.contacts,
  },
  Node: { __resolveType: () => 'Opportunity' },
};
const references = {
  Opportunity: {
    __resolveReference: async ({ id }: { id: string }, { opportunities }: Context) => opportunities.load(id),
  },
};

const schema = addResolversToSchema({
  schema: buildSubgraphSchema([{ typeDefs: typeDefs(), resolvers: references }]),
  resolvers: resolvers as Parameters<typeof addResolversToSchema>[0]['resolvers'],
});
Object.assign(schema.getType('DateTime') ?? {}, { serialize: isoText });

const { url } = await startStandaloneServer(new ApolloServer<Context>({ schema }), {
  listen: { port: Number(PORT), host: '127.0.0.1' },
  context: async () => createContext(),
});
console.log(`ready at ${url}`);
