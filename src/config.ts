import { isIP } from 'node:net';
import type { z } from 'zod';
import { readSecretFiles } from './secret-files.ts';
import { factsOf, fileVariables, type SettingName, settings } from './settings.ts';

type Environment = Record<string, string | undefined>;

/** Thrown for invalid settings; the message lists all of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The share of a container's memory that the gateway may use; the rest is for a last burst, and for the kernel. */
const maxMemoryShare = 0.9;

const hour = 3_600_000;
const day = 24 * hour;

/** The share of the memory for records that the JSON that is written of them may take. */
const textShare = 0.25;

/** The error message for one setting. */
function describeIssue(issue: z.core.$ZodIssue, given: Environment): string {
  const name = issue.path[0] as SettingName;
  const { expected, isSecret } = factsOf(name);
  const got = isSecret ? `${given[name]?.length} characters` : JSON.stringify(given[name]);
  const reason = issue.code === 'custom' && issue.params ? ` (${issue.params.reason})` : '';
  return `${name}: got ${got}${reason}, expected ${expected}`;
}

/** The settings that each account of `ACCOUNTS_FILE` has for itself. */
const ownOfAccounts = [
  'CATALOG',
  'ALLOW_PRODUCTION_WRITES',
  'EVENTS_QUEUE_URL',
  'EVENTS_ACCOUNT_ID',
] as const;

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Settings that contradict each other: one that is missing, or one that would admit unauthenticated callers. */
function contradictions(given: Environment): string[] {
  const { HOST = '127.0.0.1', AUTH = 'none', TRUSTED_DOCUMENTS: mode = 'off' } = given;
  const isOpen = AUTH === 'none' && !given.ROUTER_SECRET && !isLoopback(HOST);
  const lines: string[] = [];
  if (isOpen && given.AUTH_ALLOW_ANONYMOUS !== 'true')
    lines.push(
      `HOST: ${HOST} is not a loopback address, and with AUTH=none anyone who can reach it could use your AWS credentials: set AUTH=jwt or ROUTER_SECRET, or explicitly set AUTH_ALLOW_ANONYMOUS=true`,
    );
  else if (isOpen && !given.ALLOWED_HOSTS)
    lines.push(
      `ALLOWED_HOSTS: required with AUTH_ALLOW_ANONYMOUS=true on HOST=${HOST}: list the host names of this gateway, because a web page can make a name of its own resolve to its address`,
    );
  if (AUTH === 'jwt') {
    if (!given.AUTH_JWKS_URL === !given.AUTH_JWKS)
      lines.push('AUTH: jwt requires either AUTH_JWKS_URL or AUTH_JWKS, for the keys that verify tokens');
    if (!given.AUTH_ISSUER) lines.push('AUTH_ISSUER: required with AUTH=jwt');
    if (!given.AUTH_AUDIENCE) lines.push('AUTH_AUDIENCE: required with AUTH=jwt');
  }
  if (['log', 'enforce'].includes(mode) && !given.TRUSTED_DOCUMENTS_FILE)
    lines.push(`TRUSTED_DOCUMENTS_FILE: required with TRUSTED_DOCUMENTS=${mode}`);
  if (given.ACCOUNTS_FILE) {
    for (const name of ownOfAccounts)
      if (given[name])
        lines.push(`${name}: cannot be combined with ACCOUNTS_FILE, where each account has its own`);
    if (isOpen)
      lines.push(
        `ACCOUNTS_FILE: requires AUTH=jwt or ROUTER_SECRET on HOST=${HOST}, because it is unknown whose account an anonymous caller may use`,
      );
  }
  if (given.JOBS_FILE && given.REDIS_URL)
    lines.push(
      'JOBS_FILE: cannot be combined with REDIS_URL, where replicas keep the state of jobs: unset one',
    );
  return lines;
}

/** The environment of this process, with the settings that were given otherwise. */
export const environmentWith = (given: Environment): Environment => ({ ...process.env, ...given });

/** The variables of the environment that are not settings. */
export const otherVariables = (env: Environment = process.env): Environment =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => value && !Object.hasOwn(settings.shape, name) && !fileVariables.has(name),
    ),
  );

/** A queue of events, and the account whose events it has: its own, unless another is named. */
export const eventsOf = (queueUrl: string, accountId?: string) =>
  Object.freeze({ queueUrl, accountId: accountId ?? String(new URL(queueUrl).pathname.split('/')[1]) });

/**
 * Parses the environment into a frozen configuration, reading the files of secrets and of trusted documents. Empty variables
 * are ignored.
 *
 * @throws ConfigError that lists every invalid setting with its value and the expected one
 */
