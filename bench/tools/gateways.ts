/** The gateways that are measured. */
import { execFileSync } from 'node:child_process';
import { type Program, root, start } from './programs.ts';

/** This gateway from its sources; as it is installed, which takes less memory; and the plain one. */
const files = { gateway: 'src/main.ts', package: 'dist/server/main.js', plain: 'bench/plain.ts' };
export type GatewayName = keyof typeof files;
export type GatewayOptions = { env?: Record<string, string>; core?: number; reportsMemory?: boolean };

/** A quota that is never the limit, for sections that measure something else. */
export const generousQuota = {
  QUOTA_READS_PER_SECOND: '5000',
  QUOTA_READS_PER_DAY: '10000000',
  QUOTA_WRITES_PER_SECOND: '100',
};

/** Builds what `startGateway('package', …)` starts. */
export function buildPackage(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

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
    file: files[name],
    env: { ...settings, ...env },
    ...options,
  });
  return { ...program, url: name === 'plain' ? program.url : `${program.url}/graphql` };
}
