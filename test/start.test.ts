import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { version } from '../src/version.ts';
import { emulatorControl } from './kit.ts';
import { closed, post, preload, startProgram as start } from './program.ts';

describe('npm start', () => {
  test('npm start prints one banner with its addresses, serves requests, and exits silently on SIGTERM', async () => {
    const { child, banner, exited } = start();
    const lines = (await banner).trim().split('\n');
    expect(lines[0]).toBe(`partner-central-graphql ${version} is ready, catalog Sandbox`);
    const url = /http:\S+\/graphql/.exec(lines.join('\n'))?.[0] ?? '';
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ opportunities { nodes { id } } }' }),
    });
    expect(
      ((await answer.json()) as { data: { opportunities: { nodes: [] } } }).data.opportunities.nodes,
    ).toHaveLength(20);
    child.kill('SIGTERM');
    expect(await exited).toMatchObject({ code: 0, err: '' });
  });

  test('a start without Redis and tokens loads neither of their libraries', async () => {
    const report = `import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) {
        if (['redis', 'jose'].includes(name)) console.error('loaded', name);
        return next(name, context);
      } });`;
    const { child, banner, exited } = start(preload(report));
    await banner;
    child.kill('SIGTERM');
    expect((await exited).err).toBe('');
    const keys = JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }] });
    const tokens = { AUTH: 'jwt', AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a', AUTH_JWKS: keys };
    const withTokens = start({ ...preload(report), ...tokens });
    await withTokens.banner;
    withTokens.child.kill('SIGTERM');
    expect((await withTokens.exited).err).toBe('loaded jose\n');
  });

  test('a request in flight is completed when the program stops', async () => {
    const { child, banner, exited } = start();
    const text = await banner;
    const url = /http:\S+\/graphql/.exec(text)?.[0] ?? '';
    const emulator = emulatorControl(/emulator at (http:\S+)/.exec(text)?.[1] ?? '');
    await emulator.hold('GetOpportunity');
    const answer = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ opportunity(id: "O5000001") { id } }' }),
    });
    await emulator.untilHeld();
    child.kill('SIGTERM');
    await closed(url);
    await emulator.release();
    const response = await answer;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toMatchObject({ data: { opportunity: { id: 'O5000001' } } });
    expect((await exited).code).toBe(0);
  });

  test('the log shows when the program has started, with its version and catalog, and when it has stopped', async () => {
    const { child, banner, exited } = start({ LOG_LEVEL: 'info' });
    await banner;
    child.kill('SIGTERM');
    const { out } = await exited;
    const lines = out.split('\n').filter((line) => line.startsWith('{'));
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged.find(({ msg }) => msg === 'started')).toMatchObject({ version, catalog: 'Sandbox' });
    expect(logged.at(-1)?.msg).toBe('stopped');
  });

  test('a signal to npm start stops the gateway', async () => {
    const npm = spawn('npm', ['start'], {
      env: {
        PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
        HOME: mkdtempSync(join(tmpdir(), 'home-')),
        PORT: '0',
      },
    });
    let out = '';
    const url = await new Promise<string>((resolve) => {
      npm.stdout.on('data', (text) => {
        out += text;
        const [, address] = /GraphQL +(http:\S+)/.exec(out) ?? [];
        if (address) resolve(address);
      });
    });
    npm.kill('SIGTERM');
    // The output ends when all processes that share it have: npm, and the gateway that it started.
    await once(npm, 'close');
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe('a stop', () => {
  const status = async (url: string) => {
    const { status, headers } = await fetch(url);
    return [status, headers.get('connection')];
  };

  test('a stopping program is not ready, but serves requests and closes their connections until its delay is over', async () => {
    const delay = { DRAIN_DELAY_MS: '60000', DRAIN_TIMEOUT_MS: '60000' };
    const { child, address, exited } = start(delay);
    const url = await address('GraphQL');
    const ready = url.replace('graphql', 'readyz');
    expect(await status(ready)).toEqual([200, 'keep-alive']);
    child.kill('SIGTERM');
    while ((await fetch(ready)).status !== 503) await new Promise(setImmediate);
    expect(await status(ready)).toEqual([503, 'close']);
    expect(await status(url.replace('graphql', 'healthz'))).toEqual([200, 'close']);
    expect(await status(url.replace('graphql', 'nothing'))).toEqual([404, 'close']);
    expect(await status(`${url}?query={__typename}`)).toEqual([200, 'close']);
    child.kill('SIGKILL');
    await exited;
  });

  test('the delay of a stop ends with the time for requests in flight', async () => {
    const { child, banner, exited } = start({ DRAIN_DELAY_MS: '600000', DRAIN_TIMEOUT_MS: '100' });
    await banner;
    child.kill('SIGTERM');
    expect((await exited).code).toBe(0);
  });
});

describe('an environment with variables for other programs', () => {
  const query = { query: '{ opportunity(id: "O5000002") { id } }' };
  const folder = mkdtempSync(join(tmpdir(), 'aws-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const configFile = (lines: string): Record<string, string> => {
    const file = join(folder, `${lines.length}.ini`);
    writeFileSync(file, `[default]\n${lines}\n`);
    return { AWS_CONFIG_FILE: file };
  };
  const ignored = (...lines: string[]): string =>
    lines.length > 0 ? `${['These environment variables are ignored:', ...lines].join('\n  ')}\n` : '';
  const byEndpoint = 'only UPSTREAM_ENDPOINT changes the endpoint';
  const byRegion = 'only PARTNER_CENTRAL_REGION changes the region';

  test.each<[Record<string, string>, string[]]>([
    [{ AWS_REGION: 'eu-central-1' }, [`AWS_REGION: ${byRegion}`]],
    [{ AWS_USE_FIPS_ENDPOINT: 'true' }, [`AWS_USE_FIPS_ENDPOINT: ${byEndpoint}`]],
    [{ AWS_USE_FIPS_ENDPOINT: 'perhaps' }, [`AWS_USE_FIPS_ENDPOINT: ${byEndpoint}`]],
    [{ AWS_USE_DUALSTACK_ENDPOINT: 'true' }, [`AWS_USE_DUALSTACK_ENDPOINT: ${byEndpoint}`]],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, [`AWS_ENDPOINT_URL: ${byEndpoint}`]],
    [{ AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: 'many', AWS_DEFAULTS_MODE: 'fast' }, []],
    [{ HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' }, []],
    [configFile('region = eu-central-1\nuse_fips_endpoint = true\nendpoint_url = http://127.0.0.1:9'), []],
    [configFile('services = absent\nretry_mode = adaptive'), []],
    [{ AWS_REGION: 'us-east-1', AWS_USE_FIPS_ENDPOINT: 'false', AWS_USE_DUALSTACK_ENDPOINT: 'false' }, []],
  ])('the gateway serves requests with %j, and names at once what it ignores', async (env, lines) => {
    const { child, address, exited } = start(env);
    const answer = await post(await address('GraphQL'), query);
    expect(await answer.json()).toMatchObject({ data: { opportunity: { id: 'O5000002' } } });
    child.kill('SIGTERM');
    expect(await exited).toMatchObject({ code: 0, err: ignored(...lines) });
  });

  /** Logs the host names that are resolved, and resolves only the gateway's own. */
  const noNames = preload(`import dns from 'node:dns';
    dns.lookup = (name, ...rest) => {
      if (name === '127.0.0.1') return rest.at(-1)(null, rest.length > 1 && rest[0].all ? [{ address: name, family: 4 }] : name, 4);
      console.error('resolves ' + name);
      rest.at(-1)(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
    };`);

  test.each([
    [{}, 'us-east-1'],
    [{ PARTNER_CENTRAL_REGION: 'us-west-2' }, 'us-west-2'],
  ])('with the settings %j AWS is called in the region %s, not the host’s', async (env, region) => {
    const host = {
      AWS_ACCESS_KEY_ID: 'TEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-central-1',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_ENDPOINT_URL: 'http://a.example',
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'http://b.example',
      HTTPS_PROXY: 'http://c.example',
    };
    const { child, address, logged, exited } = start({ ...host, ...noNames, ...env, UPSTREAM: 'aws' });
    const stop = new AbortController();
    const asked = post(await address('GraphQL'), query, {}, stop.signal).catch(() => {});
    await logged('resolves ');
    // A caller that leaves ends the attempts.
    stop.abort();
    await asked;
    child.kill('SIGTERM');
    const { err } = await exited;
    expect(new Set(err.match(/(?<=resolves ).*/g))).toEqual(
      new Set([`partnercentral-selling.${region}.api.aws`]),
    );
    expect(err).toContain(
      ignored(
        `AWS_REGION: ${byRegion}`,
        `AWS_USE_FIPS_ENDPOINT: ${byEndpoint}`,
        `AWS_USE_DUALSTACK_ENDPOINT: ${byEndpoint}`,
        `AWS_ENDPOINT_URL: ${byEndpoint}`,
        `AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: ${byEndpoint}`,
        'HTTPS_PROXY: AWS is called without a proxy',
      ),
    );
  });

  test('misspelled settings are named once at the start, each with the nearest one', async () => {
    const misspelled = {
      LOG_LVL: 'x',
      log_level: 'x',
      PORTT: 'x',
      CORS_ORIGIN: 'x',
      REPLICA: 'x',
      CATALOGUE: 'x',
    };
    const others = {
      ...{
        AWS_REGIONS: 'x',
        NODE_ENVS: 'x',
        OTEL_TRACES_SAMPLER_ARGS: 'x',
        REDIS_URI: 'x',
        HOST_SERVICE_PORT: 'x',
      },
      ...{ HOSTNAME: 'x', USER: 'x', LANG: 'x', SHELL: 'x', PWD: '/', SHLVL: '1', TERM: 'x', LOGNAME: 'x' },
      ...{ MAIL: 'x', EDITOR: 'x', TZ: 'UTC', LC_ALL: 'C', DATABASE_URL: 'x', PGHOST: 'x', PGPORT: 'x' },
      ...{ GATEWAY_PORT: 'x', GATEWAY_PORT_4000_TCP: 'x', KUBERNETES_PORT: 'x', XAUTHORITY: 'x', CI: 'true' },
      ...{
        npm_lifecycle_event: 'start',
        npm_config_loglevel: 'x',
        INIT_CWD: 'x',
        COLORTERM: 'x',
        LOG_LEVEL: 'warn',
      },
    };
    const { child, banner, exited } = start({ ...misspelled, ...others });
    await banner;
    child.kill('SIGTERM');
    const { code, err } = await exited;
    expect(code).toBe(0);
    expect(err.trim().split('\n').toSorted()).toEqual(
      [
        'These environment variables are ignored:',
        '  CATALOGUE: did you mean CATALOG?',
        '  CORS_ORIGIN: did you mean CORS_ORIGINS?',
        '  LOG_LVL: did you mean LOG_LEVEL?',
        '  PORTT: did you mean PORT?',
        '  REPLICA: did you mean REPLICAS?',
        '  log_level: did you mean LOG_LEVEL?',
      ].toSorted(),
    );
  });
});

describe('a stop that fails', () => {
  const broken = (className: string, method: string) =>
    preload(`import http from 'node:http'; import net from 'node:net';
      ${className}.prototype.${method} = () => { throw new Error('Ac' + 'me Robotics'); };`);

  test('a stop that fails ends the program with code 1 when a part rejects, and logs which', async () => {
    const { child, banner, exited } = start(broken('http.Server', 'closeAllConnections'));
    await banner;
    child.kill('SIGTERM');
    const { code, out, err } = await exited;
    expect(code).toBe(1);
    expect(out).toContain('"msg":"stop failed"');
    expect(out).toContain('emulator/server.ts');
    expect(out + err).not.toContain('Acme');
  });

  test('a stop ends the program with code 1 when a part never stops', async () => {
    const { child, banner, exited } = start({ ...broken('net.Server', 'close'), DRAIN_TIMEOUT_MS: '0' });
    await banner;
    child.kill('SIGTERM');
    expect((await exited).code).toBe(1);
  });

  test('a stop is cut short by another signal', async () => {
    const never = { ...broken('net.Server', 'close'), DRAIN_TIMEOUT_MS: '60000' };
    const { child, banner, exited } = start(never);
    await banner;
    while (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT');
      await once(child, 'exit', { signal: AbortSignal.timeout(100) }).catch(() => {});
    }
    expect((await exited).code).toBe(1);
  });
});

describe('an uncaught error', () => {
  test.each([
    ['an exception', 'throw new Error("Ac" + "me Robotics")'],
    ['a rejection', 'Promise.reject(new Error("Ac" + "me Robotics"))'],
  ])('an uncaught error (%s) ends the program, and is logged without its message', async (_kind, bug) => {
    const onSignal = `process.once('SIGUSR2', () => { ${bug} })`;
    const { child, banner, exited } = start(preload(onSignal));
    await banner;
    child.kill('SIGUSR2');
    const { code, out, err } = await exited;
    expect(code).toBe(1);
    expect(out).toContain('"msg":"uncaught error"');
    expect(out + err).not.toContain('Acme');
  });
});

test('the banner shows the upstream without credentials', async () => {
  const { child, banner, exited } = start({
    UPSTREAM_ENDPOINT: 'http://user:hunter2@127.0.0.1:9/base?key=hunter2',
  });
  expect(await banner).toMatch(/^ {2}upstream {2}http:\/\/127\.0\.0\.1:9\/base$/m);
  child.kill('SIGTERM');
  const { out, err } = await exited;
  expect(out + err).not.toContain('hunter2');
});

describe('a start that fails', () => {
  const refusal = async (env: Record<string, string>, folder?: string) => {
    const { code, out, err } = await start(env, folder).exited;
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).not.toMatch(/^\s+at /m);
    return err.trim();
  };

  test('a start with malformed settings fails with their names', async () => {
    expect(await refusal({ PORT: 'many', CATALOG: 'Production' })).toBe(
      'These settings cannot be used:\n  PORT: got "many", expected a port number from 0 to 65535\n  CATALOG: got "Production", expected "Sandbox" or "AWS"',
    );
  });

  test('a start with an invalid manifest of trusted documents fails with it among the other invalid settings', async () => {
    const env = {
      TRUSTED_DOCUMENTS: 'enforce',
      TRUSTED_DOCUMENTS_FILE: 'tsconfig.json',
      REDIS_URL: 'hunter2',
    };
    expect(await refusal(env)).toBe(
      'These settings cannot be used:\n  REDIS_URL: got 7 characters, expected a redis or rediss URL\n  TRUSTED_DOCUMENTS_FILE: got "tsconfig.json", expected a JSON file with at least one operation: {"<id>": "<operation>"}, or Apollo\'s {"operations": [{"id", "body"}]}',
    );
  });

  test('a start on a port in use fails with a message that names the port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    expect(await refusal({ PORT: String(port) })).toBe(
      `PORT: ${port} on 127.0.0.1 is in use; stop what listens there or set another PORT.`,
    );
    taken.close();
  });

  test('a start on a taken port of the metrics fails with a message about it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    expect(await refusal({ METRICS_PORT: String(port) })).toBe(
      `METRICS_PORT: ${port} on 127.0.0.1 is in use; stop what listens there or set another METRICS_PORT.`,
    );
    taken.close();
  });

  test('a start with a state file that cannot be used fails with its name', async () => {
    expect(await refusal({ EMULATOR_STATE_FILE: 'tsconfig.json' })).toBe(
      'EMULATOR_STATE_FILE: The state file tsconfig.json was not written by this emulator; move it or choose another',
    );
  });

  test('a start of a build without the emulator names what to set', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'build-'));
    for (const name of ['src', 'schema', 'package.json'])
      cpSync(name, join(folder, name), { recursive: true });
    symlinkSync(realpathSync('node_modules'), join(folder, 'node_modules'));
    expect(await refusal({}, folder)).toBe(
      'UPSTREAM: this build does not include the emulator: set UPSTREAM=aws, or set UPSTREAM_ENDPOINT.',
    );
    rmSync(folder, { recursive: true });
  });

  /** Code that has one module import another one instead. */
  const replaceModule = (name: string, other: string) =>
    `import { registerHooks } from 'node:module';
    registerHooks({ resolve: (name, context, next) =>
      name.endsWith('${name}') ? { url: new URL('${other}', context.parentURL).href, shortCircuit: true } : next(name, context) });`;
  const noExporter =
    'data:text/javascript,export class OTLPTraceExporter { constructor() { throw new RangeError(1) } }';
  const noSocket =
    "import net from 'node:net'; net.Server.prototype.listen = () => { throw new RangeError(1) };";

  test.each([
    ['a missing module of the emulator', replaceModule('state-file.ts', './absent.ts'), 'absent.ts'],
    ['a bug of the emulator', noSocket, 'RangeError: 1'],
    ['traces that cannot be set up', replaceModule('exporter-trace-otlp-http', noExporter), 'RangeError: 1'],
  ])('for another reason (%s) blames no setting', async (_kind, code, message) => {
    const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    const { code: exitCode, out, err } = await start({ ...traces, ...preload(code) }).exited;
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^(UPSTREAM|EMULATOR_STATE_FILE|METRICS_PORT)/m);
  });

  test('a start without AWS credentials fails with a message about them', async () => {
    expect(await refusal({ UPSTREAM: 'aws' })).toMatch(
      /^UPSTREAM=aws requires AWS credentials, and the AWS SDK found none/,
    );
  });
});