export function readConfig(env: Environment = process.env) {
  const { values: given, problems: unreadable } = readSecretFiles(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value)),
  );
  const { data, error } = settings.safeParse(given);
  const malformed = new Map(error?.issues.map((issue) => [issue.path[0], describeIssue(issue, given)]));
  const problems = [...unreadable, ...malformed.values(), ...contradictions(given)];
  if (!data || problems.length > 0)
    throw new ConfigError(['These settings cannot be used:', ...problems].join('\n  '));
  const production = data.NODE_ENV === 'production';
  return Object.freeze({
    port: data.PORT,
    host: data.HOST,
    upstream: data.UPSTREAM,
    endpoint: data.UPSTREAM_ENDPOINT,
    /** The file with the accounts, each with what follows for an account; undefined for a single one. */
    accountsFile: data.ACCOUNTS_FILE,
    catalog: data.CATALOG,
    mayWrite: data.CATALOG === 'Sandbox' || data.ALLOW_PRODUCTION_WRITES,
    auth: Object.freeze({
      mode: data.AUTH,
      jwksUrl: data.AUTH_JWKS_URL,
      jwks: data.AUTH_JWKS,
      issuer: data.AUTH_ISSUER,
      audience: data.AUTH_AUDIENCE,
      algorithms: Object.freeze(data.AUTH_ALGORITHMS),
      clockToleranceSeconds: data.AUTH_CLOCK_TOLERANCE_SECONDS,
      /** Each is accepted; empty without a router. */
      routerSecrets: Object.freeze(data.ROUTER_SECRET),
    }),
    /** Only this machine can reach the gateway, under a name of loopback. */
    isLoopback: isLoopback(data.HOST),
    region: data.PARTNER_CENTRAL_REGION,
    quota: Object.freeze({
      readsPerSecond: data.QUOTA_READS_PER_SECOND,
      readsPerDay: data.QUOTA_READS_PER_DAY,
      writesPerSecond: data.QUOTA_WRITES_PER_SECOND,
      writesPerDay: data.QUOTA_WRITES_PER_DAY,
      prospectingGetPerSecond: data.QUOTA_PROSPECTING_GET_PER_SECOND,
      prospectingListPerSecond: data.QUOTA_PROSPECTING_LIST_PER_SECOND,
      prospectingStartPerSecond: data.QUOTA_PROSPECTING_START_PER_SECOND,
      createEngagementPerSecond: data.QUOTA_CREATE_ENGAGEMENT_PER_SECOND,
    }),
    bulkDailyReserve: data.BULK_DAILY_RESERVE,
    cache: Object.freeze({ freshMs: data.CACHE_FRESH_MS, maxBytes: data.CACHE_MAX_BYTES * (1 - textShare) }),
    /** For what has been written of records. */
    maxTextBytes: data.CACHE_MAX_BYTES * textShare,
    awsSummaryFreshMs: data.AWS_SUMMARY_FRESH_MS,
    hasIndex: data.INDEX ?? data.UPSTREAM === 'emulator',
    syncIntervalMs: data.SYNC_INTERVAL_MS,
    events: data.EVENTS_QUEUE_URL ? eventsOf(data.EVENTS_QUEUE_URL, data.EVENTS_ACCOUNT_ID) : undefined,
    redisUrl: data.REDIS_URL,
    replicas: data.REPLICAS,
    jobs: Object.freeze({ file: data.JOBS_FILE, ttlMs: data.JOBS_TTL_DAYS * day }),
    idempotencyTtlMs: data.IDEMPOTENCY_TTL_HOURS * hour,
    maxBodyBytes: data.MAX_BODY_BYTES,
    bulkMaxBytes: data.BULK_MAX_BYTES,
    /** `constrainedMemory` is 0 where Node cannot find out, and enormous without a limit. */
    maxMemoryBytes:
      data.MAX_MEMORY_BYTES ?? maxMemoryShare * (process.constrainedMemory() || Number.POSITIVE_INFINITY),
    apqMaxBytes: data.APQ_MAX_BYTES,
    limits: Object.freeze({
      maxDepth: data.MAX_DEPTH,
      maxAliases: data.MAX_ALIASES,
      maxUpstreamCalls: data.MAX_UPSTREAM_CALLS,
      maxRootFields: data.MAX_ROOT_FIELDS,
      maxRecords: data.MAX_RECORDS,
      maxResponseBytes: data.MAX_RESPONSE_BYTES,
      maxSubscriptionsPerCaller: data.MAX_SUBSCRIPTIONS_PER_CALLER,
    }),
    trustedDocuments: Object.freeze({
      mode: data.TRUSTED_DOCUMENTS,
      documents: data.TRUSTED_DOCUMENTS_FILE ?? (new Map() as ReadonlyMap<string, string>),
    }),
    /** Empty without a restriction, see `http/hosts.ts`. */
    allowedHosts: Object.freeze(data.ALLOWED_HOSTS),
    corsOrigins: Object.freeze(data.CORS_ORIGINS),
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    /** The time that requests in flight have when the gateway stops; for `drainDelayMs` of it new ones are accepted. */
    drainTimeoutMs: data.DRAIN_TIMEOUT_MS,
    drainDelayMs: Math.min(data.DRAIN_DELAY_MS ?? (production ? 5_000 : 0), data.DRAIN_TIMEOUT_MS),
    production,
    graphiql: data.GRAPHIQL ?? (!production && (isLoopback(data.HOST) || data.NODE_ENV === 'development')),
    introspection: data.INTROSPECTION ?? !production,
    upstreamCost: data.UPSTREAM_COST ?? !production,
    emulatorStateFile: data.EMULATOR_STATE_FILE,
    logLevel: data.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    telemetry: Object.freeze({
      metricsPort: data.METRICS_PORT,
      tracesEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT,
      sampled: data.OTEL_TRACES_SAMPLER_ARG,
    }),
  });
}

export type Config = ReturnType<typeof readConfig>;
