/** A second subgraph: a CRM whose accounts own opportunities in Partner Central. Its data is generated. */
import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { parse } from 'graphql';

export const crmSdl = readFileSync(new URL('crm.graphql', import.meta.url), 'utf8');

/** The first opportunity of the emulator's seed. */
const first = 5_000_001;
const perAccount = 40;
const owners = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan'];

const opportunityOf = (id: string) => ({
  __typename: 'Opportunity',
  id,
  partnerOpportunityIdentifier: `CRM-${Number(id.slice(1)) - 4_990_000}`,
});
const accountOf = (index: number) => ({
  id: `A${index + 1}`,
  owner: owners[index] ?? '',
  opportunities: Array.from({ length: perAccount }, (_, n) =>
    opportunityOf(`O${first + index * perAccount + n}`),
  ),
});
const accounts = owners.map((_, index) => accountOf(index));
/** An account with an opportunity that AWS does not have, as happens in CRMs. */
const accountWithUnknown = {
  id: 'A9',
  owner: 'Nobody',
  opportunities: [opportunityOf('O404'), opportunityOf('O5000001')],
};

type Reference = { id: string; lifeCycle?: { targetCloseDate?: string | null } | null };

const resolvers = {
  Query: {
    accounts: () => accounts,
    account: (_root: unknown, { id }: { id: string }) =>
      [...accounts, accountWithUnknown].find((account) => account.id === id) ?? null,
  },
  CrmAccount: {
    __resolveReference: ({ id }: Reference) => accounts.find((account) => account.id === id) ?? null,
  },
  Opportunity: {
    __resolveReference: (reference: Reference) => ({ ...reference }),
    account: ({ id }: Reference) => accounts[Math.floor((Number(id.slice(1)) - first) / perAccount)] ?? null,
    forecastQuarter({ lifeCycle }: Reference) {
      const [year, month] = lifeCycle?.targetCloseDate?.split('-') ?? [];
      return year && month ? `${year}-Q${Math.ceil(Number(month) / 3)}` : null;
    },
  },
};

/** Starts the CRM on loopback. */
export async function startCrm(port = 0): Promise<{ url: string; stop(): Promise<void> }> {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(crmSdl), resolvers: resolvers as unknown as GraphQLResolverMap<unknown> },
  ]);
  const server = new ApolloServer({
    schema,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const { url } = await startStandaloneServer(server, { listen: { port, host: '127.0.0.1' } });
  return { url: `${url}graphql`, stop: () => server.stop() };
}
