/** Roles of accounts, as the program connects them: at an STS of the test, and an emulator that tells partners apart by access key. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { readAccounts } from '../src/accounts-file.ts';
import { readConfig } from '../src/config.ts';
import { startGateway } from '../src/gateway.ts';
import { createReread } from '../src/program/reread.ts';
import { createConnect } from '../src/program/upstreams.ts';
import { type Data, emulatorControl, testSettings } from './kit.ts';
import { closed, post, startProgram } from './program.ts';
import { startSts } from './sts.ts';
import { stopTime } from './time.ts';
import { until } from './until.ts';

const roleOf = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const list = '{ opportunities(first: 3) { nodes { customer { account { companyName } } } } }';
const folder = mkdtempSync(join(tmpdir(), 'roles-'));
const file = join(folder, 'accounts.yaml');
const write = (...names: string[]) =>
  writeFileSync(
    file,
    [
      'accounts:',
      ...names.map(
        (name) =>
          `  - { name: ${name}, catalog: Sandbox, roleArn: '${roleOf(name)}', externalId: of-${name} }`,
      ),
    ].join('\n'),
  );

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

/** A gateway of two accounts, of which `north` is the default partner and `south` one without opportunities. */
async function gatewayWithRoles(sts: Awaited<ReturnType<typeof startSts>>) {
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
  write('north', 'south');
  const { control } = emulatorControl(emulator.url);
  for (let call = 1; call < 20; call++)
    await control('POST', 'accounts', {
      accessKeyId: `KEYsouth${call}`,
      accountId: '210987654321',
      name: 'South',
      alias: 'south',
    });
  const config = readConfig({
    ...testSettings,
    PORT: '0',
    LOG_LEVEL: 'debug',
    UPSTREAM: 'aws',
    UPSTREAM_ENDPOINT: emulator.url,
    ACCOUNTS_FILE: file,
  });
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const base = async () => ({ accessKeyId: 'BASE', secretAccessKey: 'base' });
  const connect = createConnect(config, base, log);
  const gw = await startGateway(config, { accounts: await readAccounts(config), connect, log });
  return {
    logged,
    reread: createReread(gw, config, { ACCOUNTS_FILE: file }, log),
    async query(name: string, query = list): Promise<Data> {
      const response = await fetch(`${gw.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-account': name },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
    [Symbol.asyncDispose]: gw.stop,
  };
}

describe('accounts with roles', () => {
  test('are called as the role of each, which is assumed with its external id at the first call', async () => {
    await using sts = await startSts();
    await using gw = await gatewayWithRoles(sts);
    expect(sts.calls).toEqual([]);
    expect((await gw.query('north')).data.opportunities.nodes).toHaveLength(3);
    expect((await gw.query('south')).data.opportunities.nodes).toEqual([]);
    await gw.query('north');
    expect(sts.calls).toEqual(
      ['north', 'south'].map((name) => ({
        role: roleOf(name),
        session: `partner-central-graphql-${name}`,
        externalId: `of-${name}`,
        signedBy: 'BASE',
      })),
    );
  });

  test('a role that is denied breaks its own account alone, and works again by itself', async () => {
    using time = stopTime();
    await using sts = await startSts();
    sts.denied.add(roleOf('south'));
    await using gw = await gatewayWithRoles(sts);
    const refused = await time.until(gw.query('south'));
    expect(refused.errors).toMatchObject([
      {
        message: 'The role of this account could not be assumed (AccessDenied).',
        extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: 1_000 },
      },
    ]);
    expect((await time.until(gw.query('north'))).errors).toBeUndefined();
    await time.until(gw.query('south'));
    expect(sts.calls.filter(({ role }) => role === roleOf('south'))).toHaveLength(1);
    const lines = gw.logged.map((line): Data => JSON.parse(line)).filter(({ msg }) => /^role/.test(msg));
    expect(lines).toMatchObject([
      { account: 'south', error: 'AccessDenied', msg: 'role not assumed; trying again' },
    ]);
    expect(gw.logged.join('')).not.toContain('111122223333');
    sts.denied.clear();
    await time.advance(1_000);
    expect((await time.until(gw.query('south'))).data.opportunities.nodes).toEqual([]);
  });

  test('an STS that does not answer ends no later than the request, and nothing is sent afterwards', async () => {
    await using sts = await startSts();
    const release = sts.hold();
    await using gw = await gatewayWithRoles(sts);
    const mutation =
      'mutation { updateOpportunity(input: { id: "O5000001", patch: { lifeCycle: { nextSteps: "late" } } }) { changed } }';
    using time = stopTime();
    const answer = gw.query('north', mutation);
    await until(() => sts.calls.length > 0);
    await time.pass(30_000);
    expect((await answer).errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    release();
    expect((await gw.query('south')).data.opportunities.nodes).toEqual([]);
    expect((await emulatorControl(emulator.url).record('O5000001')).LifeCycle.NextSteps).not.toBe('late');
  });

  test('a file that cannot be used any more changes nothing, and is one line in the log', async () => {
    await using sts = await startSts();
    await using gw = await gatewayWithRoles(sts);
    writeFileSync(file, 'accounts: [{ name: north, catalog: moon }]');
    await gw.reread();
    const errors = gw.logged.map((line): Data => JSON.parse(line)).filter(({ level }) => level >= 50);
    expect(errors).toMatchObject([
      {
        msg: 'accounts not read; the previous ones stay in use',
        problem: expect.stringContaining('accounts[0].catalog: got "moon", expected "Sandbox" or "AWS"'),
      },
    ]);
    expect((await gw.query('south')).data.opportunities.nodes).toEqual([]);
    write('north');
    await Promise.all([gw.reread(), gw.reread()]);
    expect((await gw.query('south')).errors[0].extensions.code).toBe('ACCOUNT_NOT_FOUND');
  });
});

describe('the program without serving', () => {
  /** Runs it with an option until it exits. */
  async function run(option: string, env: Record<string, string>) {
    const credentials = { AWS_ACCESS_KEY_ID: 'BASE', AWS_SECRET_ACCESS_KEY: 'base' };
    const { exited } = startProgram(
      { ACCOUNTS_FILE: file, ...credentials, ...env },
      undefined,
      `exec "$@" ${option}`,
    );
    return exited;
  }

  test('--check-aws makes a call for each account, and shows why a role cannot be assumed', async () => {
    await using sts = await startSts();
    sts.denied.add(roleOf('south'));
    write('north', 'south');
    const env = { AWS_ENDPOINT_URL_STS: sts.url, UPSTREAM_ENDPOINT: emulator.url };
    const { code, out } = await run('--check-aws', env);
    expect(code).toBe(1);
    const [north = '', south = ''] = out.split('\n\n');
    expect(north).toMatch(/^account {6}north\ncredentials {2}an assumed role, until /);
    expect(north).toContain('ListOpportunities was answered');
    expect(south).toContain('account      south');
    expect(south).toContain(
      `User: BASE is not authorized to perform: sts:AssumeRole on resource: ${roleOf('south')}`,
    );
    expect(south).toContain('with this external id: docs/accounts.md');
  });

  test('--check-config names the accounts of the file, or what is wrong with it', async () => {
    write('north', 'south');
    const right = await run('--check-config', {});
    expect([right.code, right.out]).toEqual([
      0,
      expect.stringContaining('accounts north (Sandbox), south (Sandbox).'),
    ]);
    writeFileSync(file, 'accounts: []');
    const wrong = await run('--check-config', {});
    expect([wrong.code, wrong.err.split('\n')[1]]).toEqual([
      1,
      '  accounts: got [], expected a list of 1 to 500 accounts',
    ]);
  });
});

test('a SIGHUP has the program read the file again; its emulator has a partner for each AWS account', async () => {
  const entry = (name: string, account: string) =>
    `  - { name: ${name}, catalog: Sandbox, roleArn: 'arn:aws:iam::${account}:role/x' }\n`;
  writeFileSync(file, `accounts:\n${entry('north', '123456789012')}`);
  const program = startProgram({ ACCOUNTS_FILE: file, LOG_LEVEL: 'info' });
  const url = await program.address('GraphQL');
  expect(await program.banner).toContain('is ready, accounts north (Sandbox)');
  const nodes = async (name: string): Promise<Data> =>
    ((await (await post(url, { query: list }, { 'x-account': name })).json()) as Data).data?.opportunities
      ?.nodes;
  expect(await nodes('north')).toHaveLength(3);
  writeFileSync(file, `accounts:\n${entry('north', '123456789012')}${entry('south', '210987654321')}`);
  program.child.kill('SIGHUP');
  await until(async () => Array.isArray(await nodes('south')));
  expect(await nodes('south')).toEqual([]);
  program.child.kill('SIGTERM');
  await closed(url);
  expect((await program.exited).code).toBe(0);
});
