/** A gateway of several accounts, each with an emulator of its own, so that their records have the same ids. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { type AccountConfig, readAccounts } from '../src/accounts-file.ts';
import { readConfig } from '../src/config.ts';
import type { Upstream } from '../src/gateway/open-account.ts';
import { startGateway } from '../src/gateway.ts';
import { createClient } from '../src/upstream/client.ts';
import { type Answer, type Data, emulatorControl, testSettings } from './kit.ts';
import { localEventsOf } from './local-events.ts';

/** A file of accounts that is removed after the test. */
export function accountsFile() {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  const file = join(folder, 'accounts.json');
  return {
    file,
    write: (content: unknown) =>
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** Entries of a file: of each account its name, and what is different from a Sandbox with a role of its own. */
export type Entries = Record<string, object>;

const entriesOf = (entries: Entries): object[] =>
  Object.entries(entries).map(([name, more]) => ({
    name,
    catalog: 'Sandbox',
    roleArn: `arn:aws:iam::123456789012:role/${name}`,
    ...more,
  }));

export async function gatewayOfAccounts(entries: Entries, env: Record<string, string> = {}) {
  const first = accountsFile();
  first.write({ accounts: entriesOf(entries) });
  const config = readConfig({
    ...testSettings,
    PORT: '0',
    LOG_LEVEL: 'debug',
    UPSTREAM_ENDPOINT: 'http://127.0.0.1:1',
    ACCOUNTS_FILE: first.file,
    ...env,
  });
  const emulators = new Map<string, Emulator>();
  const closed: string[] = [];

  async function emulatorOf(name: string): Promise<Emulator> {
    const emulator = emulators.get(name) ?? (await startEmulator());
    emulators.set(name, emulator);
    return emulator;
  }
  const refused = new Set<string>();
  async function connect({ name, region }: AccountConfig): Promise<Upstream> {
    if (refused.has(name)) throw new Error('refused');
    const emulator = await emulatorOf(name);
    const client = createClient({
      region,
      callsPerSecond: 100,
      endpoint: emulator.url,
      credentials: { accessKeyId: name, secretAccessKey: 'test' },
    });
    const close = () => {
      closed.push(name);
      client.close();
    };
    return { client: { ...client, close }, localEvents: localEventsOf(emulator) };
  }
  const logged: string[] = [];
  const log = pino({ level: config.logLevel }, { write: (line: string) => void logged.push(line) });
  const server = await startGateway(config, { accounts: await readAccounts(config), connect, log });

  return {
    url: server.url,
    logged,
    /** The accounts whose clients have been closed, in their order. */
    closed,
    /** The control API of an account's emulator. */
    async emulator(name: string) {
      return emulatorControl((await emulatorOf(name)).url);
    },
    /** Has the connection of an account fail when it is opened. */
    refuseConnection: (name: string) => void refused.add(name),
    /** Serves other accounts. */
    async replace(next: Entries): Promise<void> {
      using file = accountsFile();
      file.write({ accounts: entriesOf(next) });
      const read = await readAccounts({ ...config, accountsFile: file.file });
      await server.replaceAccounts(
        read.map((account) => ({ ...account, accountsFile: config.accountsFile })),
      );
    },
    /** Sends an operation. */
    async query(
      query: string,
      headers: Record<string, string> = {},
      variables: object = {},
    ): Promise<Omit<Answer, 'calls'> & { text: string }> {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const { data, errors, extensions } = JSON.parse(text) as Data;
      return { status: response.status, headers: response.headers, data, errors, extensions, text };
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      for (const emulator of emulators.values()) await emulator.stop();
      first[Symbol.dispose]();
    },
  };
}

export type GatewayOfAccounts = Awaited<ReturnType<typeof gatewayOfAccounts>>;
