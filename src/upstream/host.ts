/** What hosts set for the AWS SDK or for every program, and `client.ts` does not follow. */
import type { Config } from '../config.ts';

const byEndpoint = 'only UPSTREAM_ENDPOINT changes the endpoint';
const reasons: Record<string, string> = {
  AWS_REGION: 'only PARTNER_CENTRAL_REGION changes the region',
  AWS_USE_FIPS_ENDPOINT: byEndpoint,
  AWS_USE_DUALSTACK_ENDPOINT: byEndpoint,
  AWS_ENDPOINT_URL: byEndpoint,
  AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: byEndpoint,
};
const withoutProxy = 'AWS is called without a proxy';
const reasonsOnAws = { ...reasons, HTTPS_PROXY: withoutProxy, https_proxy: withoutProxy };

/** The variables of an environment that would change how AWS is called, if they were followed: a line for each. */
export function ignoredByClient(
  environment: Record<string, string | undefined>,
  { region, upstream }: Pick<Config, 'region' | 'upstream'>,
): string[] {
  const changesNothing = [undefined, 'false', region];
  return Object.entries(upstream === 'aws' ? reasonsOnAws : reasons)
    .filter(([name]) => !changesNothing.includes(environment[name]))
    .map(([name, reason]) => `${name}: ${reason}`);
}
