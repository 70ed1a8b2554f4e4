/** Who the gateway is to AWS, for `--check-aws`: never part of a request of a caller. */
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';

/** Credentials with the steps of the chain that have led to them. */
type AttributedCredentials = AwsCredentialIdentity & { $source?: Record<string, string> };

/** How the SDK's chain has found credentials; the rest of its kinds are named as the SDK names them. */
const kinds: Record<string, string> = {
  CREDENTIALS_ENV_VARS: 'environment variables',
  CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN: 'a web identity token named by the environment',
  CREDENTIALS_HTTP: "the container's or pod's endpoint",
  CREDENTIALS_IMDS: "the instance's metadata",
  CREDENTIALS_PROFILE: 'a profile',
  CREDENTIALS_PROFILE_PROCESS: "a profile's process",
  CREDENTIALS_PROFILE_SOURCE_PROFILE: 'a profile with a source profile',
  CREDENTIALS_PROFILE_SSO: 'a profile with single sign-on',
  CREDENTIALS_STS_ASSUME_ROLE: 'an assumed role',
  CREDENTIALS_STS_ASSUME_ROLE_WEB_ID: 'a role assumed with a web identity',
};

/** Where credentials come from, and whether they expire; nothing of the credentials themselves. */
export async function credentialKind(credentials: AwsCredentialIdentityProvider): Promise<string> {
  const { $source = {}, expiration }: AttributedCredentials = await credentials();
  const sources = Object.keys($source)
    .filter((source) => source.startsWith('CREDENTIALS_'))
    .map((source) => kinds[source] ?? source.slice('CREDENTIALS_'.length).toLowerCase().replaceAll('_', ' '));
  const until = expiration ? `, until ${expiration.toISOString()}` : '';
  return `${sources.join(', ') || 'of an unknown kind'}${until}`;
}

/**
 * The ARN of the role or user that credentials belong to, by STS, which requires no permission for this.
 *
 * @throws the SDK's error, such as one for expired credentials, or of a network without a route to STS
 */
export async function callerArn(credentials: AwsCredentialIdentityProvider, region: string): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const requestHandler = { connectionTimeout: 3_000, requestTimeout: 5_000 };
  const client = new STSClient({ credentials, region, maxAttempts: 1, requestHandler });
  try {
    return (await client.send(new GetCallerIdentityCommand())).Arn ?? 'unknown';
  } finally {
    client.destroy();
  }
}
