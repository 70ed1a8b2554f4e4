/** The two gateways that stand side by side. */
import { type Program, start } from './programs.ts';

export type GatewayName = 'gateway' | 'plain';
export type GatewayOptions = { env?: Record<string, string>; core?: number; isWatched?: boolean };

/** Settings under which the quota is in nobody's way, where something else is measured. */
export const plenty = {
  QUOTA_READS_PER_SECOND: '5000',
  QUOTA_READS_PER_DAY: '10000000',
  QUOTA_WRITES_PER_SECOND: '100',
};

/** Ours as it runs in production, with its defaults for everything that `env` does not name; or the plain one. */
export async function startGateway(
  name: GatewayName,
  upstream: string,
  { env = {}, ...options }: GatewayOptions = {},
): Promise<Program> {
  const settings = { NODE_ENV: 'production', UPSTREAM_ENDPOINT: upstream, PORT: '0' };
  const program = await start({
    file: name === 'gateway' ? 'src/main.ts' : 'bench/plain.ts',
    env: { ...settings, ...env },
    ...options,
  });
  return { ...program, url: name === 'gateway' ? `${program.url}/graphql` : program.url };
}
