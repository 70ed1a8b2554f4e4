/** Roles of accounts, assumed with the credentials of the process. */
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { type Clock, calendar } from '../clock.ts';

export type Role = {
  arn: string;
  externalId?: string | undefined;
  /** Of STS. */
  region: string;
  /** How CloudTrail of the account names the gateway. */
  sessionName: string;
};

/** Before a role's credentials expire, they are renewed: the SDK does not like to use them in their last five minutes. */
const renewBeforeMs = 6 * 60_000;
/** The pause after a failure, in which STS is not asked: it doubles with each failure in a row. */
const pause = { minMs: 1_000, maxMs: 60_000 };

/** The exceptions by which AWS refuses credentials that it has issued itself, because it has taken them back. */
const refusals: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);

/** A role could not be assumed. STS's own message, which names the role and the gateway, is the cause. */
export class RoleNotAssumed extends Error {
  override readonly name = 'RoleNotAssumed';
  /** STS's or the system's name for the reason. */
  readonly reason: string;
  readonly retryAfterMs: number;

  constructor(cause: unknown, retryAfterMs: number) {
    const { name = 'Error' } = cause as Error;
    super(`The role could not be assumed (${name}).`, { cause });
    this.reason = name;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The credentials of one role. */
export type RoleCredentials = AwsCredentialIdentityProvider & {
  /** Has the role assumed again if AWS has refused its credentials with this error. */
  refused(error: unknown): void;
  /** Tells the SDK that nothing needs to remember the credentials in addition. */
  memoized: true;
};

export type RolesOptions = {
  /** Finds the credentials of the process. */
  base: AwsCredentialIdentityProvider;
  clock: Pick<Clock, 'now'>;
};

export type RoleLog = {
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
};

type Assume = (base: AwsCredentialIdentity, role: object) => Promise<AwsCredentialIdentity>;

/** The SDK's own way to assume a role, which finds STS by its own rules. It is loaded when it is first used. */
async function createAssumer(region: string): Promise<Assume> {
  const { getDefaultRoleAssumer } = await import('@aws-sdk/client-sts');
  // `getDefaultRoleAssumer` has a type of its own for what it passes to AssumeRole.
  return getDefaultRoleAssumer({
    region,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  }) as Assume;
}

/** The roles of a process. All of a region share one client of STS, and so its connections. */
export function createRoles({ base, clock }: RolesOptions) {
  const assumers = new Map<string, Promise<Assume>>();

  function assumerIn(region: string): Promise<Assume> {
    const assumer = assumers.get(region) ?? createAssumer(region);
    assumers.set(region, assumer);
    return assumer;
  }

  /**
   * The credentials of a role, which is assumed when they are first needed, and again before they expire. They are remembered;
   * after a failure, STS is not asked for a while.
   *
   * @returns a function that throws RoleNotAssumed
   */
  return function credentialsOf(role: Role, log: RoleLog): RoleCredentials {
    let current: AwsCredentialIdentity | undefined;
    /** When it is assumed again, on the clock. */
    let renewAt = Number.NEGATIVE_INFINITY;
    let failures = 0;
    let failure: unknown;
    let pausedUntil = Number.NEGATIVE_INFINITY;
    let pending: Promise<AwsCredentialIdentity> | undefined;

    const hasExpired = ({ expiration }: AwsCredentialIdentity) =>
      expiration !== undefined && calendar.until(expiration.getTime()) <= 0;

    async function assume(): Promise<AwsCredentialIdentity> {
      const { arn: RoleArn, externalId: ExternalId, region, sessionName: RoleSessionName } = role;
      const assumeRole = await assumerIn(region);
      return assumeRole(await base(), { RoleArn, RoleSessionName, ...(ExternalId && { ExternalId }) });
    }

    async function renew(): Promise<AwsCredentialIdentity> {
      try {
        current = await assume();
        const lifetime = current.expiration
          ? calendar.until(current.expiration.getTime())
          : Number.POSITIVE_INFINITY;
        renewAt = clock.now() + Math.max(lifetime - renewBeforeMs, lifetime / 2);
        if (failures > 0) log.info({}, 'role assumed again');
        failures = 0;
        return current;
      } catch (error) {
        const pauseMs = Math.min(pause.maxMs, pause.minMs * 2 ** failures);
        failures += 1;
        failure = error;
        pausedUntil = clock.now() + pauseMs;
        const notAssumed = new RoleNotAssumed(error, pauseMs);
        if (failures === 1) log.warn({ error: notAssumed.reason }, 'role not assumed; trying again');
        throw notAssumed;
      } finally {
        pending = undefined;
      }
    }

    async function provide(): Promise<AwsCredentialIdentity> {
      if (current && clock.now() < renewAt) return current;
      const usable = current && !hasExpired(current) ? current : undefined;
      if (clock.now() < pausedUntil) {
        if (usable) return usable;
        throw new RoleNotAssumed(failure, pausedUntil - clock.now());
      }
      pending ??= renew();
      if (!usable) return pending;
      // No request waits for new credentials while the old ones can be used.
      pending.catch(() => {});
      return usable;
    }

    return Object.assign(provide, {
      refused(error: unknown): void {
        if (refusals.has((error as Error).name)) current = undefined;
      },
      memoized: true as const,
    });
  };
}

export type Roles = ReturnType<typeof createRoles>;
