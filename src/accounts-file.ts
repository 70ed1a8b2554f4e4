/** `ACCOUNTS_FILE`: the accounts that a gateway serves. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Config, ConfigError, eventsOf } from './config.ts';
import { type AccountEntry, accountsFile, type CallerRule, type ViewRule } from './settings/accounts.ts';
import { about } from './settings/kinds.ts';

/** The settings of one account: those of the process, and what is its own. */
export type AccountConfig = Config & {
  /** In keys, cursors, metrics and the log. */
  name: string;
  /** The role to assume; without it, the credentials of the process are used. */
  role: { arn: string; externalId: string | undefined } | undefined;
  /** Who may use it; undefined for callers about whom nothing is claimed. */
  callers: CallerRule | 'everyone' | undefined;
  /** Limits what its callers see. */
  view: ViewRule | undefined;
};

/** The account's name without `ACCOUNTS_FILE`. */
const onlyAccount = 'main';

type Path = readonly PropertyKey[];

/** A schema without what makes it optional. */
const required = (schema: z.ZodType): z.ZodType =>
  [z.ZodOptional, z.ZodExactOptional, z.ZodDefault].some((kind) => schema instanceof kind)
    ? required((schema as z.ZodOptional<z.ZodType>).unwrap())
    : schema;

/** The schema of what is at a path. */
function schemaAt(path: Path): z.ZodType {
  return path.reduce<z.ZodType>((schema, key) => {
    if (schema instanceof z.ZodObject) return required(schema.shape[String(key)]);
    if (schema instanceof z.ZodArray) return required(schema.element as z.ZodType);
    if (schema instanceof z.ZodRecord) return required(schema.valueType as z.ZodType);
    return schema;
  }, accountsFile);
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** A path as in JavaScript, such as `accounts[0].quota.readsPerSecond`. */
const textOf = (path: Path): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);

/** The longest value that an error message quotes. */
const maxQuoted = 100;

/** A value as an error message quotes it. */
function quoted(value: unknown, isSecret: boolean): string {
  if (value === undefined) return 'nothing';
  if (isSecret && typeof value === 'string') return `${value.length} characters`;
  const text = JSON.stringify(value);
  return text.length > maxQuoted ? `${text.slice(0, maxQuoted)}…` : text;
}

/** The lines for a problem with the content. */
function describeIssue(issue: z.core.$ZodIssue, content: unknown): string[] {
  const schema = schemaAt(issue.path);
  const { expected = 'nothing', isSecret = false } = about.get(schema) ?? {};
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = Object.keys((schema as z.ZodObject).shape).join(', ');
      return `${textOf([...issue.path, key])}: unknown, expected one of ${known}`;
    });
  const got = quoted(valueAt(content, issue.path), isSecret);
  return [`${textOf(issue.path) || 'the file'}: got ${got}, expected ${expected}`];
}

/** What only one entry may have, and why. */
const unique: readonly { of(entry: AccountEntry): string | undefined; member: string; reason: string }[] = [
  { of: ({ name }) => name, member: '.name', reason: 'each account needs its own' },
  {
    of: ({ roleArn, catalog }) => `${roleArn} ${catalog}`,
    member: '',
    reason: 'with the same role and catalog they would share a quota',
  },
  {
    of: ({ eventsQueueUrl }) => eventsQueueUrl,
    member: '.eventsQueueUrl',
    reason: 'each would take events of the other out of it',
  },
];

/** What is wrong with entries that are well-formed each: a line for each problem. */
function contradictions(accounts: readonly AccountEntry[]): string[] {
  const doubled = unique.flatMap(({ of, member, reason }) => {
    const first = new Map<string, number>();
    return accounts.flatMap((entry, index) => {
      const value = of(entry);
      if (value === undefined) return [];
      const other = first.get(value);
      if (other === undefined) first.set(value, index);
      return other === undefined
        ? []
        : [`accounts[${index}]${member}: the same as accounts[${other}]${member}; ${reason}`];
    });
  });
  const incomplete = accounts.flatMap(({ roleArn, externalId, eventsQueueUrl, eventsAccountId }, index) => [
    ...(externalId && !roleArn ? [`accounts[${index}].externalId: requires a roleArn`] : []),
    ...(eventsAccountId && !eventsQueueUrl
      ? [`accounts[${index}].eventsAccountId: requires an eventsQueueUrl`]
      : []),
  ]);
  return [...doubled, ...incomplete];
}

/** @throws Error with one line about the place and the problem */
async function parse(file: string, text: string): Promise<unknown> {
  if (file.endsWith('.json')) return JSON.parse(text);
  // Loaded only where it is used, since that takes time.
  const yaml = await import('yaml');
  return yaml.parse(text);
}

/** @throws ConfigError that lists everything that is wrong with the file */
async function readEntries(file: string): Promise<readonly AccountEntry[]> {
  const fail = (lines: readonly string[]) =>
    new ConfigError([`ACCOUNTS_FILE: ${file} cannot be used:`, ...lines].join('\n  '));
  const text = await readFile(file, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw fail([`it cannot be read: ${code}`]);
  });
  const content = await parse(file, text).catch((error: Error) => {
    throw fail([error.message.split('\n')[0] ?? '']);
  });
  const { data, error } = accountsFile.safeParse(content);
  const problems = data
    ? contradictions(data.accounts)
    : (error?.issues ?? []).flatMap((issue) => describeIssue(issue, content));
  // A value can be wrong in several ways, which have one description.
  if (!data || problems.length > 0) throw fail([...new Set(problems)]);
  return data.accounts;
}

function withEntry(config: Config, entry: AccountEntry): AccountConfig {
  const { name, catalog, region, roleArn, externalId, eventsQueueUrl, eventsAccountId } = entry;
  return {
    ...config,
    name,
    catalog,
    mayWrite: catalog === 'Sandbox' || entry.allowProductionWrites,
    region: region ?? config.region,
    role: roleArn ? { arn: roleArn, externalId } : undefined,
    quota: { ...config.quota, ...entry.quota },
    events: eventsQueueUrl ? eventsOf(eventsQueueUrl, eventsAccountId) : undefined,
    callers: entry.callers,
    view: entry.view,
  };
}

/**
 * The accounts of `ACCOUNTS_FILE`, as it is now; without it the one of the settings, called `main`, which is everyone's.
 *
 * @throws ConfigError that lists everything that is wrong with the file
 */
export async function readAccounts(config: Config): Promise<readonly AccountConfig[]> {
  if (!config.accountsFile)
    return [{ ...config, name: onlyAccount, role: undefined, callers: 'everyone', view: undefined }];
  const entries = await readEntries(config.accountsFile);
  return entries.map((entry) => withEntry(config, entry));
}
