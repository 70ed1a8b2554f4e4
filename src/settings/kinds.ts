/** What settings may hold: a schema of each kind, with what it expects in words. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What each setting expects, in words; a secret is never quoted. */
export const about = z.registry<{ expected: string; isSecret: boolean }>();
declare const described: unique symbol;
/** A schema with an entry in `about`. */
export type Described = z.ZodType & { readonly [described]: true };

/**
 * Adds the expected value, in words, to a schema for its error message. Of a secret, the message contains the length only.
 * Every URL is a secret: it may contain a password, which cannot be removed from a URL that does not parse.
 */
function setting<S extends z.ZodType>(schema: S, expected: string, { isSecret = false } = {}): S & Described {
  about.add<z.ZodType>(schema, { expected, isSecret });
  return schema as S & Described;
}

/** Most of these are compared with what other programs send, where a blank at an end would never be seen, nor match. */
export const text = (expected: string) =>
  setting(
    z.string().refine((value) => value === value.trim()),
    `${expected}, without blanks around it`,
  );
export const oneOf = <const T extends string[]>(...values: T) =>
  setting(z.enum(values), values.map((value) => JSON.stringify(value)).join(' or '));
export const flag = (on: string, off: string) =>
  setting(z.stringbool({ truthy: [on], falsy: [off], case: 'sensitive' }), `"${on}" or "${off}"`);
export const number = (min: number, max: number) =>
  setting(z.coerce.number().min(min).max(max), `a number from ${min} to ${max}`);
export const integer = (what: string, min: number, max: number) =>
  setting(z.coerce.number().int().min(min).max(max), `${what} from ${min} to ${max}`);
export const port = integer('a port number', 0, 65_535);
export const milliseconds = (min: number, max: number) => integer('a whole number of milliseconds', min, max);
export const bytes = (min: number, max: number) => integer('a whole number of bytes', min, max);
/** AWS raises quotas on request; a quota below one per second is for accounts shared with other programs. */
export const quota = number(0.01, 10_000_000);
export const httpUrl = setting(z.url({ protocol: /^https?$/ }), 'an http or https URL', { isSecret: true });
/** The host may be an endpoint in a VPC, or an emulator; the path is always the account and the name. */
export const queueUrl = setting(
  z.url({ protocol: /^https?$/ }).regex(/^https?:\/\/[^/]+\/\d{12}\/[\w-]{1,80}(\.fifo)?$/),
  'the URL of a queue of SQS, such as "https://sqs.us-east-1.amazonaws.com/123456789012/partner-central-events"',
  { isSecret: true },
);
export const accountId = setting(z.string().regex(/^\d{12}$/), 'an AWS account: 12 digits');
export const redisUrl = setting(z.url({ protocol: /^rediss?$/ }), 'a redis or rediss URL', {
  isSecret: true,
});
export const region = setting(z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/), 'a region such as "us-east-1"');

/** Words separated by commas or spaces, each of which must pass. */
const list = (passes: (word: string) => boolean) =>
  z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .refine((words) => words.length > 0 && words.every(passes));
/** Asymmetric algorithms only: with a symmetric one, anyone who can read the environment could sign tokens. */
const asymmetric = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
export const algorithms = setting(
  list((name) => asymmetric.includes(name)),
  `one or more of ${asymmetric.join(', ')}`,
);
export const origins = setting(
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
export const hosts = setting(
  list((word) => parseHost(word) !== undefined && !word.includes('*')).transform((words) =>
    words.flatMap((word) => parseHost(word) ?? []),
  ),
  'host names separated by commas, such as "crm.example.com", each with or without a port; "*" is not allowed',
);

/** Secrets that are sent in a header: clients trim blanks there, and disagree on the bytes of other characters than ASCII. */
export const routerSecrets = setting(
  z
    .string()
    .transform((value) => value.split(/\s+/).filter(Boolean))
    .refine((secrets) => secrets.length > 0 && secrets.every((secret) => /^[\x21-\x7e]{32,}$/.test(secret))),
  'at least 32 visible ASCII characters, without blanks; or several such secrets, separated by blanks',
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
export const keySet = setting(
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
export const manifestFile = setting(
  json((name) => readFileSync(name, 'utf8')).pipe(manifest),
  'a JSON file with at least one operation: {"<id>": "<operation>"}, or Apollo\'s {"operations": [{"id", "body"}]}',
);
