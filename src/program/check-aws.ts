/** `--check-aws`: who the gateway is to AWS, and whether AWS answers it. */
import type { AccountConfig } from '../accounts-file.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Client } from '../upstream/client.ts';
import { callerArn, credentialKind } from '../upstream/identity.ts';
import { type ProbeResult, probe } from '../upstream/probe.ts';
import { RoleNotAssumed } from '../upstream/roles.ts';

type Checked = Config & Partial<Pick<AccountConfig, 'role'>>;
type Failure = Extract<ProbeResult, { isAnswered: false }>;

/** What to do about an answer that is none. */
function adviceOn({ code, message, name, said = '' }: Failure, { catalog, region, role }: Checked): string {
  if (
    message.includes('INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE') ||
    message.includes('NO_ACTIVE_REGISTRATION')
  )
    return `The account is not registered as a partner in the catalog ${catalog}.`;
  if (code === 'FORBIDDEN')
    return `${said}\nThe policy of the role has to allow partnercentral:ListOpportunities in the catalog ${catalog}: docs/security.md.`;
  if (code === 'THROTTLED' || code === 'QUOTA_EXHAUSTED')
    return 'The credentials work; something else uses the quota of this account at the moment.';
  if (message.includes('role of this account'))
    return `The trust policy of ${role?.arn} has to allow the credentials of the process${role?.externalId ? ', with this external id' : ''}: docs/accounts.md.`;
  if (message.includes('credentials'))
    return `They may have expired, or belong to another partition or account (${name}).`;
  return `The gateway needs a route to the API in ${region}, without a proxy: docs/settings.md.`;
}

/**
 * Makes one list call, and asks STS who made it. STS may be out of reach where the API is not, so it is never a failure that
 * the role is unknown.
 *
 * @param endpoint where the call goes, without secrets
 * @returns what to show, and whether AWS has answered
 */
export async function checkAws(
  config: Checked,
  client: Client,
  endpoint: string,
): Promise<{ text: string; isAnswered: boolean }> {
  const { catalog, region, requestTimeoutMs } = config;
  const kind = await credentialKind(client.credentials).catch((error: Error) => {
    if (error instanceof RoleNotAssumed) return `none: ${(error.cause as Error).message}`;
    throw error;
  });
  const role = await callerArn(client.credentials, region).catch(
    ({ name }: Error) => `unknown, since STS did not say (${name})`,
  );
  const stop = new AbortController();
  const stopTimer = systemClock.setTimer(() => stop.abort(), requestTimeoutMs);
  const startedAt = systemClock.now();
  const result = await probe(client, catalog, stop.signal).finally(stopTimer);
  const ms = Math.round(systemClock.now() - startedAt);
  const outcome = result.isAnswered
    ? `ListOpportunities was answered in ${ms} ms: there are ${result.hasOpportunities ? '' : 'no '}opportunities`
    : `ListOpportunities failed after ${ms} ms: ${result.message}`;
  const lines = [
    `credentials  ${kind}`,
    `role         ${role}`,
    `catalog      ${catalog}`,
    `region       ${region}, ${endpoint}`,
    `answer       ${outcome}`,
    ...(result.isAnswered ? [] : adviceOn(result, config).split('\n')),
  ];
  return { text: lines.join('\n'), isAnswered: result.isAnswered };
}
