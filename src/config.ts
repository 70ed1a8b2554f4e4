import { isIP } from 'node:net';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');
const port = z.coerce.number().int().min(0).max(65_535);
/** AWS raises quotas on request; below one a second is for those who share theirs with other programs. */
const quota = z.coerce.number().min(0.01).max(10_000_000);
const url = z.url({ protocol: /^https?$/ });
const yes = z.enum(['true', 'false']).transform((value) => value === 'true');
const words = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));
/** Keys that anybody may know. A secret that signs and verifies could be read out of the environment and sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const keySet = z.string().transform((text, context): JSONWebKeySet => {
  try {
    const set = JSON.parse(text) as JSONWebKeySet;
    if (Array.isArray(set.keys) && set.keys.length > 0 && set.keys.every(({ kty }) => kty && kty !== 'oct'))
      return set;
  } catch {}
  context.addIssue('no key set');
  return z.NEVER;
});

/** Exact origins, such as `https://crm.example.com`, between commas. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin));

/** Every setting: its name in the environment, what it may hold, and its default. The README's table says the same. */
export const settings = z.object({
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  UPSTREAM: z.enum(['emulator', 'aws']).default('emulator'),
  UPSTREAM_ENDPOINT: url.optional(),
  AUTH: z.enum(['none', 'jwt']).default('none'),
  AUTH_ALLOW_ANONYMOUS: yes.default(false),
  AUTH_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUTH_JWKS: keySet.optional(),
  AUTH_ISSUER: z.string().min(1).optional(),
  AUTH_AUDIENCE: z.string().min(1).optional(),
  AUTH_ALGORITHMS: words
    .refine((names) => names.length > 0 && names.every((name) => algorithms.includes(name)))
    .default(['RS256', 'ES256', 'EdDSA']),
  AUTH_CLOCK_TOLERANCE_SECONDS: z.coerce.number().int().min(0).max(300).default(5),
  ROUTER_SECRET: z.string().min(32).optional(),
  ALLOW_PRODUCTION_WRITES: yes.default(false),
  CATALOG: z.enum(['Sandbox', 'AWS']).default('Sandbox'),
  AWS_REGION: z
    .string()
    .regex(/^[a-z]{2,}(-[a-z]+)+-\d$/)
    .default('us-east-1'),
  QUOTA_READS_PER_SECOND: quota.default(10),
  QUOTA_READS_PER_DAY: quota.default(100_000),
  QUOTA_WRITES_PER_SECOND: quota.default(1),
  QUOTA_WRITES_PER_DAY: quota.default(10_000),
  CACHE_FRESH_MS: z.coerce.number().int().min(0).max(3_600_000).default(3_000),
  CACHE_MAX_BYTES: z.coerce.number().int().min(1_000_000).max(64_000_000_000).default(128_000_000),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  REPLICAS: z.coerce.number().int().min(1).max(1_000).default(1),
  MAX_BODY_BYTES: z.coerce.number().int().min(1_000).max(100_000_000).default(1_048_576),
  APQ_MAX_BYTES: z.coerce.number().int().min(0).max(1_000_000_000).default(1_000_000),
  CORS_ORIGINS: origins.default([]),
  MAX_DEPTH: z.coerce.number().int().min(1).max(1_000).default(12),
  MAX_ALIASES: z.coerce.number().int().min(0).max(10_000).default(100),
  MAX_UPSTREAM_CALLS: z.coerce.number().int().min(0).max(1_000_000).default(300),
  TRUSTED_DOCUMENTS: z.enum(['off', 'log', 'enforce']).default('off'),
  TRUSTED_DOCUMENTS_FILE: z.string().min(1).optional(),
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(30_000),
  DRAIN_TIMEOUT_MS: z.coerce.number().int().min(0).max(600_000).default(8_000),
  GRAPHIQL: onOff.optional(),
  UPSTREAM_COST: onOff.optional(),
  EMULATOR_STATE_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
  METRICS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  NODE_ENV: z.string().optional(),
});

