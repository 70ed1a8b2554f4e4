/** What `ACCOUNTS_FILE` may contain. */
import { z } from 'zod';
import { about, oneOf, queueUrl, region } from './kinds.ts';

/** Adds the expected value, in words, to a schema for its error message. */
function described<S extends z.ZodType>(schema: S, expected: string): S {
  about.add<z.ZodType>(schema, { expected, isSecret: false });
  return schema;
}

const matching = (pattern: RegExp, expected: string) => described(z.string().regex(pattern), expected);
const flag = described(z.boolean(), 'true or false');
const claimName = matching(/^.{1,200}$/s, 'the name of a claim, of 1 to 200 characters');
const quota = described(z.number().min(0.01).max(10_000_000), 'a number from 0.01 to 10000000');

/** An object without unknown members. */
const object = <const Shape extends z.ZodRawShape>(shape: Shape) =>
  described(z.strictObject(shape), `an object with some of ${Object.keys(shape).join(', ')}`);

/**
 * A row-level view: its callers see only opportunities whose `partnerOpportunityIdentifier` starts with one of their prefixes.
 * A caller without a value of the claim sees none.
 */
const view = object({
  /** The name of the claim. */
  claim: claimName,
  /** The prefixes by the claim's value; without it, the values of the claim are the prefixes. The empty prefix fits all. */
  prefixes: described(
    z.record(z.string(), described(z.array(described(z.string(), 'a string')), 'a list of prefixes')),
    'an object with a list of prefixes for each value of the claim',
  ).optional(),
});

/** Whose token may use an account: one with a claim that has, or lists, one of some values. */
const callers = object({
  claim: claimName,
  values: described(
    z.array(matching(/^.{1,1000}$/s, 'a string of 1 to 1000 characters')).min(1),
    'a list of at least one value',
  ),
});

const account = object({
  /** In keys, metrics, the log and the header `X-Account`. */
  name: matching(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    '1 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
  ),
  catalog: oneOf('Sandbox', 'AWS'),
  /** Of the API and of STS; `PARTNER_CENTRAL_REGION` by default. */
  region: region.optional(),
  /** Assumed with the credentials of the process; without it, these are used themselves. */
  roleArn: matching(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    'the ARN of a role, such as "arn:aws:iam::123456789012:role/partner-central"',
  ).optional(),
  externalId: matching(
    /^[\w+=,.@:/-]{2,1224}$/,
    'a string of 2 to 1224 letters, digits and characters of _+=,.@:/-',
  ).optional(),
  /** Whether mutations are allowed in the catalog `AWS`. */
  allowProductionWrites: flag.default(false),
  /** Each is the value of its setting by default, such as `QUOTA_READS_PER_SECOND`. */
  quota: object({
    readsPerSecond: quota.exactOptional(),
    readsPerDay: quota.exactOptional(),
    writesPerSecond: quota.exactOptional(),
    writesPerDay: quota.exactOptional(),
    prospectingGetPerSecond: quota.exactOptional(),
    prospectingListPerSecond: quota.exactOptional(),
    prospectingStartPerSecond: quota.exactOptional(),
    createEngagementPerSecond: quota.exactOptional(),
  }).optional(),
  /** A queue with the events of this account alone. */
  eventsQueueUrl: queueUrl.optional(),
  /** The account whose events are taken; the queue's own by default. */
  eventsAccountId: matching(/^\d{12}$/, 'an AWS account: 12 digits, in quotes').optional(),
  /** Without it, only callers about whom nothing is claimed may use it: a router's, and anonymous ones on loopback. */
  callers: callers.optional(),
  view: view.optional(),
});

/** At most so many, since each has a quota, a cache and timers of its own. */
const maxAccounts = 500;

export const accountsFile = object({
  accounts: described(z.array(account).min(1).max(maxAccounts), `a list of 1 to ${maxAccounts} accounts`),
});

export type ViewRule = Readonly<z.output<typeof view>>;
export type CallerRule = Readonly<z.output<typeof callers>>;
export type AccountEntry = Readonly<z.output<typeof account>>;
