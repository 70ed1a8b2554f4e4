/** The two gateways to compare. */
import { type Program, start } from './programs.ts';

export type GatewayName = 'gateway' | 'plain';
export type GatewayOptions = { env?: Record<string, string>; core?: number; reportsMemory?: boolean };

/** A quota that is never the limit, for sections that measure something else. */
export const generousQuota = {
  QUOTA_READS_PER_SECOND: '5000',
  QUOTA_READS_PER_DAY: '10000000',
  QUOTA_WRITES_PER_SECOND: '100',
};

/** Starts this gateway as in production, without an index, with defaults for all settings that are not in `env`; or the plain one. */
export async function startGateway(
  name: GatewayName,
  upstream: string,
  { env = {}, ...options }: GatewayOptions = {},
): Promise<Program> {
  const settings = {
    NODE_ENV: 'production',
    UPSTREAM_ENDPOINT: upstream,
    PORT: '0',
    DRAIN_DELAY_MS: '0',
    INDEX: 'off',
  };
  const program = await start({
    file: name === 'gateway' ? 'src/main.ts' : 'bench/plain.ts',
    env: { ...settings, ...env },
    ...options,
  });
  return { ...program, url: name === 'gateway' ? `${program.url}/graphql` : program.url };
}
