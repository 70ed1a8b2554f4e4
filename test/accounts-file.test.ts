/** `ACCOUNTS_FILE`: what it may contain, and what is said about anything else. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readAccounts } from '../src/accounts-file.ts';
import { readConfig } from '../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(text: string, name = 'accounts.yaml', env: Record<string, string> = {}) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return readAccounts(readConfig({ ...env, ACCOUNTS_FILE: file }));
}

/** The problems that are reported. */
async function problems(content: unknown): Promise<string[]> {
  const error = await read(JSON.stringify(content), 'accounts.json').then(
    () => new Error(''),
    (error: Error) => error,
  );
  const [first = '', ...lines] = error.message.split('\n');
  expect(first).toBe(`ACCOUNTS_FILE: ${join(folder, 'accounts.json')} cannot be used:`);
  return lines.map((line) => line.trim());
}

const minimal = { name: 'emea', catalog: 'Sandbox' };
const account = (more: object) => ({ accounts: [{ ...minimal, ...more }] });

describe('a file that can be used', () => {
  test('has in YAML what it has in JSON', async () => {
    const yaml = `
accounts:
  - name: emea # a comment
    catalog: AWS
    region: eu-west-1
    roleArn: arn:aws:iam::111122223333:role/partner
    externalId: 3f1c8a4e
    allowProductionWrites: true
    quota: { readsPerSecond: 20 }
    eventsQueueUrl: https://sqs.eu-west-1.amazonaws.com/111122223333/events
    callers: { claim: org, values: [emea] }
    view: { claim: team, prefixes: { all: [''], dach: [DE-, AT-] } }
`;
    const [emea, ...more] = await read(yaml, 'accounts.yaml', { QUOTA_WRITES_PER_SECOND: '3' });
    expect(more).toEqual([]);
    expect(emea).toMatchObject({
      name: 'emea',
      catalog: 'AWS',
      mayWrite: true,
      region: 'eu-west-1',
      role: { arn: 'arn:aws:iam::111122223333:role/partner', externalId: '3f1c8a4e' },
      quota: { readsPerSecond: 20, writesPerSecond: 3, readsPerDay: 100_000 },
      events: { accountId: '111122223333' },
      callers: { claim: 'org', values: ['emea'] },
      view: { claim: 'team', prefixes: { all: [''], dach: ['DE-', 'AT-'] } },
    });
    const { parse } = await import('yaml');
    const [same] = await read(JSON.stringify(parse(yaml)), 'accounts.json', { QUOTA_WRITES_PER_SECOND: '3' });
    expect({ ...same, accountsFile: '' }).toEqual({ ...emea, accountsFile: '' });
  });

  test('writes in production only where an entry allows it, whatever the settings say', async () => {
    const entries = [
      { name: 'a', catalog: 'AWS' },
      { ...minimal, name: 'b' },
      { name: 'c', catalog: 'AWS', allowProductionWrites: true, roleArn: 'arn:aws:iam::111122223333:role/c' },
    ];
    const accounts = await read(JSON.stringify({ accounts: entries }));
    expect(accounts.map(({ mayWrite }) => mayWrite)).toEqual([false, true, true]);
  });

  test('is not needed for a single account, which is called main and everyone’s', async () => {
    expect(await readAccounts(readConfig({ CATALOG: 'AWS' }))).toMatchObject([
      {
        name: 'main',
        catalog: 'AWS',
        mayWrite: false,
        callers: 'everyone',
        role: undefined,
        view: undefined,
      },
    ]);
  });
});

