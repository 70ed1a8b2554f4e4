/** The parts of a gateway, wired together from its configuration. */
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { auditLog } from './accounts/audit.ts';
import type { AccountConfig } from './accounts-file.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { type Connect, createAccounts } from './gateway/accounts.ts';
import { createSchema } from './graphql/schema.ts';
import { createTrustedDocuments } from './graphql/trusted-documents.ts';
import { startServer } from './http/server.ts';
import { openJobs } from './jobs/open.ts';
import { dependOnRecordOnly, resolverMaps } from './resolvers/index.ts';
import { createTelemetry } from './telemetry.ts';

/** A running gateway. */
export type Gateway = {
  /** The base URL, without a path. */
  url: string;
  /** Replaces the manifest of trusted documents, for requests that start from now on. */
  replaceDocuments(manifest: ReadonlyMap<string, string>): void;
  /**
   * Serves these accounts instead, for requests that start from now on; resolves once the accounts that are new carry out their
   * work. An account that has not changed keeps everything that it has. If one cannot be opened, nothing changes.
   */
  replaceAccounts(accounts: readonly AccountConfig[]): Promise<void>;
  /** Accepts no more requests, lets those in flight finish, and releases all resources. */
  stop(): Promise<void>;
};

export type GatewayOptions = {
  /** The accounts that are served first. */
  accounts: readonly AccountConfig[];
  /** Connects an account to AWS; the client is closed with the account. */
  connect: Connect;
  log: FastifyBaseLogger;
  /** For tests, see `Executed`. */
  plansFromUse?: number | undefined;
};

let built: GraphQLSchema | undefined;

/** The schema, which all gateways of a process share. */
const schema = (): GraphQLSchema => (built ??= createSchema(resolverMaps, dependOnRecordOnly));

/**
 * Starts a gateway; resolves once it is listening.
 *
 * @throws the listening socket's error, such as `EADDRINUSE`
 */
export async function startGateway(
  config: Config,
  { accounts: configured, connect, log, plansFromUse }: GatewayOptions,
): Promise<Gateway> {
  const runtime = { clock: systemClock, telemetry: createTelemetry(systemClock), audit: auditLog(log) };
  // First, since a file that cannot be used prevents the start.
  const jobs = await openJobs(config, { clock: systemClock, log });
  const accounts = createAccounts(connect, { schema: schema(), runtime, jobs }, log);
  const close = async () => {
    await accounts.close();
    jobs.close();
  };
  const documents = createTrustedDocuments(config.trustedDocuments.documents);
  try {
    await accounts.replace(configured);
    const server = await startServer(
      config,
      { ...runtime, schema: schema(), documents, plansFromUse, accounts },
      log,
    );
    return {
      url: server.url,
      replaceDocuments: documents.replace,
      replaceAccounts: accounts.replace,
      async stop() {
        await Promise.all([server.stop(), accounts.drain()]);
        await close();
      },
    };
  } catch (error) {
    await accounts.drain();
    await close();
    throw error;
  }
}
