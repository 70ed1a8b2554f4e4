import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What each setting expects, in words; a secret is never quoted. */
export const about = z.registry<{ expected: string; isSecret: boolean }>();
declare const described: unique symbol;
type Described = z.ZodType & { readonly [described]: true };

/**
 * Adds the expected value, in words, to a schema for its error message. Of a secret, the message contains the length only.
 * Every URL is a secret: it may contain a password, which cannot be removed from a URL that does not parse.
 */
function setting<S extends z.ZodType>(schema: S, expected: string, { isSecret = false } = {}): S & Described {
  about.add<z.ZodType>(schema, { expected, isSecret });
  return schema as S & Described;
}

/** Most of these are compared with what somebody else sends, where a blank at an end would never be seen, nor match. */
const text = (expected: string) =>
  setting(
    z.string().refine((value) => value === value.trim()),
    `${expected}, without blanks around it`,
  );
const oneOf = <const T extends string[]>(...values: T) =>
  setting(z.enum(values), values.map((value) => JSON.stringify(value)).join(' or '));
const flag = (on: string, off: string) =>
  setting(z.stringbool({ truthy: [on], falsy: [off], case: 'sensitive' }), `"${on}" or "${off}"`);
const number = (min: number, max: number) =>
  setting(z.coerce.number().min(min).max(max), `a number from ${min} to ${max}`);
const integer = (what: string, min: number, max: number) =>
  setting(z.coerce.number().int().min(min).max(max), `${what} from ${min} to ${max}`);
const port = integer('a port number', 0, 65_535);
const milliseconds = (min: number, max: number) => integer('a whole number of milliseconds', min, max);
const bytes = (min: number, max: number) => integer('a whole number of bytes', min, max);
/** AWS raises quotas on request; a quota below one per second is for accounts shared with other programs. */
const quota = number(0.01, 10_000_000);
const httpUrl = setting(z.url({ protocol: /^https?$/ }), 'an http or https URL', { isSecret: true });
/** The host may be an endpoint in a VPC, or an emulator; the path is always the account and the name. */
const queueUrl = setting(
  z.url({ protocol: /^https?$/ }).regex(/^https?:\/\/[^/]+\/\d{12}\/[\w-]{1,80}(\.fifo)?$/),
  'the URL of a queue of SQS, such as "https://sqs.us-east-1.amazonaws.com/123456789012/partner-central-events"',
  { isSecret: true },
);
const accountId = setting(z.string().regex(/^\d{12}$/), 'an AWS account: 12 digits');
const redisUrl = setting(z.url({ protocol: /^rediss?$/ }), 'a redis or rediss URL', { isSecret: true });
const region = setting(z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/), 'a region such as "us-east-1"');

/** Words separated by commas or spaces, each of which must pass. */
const list = (passes: (word: string) => boolean) =>
  z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .refine((words) => words.length > 0 && words.every(passes));
