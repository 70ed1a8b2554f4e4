/** Composes both subgraphs into `supergraph.graphql` for a router: `npm run example:federation:compose`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { crmSdl } from './crm.ts';

export const ports = { router: 4010, partnerCentral: 4011, crm: 4012 };
export const file = new URL('supergraph.graphql', import.meta.url);

/**
 * A subgraph without its required scopes: `@apollo/gateway` refuses supergraphs with `@requiresScopes`, since it cannot
 * enforce them. The gateway itself still does.
 */
export const withoutScopes = (sdl: string): string =>
  sdl.replaceAll(/(?<!directive) @requiresScopes\([^)]*\)/g, '').replace('"@requiresScopes", ', '');

/** The supergraph of both subgraphs at these URLs. @throws Error with the composition errors */
export function composeSupergraph(
  partnerCentral: string,
  crm: string,
  sdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'partner-central', typeDefs: parse(sdl), url: partnerCentral },
    { name: 'crm', typeDefs: parse(crmSdl), url: crm },
  ]);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

if (import.meta.main)
  writeFileSync(
    file,
    composeSupergraph(
      `http://127.0.0.1:${ports.partnerCentral}/graphql`,
      `http://127.0.0.1:${ports.crm}/graphql`,
    ),
  );
