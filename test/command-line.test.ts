/** The options of the program, as an operator types them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { readConfig } from '../src/config.ts';
import { checkAws } from '../src/program/check-aws.ts';
import { helpText, parseCommandLine } from '../src/program/command-line.ts';
import { factsOf, settingNames } from '../src/settings.ts';
import { createClient } from '../src/upstream/client.ts';
import { version } from '../src/version.ts';
import { emulatorControl } from './kit.ts';

const root = join(import.meta.dirname, '..');

/** Runs the program until it exits. */
async function run(options: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['src/main.ts', ...options], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...env },
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (text) => (output.out += text));
  child.stderr.on('data', (text) => (output.err += text));
  const [code] = await once(child, 'close');
  return { code, ...output };
}

describe('an option', () => {
  test('every option but the settings is an action, and the settings are given to it', () => {
    expect(parseCommandLine([])).toEqual({ action: 'start', given: {} });
    expect(parseCommandLine(['--port', '8080', '--upstream=aws', '--catalog', 'AWS'])).toEqual({
      action: 'start',
      given: { PORT: '8080', UPSTREAM: 'aws', CATALOG: 'AWS' },
    });
    expect(parseCommandLine(['--check-aws'])).toEqual({ action: 'check-aws', given: { UPSTREAM: 'aws' } });
    expect(parseCommandLine(['--check-aws', '--upstream', 'emulator']).given.UPSTREAM).toBe('emulator');
    expect(parseCommandLine(['--check-config', '--help']).action).toBe('help');
  });

  test.each([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['--port'], "Option '--port <value>' argument missing"],
    [['start'], "Unexpected argument 'start'"],
    [['--version=1'], "Option '--version' does not take an argument"],
  ])('the options %j are refused in a sentence', (options, message) => {
    expect(() => parseCommandLine(options)).toThrow(message);
  });

  test('--version is the version of package.json', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('--help has every option and every setting with its description and default', () => {
    const out = helpText();
    for (const option of ['port', 'upstream', 'catalog', 'check-config', 'check-aws', 'version', 'help'])
      expect(out).toContain(`--${option}`);
    const words = out.replaceAll(/\s+/g, ' ');
    for (const name of settingNames) {
      const { byDefault } = factsOf(name);
      expect(words).toMatch(new RegExp(` ${name} \\S+`));
      if (byDefault) expect(words).toContain(`Default: ${byDefault}.`);
    }
    expect(
      Math.max(...out.split('\n').map((line) => (line.startsWith('  ') ? line.length : 0))),
    ).toBeLessThan(101);
    expect(out).not.toMatch(/`|\]\(/);
  });

  test('an option goes before its variable, and an invalid one is reported like that', async () => {
    const { code, err } = await run(['--port', 'x', '--check-config'], { PORT: '4000' });
    expect([code, err]).toEqual([
      1,
      'These settings cannot be used:\n  PORT: got "x", expected a port number from 0 to 65535\n',
    ]);
  });
});

test('--check-config shows the settings that are set without secrets, warns of others, and starts nothing', async () => {
  const env = {
    CATALOG: 'AWS',
    REDIS_URL: 'redis://:hunter2@redis.example',
    LOG_LVL: 'debug',
  };
  const { code, out, err } = await run(['--check-config', '--port', '8080'], env);
  expect([code, err]).toEqual([
    0,
    'These environment variables are ignored:\n  LOG_LVL: did you mean LOG_LEVEL?\n',
  ]);
  expect(out.split('\n')).toEqual([
    'The settings can be used. Set are:',
    '  PORT=8080',
    '  CATALOG=AWS',
    '  REDIS_URL=(a secret of 30 characters)',
    '',
  ]);
});

describe('--check-aws', () => {
  let emulator: Emulator;
  /** STS, which answers with the role, or denies. */
  let isDenied = false;
  const arn = 'arn:aws:sts::123456789012:assumed-role/gateway/session';
  const sts = createServer((request, response) => {
    request.resume();
    response.writeHead(isDenied ? 403 : 200, { 'content-type': 'text/xml' });
    response.end(
      isDenied
        ? '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>hunter2</Message></Error></ErrorResponse>'
        : `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
  });
  let env: Record<string, string>;
  beforeAll(async () => {
    emulator = await startEmulator();
    sts.listen(0, '127.0.0.1');
    await once(sts, 'listening');
    env = {
      UPSTREAM_ENDPOINT: emulator.url,
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${(sts.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'TEST',
      AWS_SECRET_ACCESS_KEY: 'hunter2',
    };
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    sts.close();
    await emulator.stop();
  });

  test('--check-aws makes one list call, and shows the credentials, role, catalog and region it was answered for', async () => {
    const control = emulatorControl(emulator.url);
    await control.clearCalls();
    const { code, out, err } = await run(['--check-aws'], env);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      'credentials  environment variables',
      `role         ${arn}`,
      'catalog      Sandbox',
      `region       us-east-1, ${emulator.url}`,
      expect.stringMatching(/^answer {7}ListOpportunities was answered in \d+ ms: there are opportunities$/),
      '',
    ]);
    expect(await control.calls()).toEqual({ ListOpportunities: 1 });
  });

  /** The same in this process, where the SDK finds STS by its own variable. */
  async function check() {
    vi.stubEnv('AWS_ENDPOINT_URL_STS', env.AWS_ENDPOINT_URL_STS);
    const client = createClient({
      region: 'us-east-1',
      callsPerSecond: 1,
      endpoint: emulator.url,
      credentials: { accessKeyId: 'TEST', secretAccessKey: 'hunter2' },
    });
    const checked = await checkAws(readConfig({ UPSTREAM: 'aws' }), client, 'AWS');
    client.close();
    return checked;
  }

  test.each([
    [{ kind: 'access-denied' }, 'AWS denied ListOpportunities (INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE)'],
    [{ kind: 'access-denied' }, 'The account is not registered as a partner in the catalog Sandbox.'],
    [{ kind: 'throttle' }, 'something else uses the quota of this account'],
    [{ kind: 'expired-token' }, "AWS did not accept the gateway's credentials (ExpiredTokenException)."],
    [{ kind: 'error' }, 'needs a route to the API in us-east-1'],
    [{ kind: 'drop-before' }, 'needs a route to the API in us-east-1'],
  ])('--check-aws makes no second call after the fault %j, and reports: %s', async (fault, message) => {
    const control = emulatorControl(emulator.url);
    await control.clearCalls();
    await control.injectFault(fault);
    const { text, isAnswered } = await check();
    expect(isAnswered).toBe(false);
    expect(text).toContain(message);
    expect(text).not.toContain('hunter2');
    expect(Object.values(await control.calls()).reduce((sum, calls) => sum + calls, 0)).toBeLessThan(2);
  });

  test('--check-aws quotes AWS about a role that lacks the action, and names the action and the catalog', async () => {
    const config = readConfig({ UPSTREAM: 'aws', CATALOG: 'AWS' });
    const said = `User: ${arn} is not authorized to perform: partnercentral:ListOpportunities`;
    const denied = Object.assign(new Error(said), { name: 'AccessDeniedException' });
    const credentials = async () => ({ accessKeyId: 'TEST', secretAccessKey: 'hunter2' });
    const client = {
      credentials,
      send: () => Promise.reject(denied),
    } as unknown as ReturnType<typeof createClient>;
    expect((await checkAws(config, client, 'AWS')).text.split('\n').slice(-2)).toEqual([
      said,
      'The policy of the role has to allow partnercentral:ListOpportunities in the catalog AWS: docs/security.md.',
    ]);
  });

  test('--check-aws does without STS, and quotes only the name of its error', async () => {
    isDenied = true;
    const { text, isAnswered } = await check();
    isDenied = false;
    expect(isAnswered).toBe(true);
    expect(text).toContain('role         unknown, since STS did not say (InvalidClientTokenId)');
    expect(text).not.toContain('hunter2');
  });

  test('--check-aws without credentials explains how to give some', async () => {
    const { code, err } = await run(['--check-aws']);
    expect([code, err.split('\n')[0]]).toEqual([
      1,
      'UPSTREAM=aws requires AWS credentials, and the AWS SDK found none: set AWS_PROFILE, AWS_ACCESS_KEY_ID and',
    ]);
  });
});