/** What each setting wants, in words, for the message that refuses another value. */
const wanted: Record<string, string> = {
  PORT: 'a port number, 0 to 65535',
  HOST: 'an address or host name to listen on',
  UPSTREAM: '"emulator" or "aws"',
  UPSTREAM_ENDPOINT: 'an http or https URL',
  AUTH: '"none" or "jwt"',
  AUTH_ALLOW_ANONYMOUS: '"true" or "false"',
  AUTH_JWKS_URL: 'an http or https URL',
  AUTH_JWKS: 'a JSON Web Key Set with public keys: {"keys":[…]}',
  AUTH_ISSUER: 'the "iss" of tokens',
  AUTH_AUDIENCE: 'the "aud" of tokens',
  AUTH_ALGORITHMS: `some of ${algorithms.join(', ')}`,
  AUTH_CLOCK_TOLERANCE_SECONDS: 'whole seconds, 0 to 300',
  ROUTER_SECRET: 'a secret of at least 32 characters',
  ALLOW_PRODUCTION_WRITES: '"true" or "false"',
  CATALOG: '"Sandbox" or "AWS"',
  AWS_REGION: 'a region such as "us-east-1"',
  QUOTA_READS_PER_SECOND: 'a number from 0.01',
  QUOTA_READS_PER_DAY: 'a number from 0.01',
  QUOTA_WRITES_PER_SECOND: 'a number from 0.01',
  QUOTA_WRITES_PER_DAY: 'a number from 0.01',
  CACHE_FRESH_MS: 'whole milliseconds, 0 to 3600000',
  CACHE_MAX_BYTES: 'whole bytes, from 1000000',
  REDIS_URL: 'a redis or rediss URL',
  REPLICAS: 'a whole number from 1',
  MAX_BODY_BYTES: 'whole bytes, from 1000',
  APQ_MAX_BYTES: 'whole bytes, 0 for none',
  CORS_ORIGINS: 'origins between commas, such as "https://crm.example.com", without a path; "*" is none',
  MAX_DEPTH: 'a whole number from 1',
  MAX_ALIASES: 'a whole number from 0',
  MAX_UPSTREAM_CALLS: 'a whole number, 0 for any',
  TRUSTED_DOCUMENTS: '"off", "log" or "enforce"',
  TRUSTED_DOCUMENTS_FILE: 'a file name',
  REQUEST_TIMEOUT_MS: 'whole milliseconds, 100 to 600000',
  DRAIN_TIMEOUT_MS: 'whole milliseconds, 0 to 600000',
  GRAPHIQL: '"on" or "off"',
  UPSTREAM_COST: '"on" or "off"',
  EMULATOR_STATE_FILE: 'a file name',
  LOG_LEVEL: '"debug", "info", "warn", "error" or "silent"',
  METRICS_PORT: 'a port number, 0 to 65535',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'an http or https URL',
  OTEL_TRACES_SAMPLER_ARG: 'a number from 0 to 1',
};

/** Thrown for settings that cannot be; its message lists every one of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A value for a message; of a secret only how long it is. */
const shown = (name: string, value: string | undefined): string =>
  name === 'ROUTER_SECRET' ? `${value?.length} characters` : (JSON.stringify(value) ?? 'nothing');

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Settings that do not go together: what is missing, or would let in who should not be. */
function disagreements(data: z.infer<typeof settings>): string[] {
  const isOpen = data.AUTH === 'none' && !data.ROUTER_SECRET;
  return [
    isOpen && !isLoopback(data.HOST) && !data.AUTH_ALLOW_ANONYMOUS
      ? `HOST: ${data.HOST} is not loopback, and with AUTH=none everybody who reaches it would act with your AWS credentials: set AUTH=jwt or ROUTER_SECRET, or AUTH_ALLOW_ANONYMOUS=true on purpose`
      : [],
    data.AUTH === 'jwt' && !data.AUTH_JWKS_URL === !data.AUTH_JWKS
      ? 'AUTH: jwt wants either AUTH_JWKS_URL or AUTH_JWKS, where the keys come from'
      : [],
    data.TRUSTED_DOCUMENTS !== 'off' && !data.TRUSTED_DOCUMENTS_FILE
      ? `TRUSTED_DOCUMENTS_FILE: wanted with TRUSTED_DOCUMENTS=${data.TRUSTED_DOCUMENTS}`
      : [],
    data.AUTH === 'jwt' && !data.AUTH_ISSUER ? 'AUTH_ISSUER: wanted with AUTH=jwt' : [],
    data.AUTH === 'jwt' && !data.AUTH_AUDIENCE ? 'AUTH_AUDIENCE: wanted with AUTH=jwt' : [],
  ].flat();
}

