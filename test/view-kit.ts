/** Gateways whose callers see some of the emulator's opportunities, those of the CRM ids that begin with their prefixes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../emulator/server.ts';
import { gatewayOn, type TestGateway, untilIndexed } from './kit.ts';

const secret = 'a-secret-that-is-long-enough-for-this';

/** The claim's values: of the 250 opportunities, `north` sees O5000001 to O5000099, `south` O5000100 to O5000199. */
const prefixes = {
  north: ['CRM-100'],
  south: ['CRM-101'],
  'north-east': ['CRM-1009', 'CRM-1008'],
  all: [''],
};
const accounts = [
  {
    name: 'main',
    catalog: 'Sandbox',
    callers: { claim: 'org', values: ['partner'] },
    view: { claim: 'region', prefixes },
  },
];

/** The headers of a caller about whom a router claims this. */
export const by = (region: unknown, caller?: string) => ({
  'x-router-secret': secret,
  'x-caller-claims': JSON.stringify({ org: 'partner', region }),
  ...(caller !== undefined && { 'x-caller-id': caller }),
});

export const north = by('north', 'ada');
export const south = by('south', 'bob');
export const everyone = by('all', 'eve');

export type ViewedGateway = TestGateway & {
  /** The same without headers of its own for a caller. */
  as(headers: Record<string, string>): Pick<TestGateway, 'query'>;
};

/** Starts gateways with these settings on one emulator. */
export async function viewed<const Settings extends readonly Record<string, string>[]>(
  ...settings: Settings
): Promise<{ gateways: { [Index in keyof Settings]: ViewedGateway } } & AsyncDisposable> {
  const emulator = await startEmulator({});
  const folder = await mkdtemp(join(tmpdir(), 'view-'));
  const ACCOUNTS_FILE = join(folder, 'accounts.json');
  await writeFile(ACCOUNTS_FILE, JSON.stringify({ accounts }));
  const gateways: ViewedGateway[] = [];
  for (const env of settings) {
    const gw = await gatewayOn(emulator.url, {
      ROUTER_SECRET: secret,
      ACCOUNTS_FILE,
      SYNC_INTERVAL_MS: '3600000',
      ...env,
    });
    const as = (headers: Record<string, string>) => ({
      query: (query: string, variables: object = {}, more: Record<string, string> = {}) =>
        gw.query(query, variables, { ...headers, ...more }),
    });
    gateways.push({ ...gw, as });
  }
  for (const gw of gateways.filter((_, index) => settings[index]?.INDEX === 'on'))
    await untilIndexed(gw.as(everyone));
  return {
    gateways: gateways as { [Index in keyof Settings]: ViewedGateway },
    async [Symbol.asyncDispose]() {
      for (const gw of gateways) await gw[Symbol.asyncDispose]();
      await emulator.stop();
      await rm(folder, { recursive: true });
    },
  };
}
