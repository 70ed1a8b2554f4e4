/** How the accounts of a process reach AWS, or an emulator. */
import type { AccountConfig } from '../accounts-file.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { LocalEvents } from '../events/start.ts';
import type { Connect } from '../gateway/accounts.ts';
import { type Client, createClient } from '../upstream/client.ts';
import { createRoles, type RoleLog, type RolesOptions } from '../upstream/roles.ts';

/** The access key of the emulator's default partner. It only checks the format of credentials. */
const emulatorKey = 'EMULATOR';

/** An emulator in this process. */
export type Embedded = { url: string; events: LocalEvents };

/** The AWS account of a role. */
const accountIdOf = (roleArn: string): string => roleArn.split(':')[4] ?? '';

/** Makes an AWS account a partner of the emulator, with an access key of its own. */
async function registerPartner(
  url: string,
  accessKeyId: string,
  accountId: string,
  name: string,
): Promise<void> {
  const response = await fetch(`${url}/_emulator/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accessKeyId, accountId, name, alias: name }),
  });
  if (!response.ok) throw new Error(`The emulator did not accept the account ${name}.`);
}

const withKey = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: 'emulator' });

/** Connects accounts to an emulator: an AWS account that a role is in is a partner of its own, without data at first. */
function connectToEmulator(createClientOf: CreateClient, embedded: Embedded | undefined): Connect {
  return async (config) => {
    const { name, role } = config;
    const accountId = role && accountIdOf(role.arn);
    if (!accountId || accountId === embedded?.events.accountId)
      return { client: createClientOf(config, withKey(emulatorKey)), localEvents: embedded?.events };
    const key = `${emulatorKey}${accountId}`;
    if (embedded) await registerPartner(embedded.url, key, accountId, name);
    return {
      client: createClientOf(config, withKey(key)),
      localEvents: embedded && { ...embedded.events, accountId },
    };
  };
}

type CreateClient = (
  account: AccountConfig,
  credentials?: Parameters<typeof createClient>[0]['credentials'],
) => Client;

/**
 * Connects accounts, each with its role if it has one.
 *
 * @param base the credentials of the process
 */
export function createConnect(
  config: Config,
  base: RolesOptions['base'],
  log: { child(bindings: object): RoleLog },
  embedded?: Embedded,
): Connect {
  const createClientOf: CreateClient = ({ region, quota }, credentials) =>
    createClient({
      region,
      callsPerSecond: quota.readsPerSecond + quota.writesPerSecond,
      endpoint: config.endpoint ?? embedded?.url,
      credentials,
    });
  if (config.upstream === 'emulator') return connectToEmulator(createClientOf, embedded);
  const credentialsOf = createRoles({ base, clock: systemClock });
  return async (account) => {
    const { name, role, region } = account;
    if (!role) return { client: createClientOf(account) };
    const sessionName = `partner-central-graphql-${name}`;
    const credentials = credentialsOf({ ...role, region, sessionName }, log.child({ account: name }));
    return { client: createClientOf(account, credentials) };
  };
}