/** Asymmetric algorithms only: with a symmetric one, anyone who can read the environment could sign tokens. */
const asymmetric = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
const algorithms = setting(
  list((name) => asymmetric.includes(name)),
  `one or more of ${asymmetric.join(', ')}`,
);
const origins = setting(
  list((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
  'origins separated by commas, such as "https://crm.example.com", without a path; "*" is not allowed',
);

/** A host as URLs and the `Host` header name it; without a port, it stands for every port. */
export type Host = { name: string; port: string | undefined };

/**
 * A host name or address with or without a port, in its canonical form: lower case, without the dot of the root, an IPv6
 * address in brackets and shortened. Undefined if it is none.
 */
export function parseHost(text: string): Host | undefined {
  const [, name, port] = /^(\[[^[\]]+\]|[^:[\]/?#@\\\s]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (!name || !URL.canParse(`http://${name}`)) return undefined;
  return { name: new URL(`http://${name}`).hostname.replace(/\.$/, ''), port };
}
const hosts = setting(
  list((word) => parseHost(word) !== undefined && !word.includes('*')).transform((words) =>
    words.flatMap((word) => parseHost(word) ?? []),
  ),
  'host names separated by commas, such as "crm.example.com", each with or without a port; "*" is not allowed',
);

/** A secret that is sent in a header: clients trim blanks there, and disagree on the bytes of other characters than ASCII. */
const routerSecret = setting(
  z.string().regex(/^[\x21-\x7e]{32,}$/),
  'at least 32 visible ASCII characters, without blanks',
  { isSecret: true },
);

/** A JSON value. Error messages never quote it, since it may contain a secret. */
const json = (read: (value: string) => string) =>
  z.string().transform((value, context): unknown => {
    try {
      return JSON.parse(read(value));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      context.addIssue({ code: 'custom', params: { reason: code ? `cannot be read: ${code}` : 'not JSON' } });
      return z.NEVER;
    }
  });

/** Public keys are not secret, but an invalid value may be a private key, which has a `d`. */
const publicKey = z.looseObject({ kty: z.string().regex(/^(?!oct$)./) }).refine((key) => !('d' in key));
const keySet = setting(
  json((value) => value).pipe(z.object({ keys: z.array(publicKey).min(1) })),
  'a JSON Web Key Set with public keys: {"keys":[…]}',
  { isSecret: true },
);

/** Operations by id, in the format of Relay and the client preset, or in Apollo's. */
const manifest = z
  .union([
    z
      .object({ operations: z.array(z.object({ id: z.string(), body: z.string() })) })
      .transform(({ operations }) => operations.map(({ id, body }) => [id, body] as const)),
    z.record(z.string(), z.string()).transform((operations) => Object.entries(operations)),
  ])
  .refine((entries) => entries.length > 0)
  .transform((entries): ReadonlyMap<string, string> => new Map(entries));
const manifestFile = setting(
  json((name) => readFileSync(name, 'utf8')).pipe(manifest),
  'a JSON file with at least one operation: {"<id>": "<operation>"}, or Apollo\'s {"operations": [{"id", "body"}]}',
);

/** Every setting: its name in the environment, what it may hold, and its default. docs/settings.md lists the same. */
export const settings = z.object({
  PORT: port.default(4000),
  HOST: text('an address or host name to listen on').default('127.0.0.1'),
  UPSTREAM: oneOf('emulator', 'aws').default('emulator'),
  UPSTREAM_ENDPOINT: httpUrl.optional(),
  AUTH: oneOf('none', 'jwt').default('none'),
  AUTH_ALLOW_ANONYMOUS: flag('true', 'false').default(false),
  AUTH_JWKS_URL: httpUrl.optional(),
  AUTH_JWKS: keySet.optional(),
  AUTH_ISSUER: text('the "iss" of tokens').optional(),
  AUTH_AUDIENCE: text('the "aud" of tokens').optional(),
  AUTH_ALGORITHMS: algorithms.default(['RS256', 'ES256', 'EdDSA']),
  AUTH_CLOCK_TOLERANCE_SECONDS: integer('a whole number of seconds', 0, 300).default(5),
  ROUTER_SECRET: routerSecret.optional(),
  ALLOW_PRODUCTION_WRITES: flag('true', 'false').default(false),
  CATALOG: oneOf('Sandbox', 'AWS').default('Sandbox'),
  PARTNER_CENTRAL_REGION: region.default('us-east-1'),
  QUOTA_READS_PER_SECOND: quota.default(10),
  QUOTA_READS_PER_DAY: quota.default(100_000),
  QUOTA_WRITES_PER_SECOND: quota.default(1),
  QUOTA_WRITES_PER_DAY: quota.default(10_000),
  QUOTA_PROSPECTING_GET_PER_SECOND: quota.default(100),
  QUOTA_PROSPECTING_LIST_PER_SECOND: quota.default(50),
  QUOTA_PROSPECTING_START_PER_SECOND: quota.default(2),
  QUOTA_CREATE_ENGAGEMENT_PER_SECOND: quota.default(15),
  CACHE_FRESH_MS: milliseconds(0, 3_600_000).default(3_000),
  AWS_SUMMARY_FRESH_MS: milliseconds(0, 3_600_000).default(300_000),
  CACHE_MAX_BYTES: bytes(1_000_000, 64_000_000_000).default(128_000_000),
  INDEX: flag('on', 'off').optional(),
  SYNC_INTERVAL_MS: milliseconds(100, 3_600_000).default(5_000),
  EVENTS_QUEUE_URL: queueUrl.optional(),
  EVENTS_ACCOUNT_ID: accountId.optional(),
  REDIS_URL: redisUrl.optional(),
  REPLICAS: integer('a whole number', 1, 1_000).default(1),
  MAX_BODY_BYTES: bytes(1_000, 100_000_000).default(1_048_576),
  MAX_MEMORY_BYTES: bytes(1_000_000, 1_000_000_000_000).optional(),
  APQ_MAX_BYTES: bytes(0, 1_000_000_000).default(1_000_000),
  CORS_ORIGINS: origins.default([]),
  ALLOWED_HOSTS: hosts.default([]),
  MAX_DEPTH: integer('a whole number', 1, 1_000).default(12),
  MAX_ALIASES: integer('a whole number', 0, 10_000).default(100),
  MAX_UPSTREAM_CALLS: integer('a whole number', 0, 1_000_000).default(300),
  MAX_ROOT_FIELDS: integer('a whole number', 1, 10_000).default(50),
  MAX_RECORDS: integer('a whole number', 1, 1_000_000).default(2_000),
  MAX_RESPONSE_BYTES: bytes(10_000, 500_000_000).default(10_000_000),
  MAX_SUBSCRIPTIONS_PER_CALLER: integer('a whole number', 0, 100_000).default(50),
  TRUSTED_DOCUMENTS: oneOf('off', 'log', 'enforce').default('off'),
  TRUSTED_DOCUMENTS_FILE: manifestFile.optional(),
  REQUEST_TIMEOUT_MS: milliseconds(100, 600_000).default(30_000),
  DRAIN_TIMEOUT_MS: milliseconds(0, 600_000).default(8_000),
  DRAIN_DELAY_MS: milliseconds(0, 600_000).optional(),
  GRAPHIQL: flag('on', 'off').optional(),
  INTROSPECTION: flag('on', 'off').optional(),
  UPSTREAM_COST: flag('on', 'off').optional(),
  EMULATOR_STATE_FILE: text('a file name').optional(),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').optional(),
  METRICS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_TRACES_SAMPLER_ARG: number(0, 1).default(1),
  NODE_ENV: text('the name of an environment').optional(),
} satisfies Record<string, Described | z.ZodDefault<Described> | z.ZodOptional<Described>>);
