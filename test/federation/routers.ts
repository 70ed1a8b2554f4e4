/** Both subgraphs, and the routers that serve them. */

import { readFileSync } from 'node:fs';
import { composeServices as composeByApollo } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { parse } from 'graphql';
import { composeSupergraph, withoutScopes } from '../../examples/federation/compose.ts';
import { crmSdl, startCrm } from '../../examples/federation/crm.ts';
import { type Answer, gateway } from '../kit.ts';

type Ask = (query: string, variables?: object) => Promise<Pick<Answer, 'data' | 'errors'>>;
type Router = AsyncDisposable & { ask: Ask };

function hive(supergraph: string): Router {
  const runtime = createGatewayRuntime({ supergraph, logging: false, maskedErrors: false });
  return {
    async ask(query, variables = {}) {
      const answer = await runtime.fetch('http://router/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()) as Answer;
    },
    [Symbol.asyncDispose]: async () => void (await runtime[Symbol.asyncDispose]()),
  };
}

async function apollo(supergraphSdl: string): Promise<Router> {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl, logger }), logger });
  await server.start();
  return {
    async ask(query, variables = {}) {
      const { body } = await server.executeOperation({ query, variables });
      if (body.kind !== 'single') throw new Error('The router sent an incremental response.');
      return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

export const routers = { 'Hive Gateway': hive, 'Apollo Gateway': apollo };
export const composers = {
  'The Guild’s composer': composeSupergraph,
  'Apollo’s composer': (partnerCentral: string, crm: string, sdl: string): string => {
    const { supergraphSdl, errors } = composeByApollo([
      { name: 'partner-central', typeDefs: parse(sdl), url: partnerCentral },
      { name: 'crm', typeDefs: parse(crmSdl), url: crm },
    ]);
    if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
    return supergraphSdl;
  },
};

const published = readFileSync('schema.graphql', 'utf8');
/** The subgraph’s SDL, as a router accepts it. */
export const sdlFor = (name: keyof typeof routers, sdl = published): string =>
  name === 'Apollo Gateway' ? withoutScopes(sdl) : sdl;

/** The gateway with an emulator, the CRM, and a router in front of both. */
export async function supergraph(name: keyof typeof routers, env: Record<string, string> = {}) {
  const gw = await gateway(env);
  const crm = await startCrm();
  const router = await routers[name](composeSupergraph(`${gw.url}/graphql`, crm.url, sdlFor(name)));
  return {
    gw,
    emulator: gw.emulator,
    ask: router.ask,
    async [Symbol.asyncDispose]() {
      await router[Symbol.asyncDispose]();
      await crm.stop();
      await gw[Symbol.asyncDispose]();
    },
  };
}