/**
 * The environment as one frozen configuration. An empty variable counts as absent.
 *
 * @throws ConfigError that lists everything wrong: the setting, what it got, what it wanted
 */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    const lines = names.map(
      (name) => `  ${name}: got ${shown(name, env[name])}, wanted ${wanted[name] ?? 'another value'}`,
    );
    throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`);
  }
  const { data } = parsed;
  const wrong = disagreements(data);
  if (wrong.length > 0)
    throw new ConfigError(`These settings cannot be used:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  const production = data.NODE_ENV === 'production';
  return Object.freeze({
    port: data.PORT,
    host: data.HOST,
    upstream: data.UPSTREAM,
    endpoint: data.UPSTREAM_ENDPOINT,
    catalog: data.CATALOG,
    /** Whether mutations are served: into the production catalog only on purpose. */
    mayWrite: data.CATALOG === 'Sandbox' || data.ALLOW_PRODUCTION_WRITES,
    auth: Object.freeze({
      mode: data.AUTH,
      jwksUrl: data.AUTH_JWKS_URL,
      jwks: data.AUTH_JWKS,
      issuer: data.AUTH_ISSUER,
      audience: data.AUTH_AUDIENCE,
      algorithms: Object.freeze(data.AUTH_ALGORITHMS),
      clockToleranceSeconds: data.AUTH_CLOCK_TOLERANCE_SECONDS,
      routerSecret: data.ROUTER_SECRET,
    }),
    /** Whether only this machine can reach the gateway, and by which names then: see `server.ts`. */
    isLoopback: isLoopback(data.HOST),
    region: data.AWS_REGION,
    quota: Object.freeze({
      readsPerSecond: data.QUOTA_READS_PER_SECOND,
      readsPerDay: data.QUOTA_READS_PER_DAY,
      writesPerSecond: data.QUOTA_WRITES_PER_SECOND,
      writesPerDay: data.QUOTA_WRITES_PER_DAY,
    }),
    cache: Object.freeze({ freshMs: data.CACHE_FRESH_MS, maxBytes: data.CACHE_MAX_BYTES }),
    redisUrl: data.REDIS_URL,
    replicas: data.REPLICAS,
    maxBodyBytes: data.MAX_BODY_BYTES,
    apqMaxBytes: data.APQ_MAX_BYTES,
    limits: Object.freeze({
      maxDepth: data.MAX_DEPTH,
      maxAliases: data.MAX_ALIASES,
      maxUpstreamCalls: data.MAX_UPSTREAM_CALLS,
    }),
    trustedDocuments: Object.freeze({ mode: data.TRUSTED_DOCUMENTS, file: data.TRUSTED_DOCUMENTS_FILE }),
    corsOrigins: Object.freeze(data.CORS_ORIGINS),
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    /** How long the requests under way may still take when the gateway is told to stop. */
    drainTimeoutMs: data.DRAIN_TIMEOUT_MS,
    production,
    /** Whether the explorer page is served: to oneself and in development, elsewhere only on demand. */
    graphiql: data.GRAPHIQL ?? (!production && (isLoopback(data.HOST) || data.NODE_ENV === 'development')),
    /** Whether answers tell their upstream cost in `extensions.upstream`. */
    upstreamCost: data.UPSTREAM_COST ?? !production,
    emulatorStateFile: data.EMULATOR_STATE_FILE,
    logLevel: data.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    telemetry: Object.freeze({
      metricsPort: data.METRICS_PORT,
      /** Where spans go, by OpenTelemetry's protocol over HTTP. */
      tracesEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT,
      /** Of the traces that begin here, the share that is recorded. */
      sampled: data.OTEL_TRACES_SAMPLER_ARG,
    }),
  });
}

export type Config = ReturnType<typeof readConfig>;