describe('a file that cannot be used', () => {
  const long = 'x'.repeat(200);
  test.each([
    [null, ['the file: got null, expected an object with some of accounts']],
    [{}, ['accounts: got nothing, expected a list of 1 to 500 accounts']],
    [{ accounts: [] }, ['accounts: got [], expected a list of 1 to 500 accounts']],
    [{ accounts: ['emea'] }, [/^accounts\[0\]: got "emea", expected an object with some of name, catalog, /]],
    [
      { accounts: [{}] },
      [
        /^accounts\[0\]\.name: got nothing, /,
        'accounts[0].catalog: got nothing, expected "Sandbox" or "AWS"',
      ],
    ],
    [account({ catalog: 'sandbox' }), ['accounts[0].catalog: got "sandbox", expected "Sandbox" or "AWS"']],
    [account({ name: 'E' }), [/^accounts\[0\]\.name: got "E", expected 1 to 40 lower-case letters/]],
    [account({ name: 'a:b' }), [/^accounts\[0\]\.name: got "a:b"/]],
    [account({ region: 'mars' }), ['accounts[0].region: got "mars", expected a region such as "us-east-1"']],
    [
      account({ roleArn: 'arn:aws:iam::1:role/a' }),
      [/^accounts\[0\]\.roleArn: got "arn:aws:iam::1:role\/a", expected the ARN/],
    ],
    [account({ externalId: 'abc' }), ['accounts[0].externalId: requires a roleArn']],
    [
      account({ eventsAccountId: '111122223333' }),
      ['accounts[0].eventsAccountId: requires an eventsQueueUrl'],
    ],
    [
      account({ allowProductionWrites: 'yes' }),
      ['accounts[0].allowProductionWrites: got "yes", expected true or false'],
    ],
    [
      account({ quota: { readsPerSecond: 0 } }),
      ['accounts[0].quota.readsPerSecond: got 0, expected a number from 0.01 to 10000000'],
    ],
    [
      account({ quota: { reads: 1 } }),
      [/^accounts\[0\]\.quota\.reads: unknown, expected one of readsPerSecond, /],
    ],
    [
      account({ roleARN: 'x' }),
      [/^accounts\[0\]\.roleARN: unknown, expected one of name, catalog, region, roleArn, /],
    ],
    [
      account({ callers: { claim: 'org', values: [] } }),
      ['accounts[0].callers.values: got [], expected a list of at least one value'],
    ],
    [
      account({ callers: { claim: 'org', values: [7] } }),
      ['accounts[0].callers.values[0]: got 7, expected a string of 1 to 1000 characters'],
    ],
    [
      account({ view: { claim: 'org', prefixes: { a: 'EMEA-' } } }),
      ['accounts[0].view.prefixes.a: got "EMEA-", expected a list of prefixes'],
    ],
    [account({ name: long }), [/^accounts\[0\]\.name: got "x{99}…, /]],
    [
      account({ eventsQueueUrl: 'https://user:hunter2@sqs.us-east-1.amazonaws.com/queue' }),
      [/^accounts\[0\]\.eventsQueueUrl: got 54 characters, expected the URL of a queue of SQS/],
    ],
    [
      { accounts: [minimal, { ...minimal, catalog: 'AWS' }] },
      ['accounts[1].name: the same as accounts[0].name; each account needs its own'],
    ],
    [
      { accounts: [minimal, { ...minimal, name: 'apac' }] },
      ['accounts[1]: the same as accounts[0]; with the same role and catalog they would share a quota'],
    ],
    [
      {
        accounts: ['Sandbox', 'AWS'].map((catalog) => ({
          name: catalog.toLowerCase(),
          catalog,
          eventsQueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/events',
        })),
      },
      [
        'accounts[1].eventsQueueUrl: the same as accounts[0].eventsQueueUrl; each would take events of the other out of it',
      ],
    ],
  ] as [unknown, (string | RegExp)[]][])('is described: %j', async (content, expected) => {
    const lines = await problems(content);
    expect(lines).toHaveLength(expected.length);
    for (const [index, line] of expected.entries())
      if (typeof line === 'string') expect(lines[index]).toBe(line);
      else expect(lines[index]).toMatch(line);
  });

  test('is described as a whole, and quotes no secret', async () => {
    const lines = await problems({
      accounts: [
        { name: '', catalog: 'x' },
        { ...minimal, eventsQueueUrl: 'hunter2', more: 1 },
      ],
      version: 1,
    });
    expect(lines.map((line) => line.split(':')[0]).toSorted()).toEqual([
      'accounts[0].catalog',
      'accounts[0].name',
      'accounts[1].eventsQueueUrl',
      'accounts[1].more',
      'version',
    ]);
    expect(lines.join('')).not.toContain('hunter2');
  });

  test.each([
    ['accounts.yaml', 'accounts: [', /at line 1, column \d+/],
    ['accounts.yaml', 'accounts: []\naccounts: []', /Map keys must be unique at line 2, column 1/],
    ['accounts.json', '{', /JSON/],
  ])('%s with %j is described in one line', async (name, text, expected) => {
    const lines = await read(text, name).catch((error: Error) => error.message.split('\n'));
    expect(lines).toHaveLength(2);
    expect((lines as string[])[1]).toMatch(expected);
  });

  test('that is not there is described, too', async () => {
    const config = readConfig({ ACCOUNTS_FILE: join(folder, 'none.yaml') });
    await expect(readAccounts(config)).rejects.toThrow(
      /none\.yaml cannot be used:\n {2}it cannot be read: ENOENT$/,
    );
  });
});

describe('the settings beside it', () => {
  const file = 'accounts.yaml';
  const messageOf = (env: Record<string, string>) => {
    try {
      readConfig({ ...env, ACCOUNTS_FILE: file });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each([
    ['CATALOG', 'AWS'],
    ['ALLOW_PRODUCTION_WRITES', 'true'],
    ['EVENTS_QUEUE_URL', 'https://sqs.us-east-1.amazonaws.com/111122223333/events'],
    ['EVENTS_ACCOUNT_ID', '111122223333'],
  ])('%s cannot be set, because each account has its own', (name, value) =>
    expect(messageOf({ [name]: value })).toContain(`${name}: cannot be combined with ACCOUNTS_FILE`),
  );

  test('anonymous callers beyond loopback are not allowed, because no account is theirs', () => {
    const open = { HOST: '0.0.0.0', AUTH_ALLOW_ANONYMOUS: 'true', ALLOWED_HOSTS: 'crm.example' };
    expect(messageOf(open)).toContain('ACCOUNTS_FILE: requires AUTH=jwt or ROUTER_SECRET on HOST=0.0.0.0');
    expect(messageOf({ ...open, ROUTER_SECRET: 'x'.repeat(32) })).toBe('');
    expect(messageOf({})).toBe('');
  });
});
