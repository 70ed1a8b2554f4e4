import { isIP } from 'node:net';
import { z } from 'zod';

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');
const port = z.coerce.number().int().min(0).max(65_535);
/** AWS raises quotas on request; below one a second is for those who share theirs with other programs. */
const quota = z.coerce.number().min(0.01).max(10_000_000);
const url = z.url({ protocol: /^https?$/ });

/** Exact origins, such as `https://crm.example.com`, between commas. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin));

/** Every setting: its name in the environment, what it may hold, and its default. The README's table says the same. */
const settings = z.object({
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  UPSTREAM: z.enum(['emulator', 'aws']).default('emulator'),
  UPSTREAM_ENDPOINT: url.optional(),
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
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(30_000),
  GRAPHIQL: onOff.optional(),
  UPSTREAM_COST: onOff.optional(),
  EMULATOR_STATE_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  NODE_ENV: z.string().optional(),
});

/** What each setting wants, in words, for the message that refuses another value. */
const wanted: Record<string, string> = {
  PORT: 'a port number, 0 to 65535',
  HOST: 'an address or host name to listen on',
  UPSTREAM: '"emulator" or "aws"',
  UPSTREAM_ENDPOINT: 'an http or https URL',
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
  REQUEST_TIMEOUT_MS: 'whole milliseconds, 100 to 600000',
  GRAPHIQL: '"on" or "off"',
  UPSTREAM_COST: '"on" or "off"',
  EMULATOR_STATE_FILE: 'a file name',
  LOG_LEVEL: '"debug", "info", "warn", "error" or "silent"',
};

/** Thrown for settings that cannot be; its message lists every one of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
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
      (name) => `  ${name}: got ${JSON.stringify(env[name])}, wanted ${wanted[name] ?? 'another value'}`,
    );
    throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`);
  }
  const { data } = parsed;
  const production = data.NODE_ENV === 'production';
  return Object.freeze({
    port: data.PORT,
    host: data.HOST,
    upstream: data.UPSTREAM,
    endpoint: data.UPSTREAM_ENDPOINT,
    catalog: data.CATALOG,
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
    corsOrigins: Object.freeze(data.CORS_ORIGINS),
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    production,
    /** Whether the explorer page is served: to oneself and in development, elsewhere only on demand. */
    graphiql: data.GRAPHIQL ?? (!production && (isLoopback(data.HOST) || data.NODE_ENV === 'development')),
    /** Whether answers tell their upstream cost in `extensions.upstream`. */
    upstreamCost: data.UPSTREAM_COST ?? !production,
    emulatorStateFile: data.EMULATOR_STATE_FILE,
    logLevel: data.LOG_LEVEL,
  });
}

export type Config = ReturnType<typeof readConfig>;
