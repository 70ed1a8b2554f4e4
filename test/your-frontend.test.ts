/** The steps of docs/your-frontend.md, carried out as they stand in an empty folder. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateway, type TestGateway } from './kit.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/your-frontend.md'), 'utf8');
const tsconfig = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    module: 'preserve',
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    types: [],
    lib: ['esnext', 'dom'],
  },
  include: ['*.ts'],
};

/** What the steps of the page make: functions for a form. */
type Deals = {
  loadDeal(id: string): Promise<{ deal: Deal | null; problem?: string }>;
  saveNextSteps(
    id: string,
    lastModifiedDate: string,
    nextSteps: string,
  ): Promise<{ isSaved: boolean; userErrors: { path: string[]; code: string }[]; problem?: string }>;
};
type Deal = { lastModifiedDate: string; lifeCycle: { nextSteps: string } };

let gw: TestGateway;
let folder: string;
let deals: Deals;

const run = (...command: string[]) => promisify(execFile)(process.execPath, command, { cwd: folder });

/** The program that a package installs. */
function bin(name: string, of: string): string {
  const file = createRequire(import.meta.url).resolve(`${of}/package.json`);
  const programs = JSON.parse(readFileSync(file, 'utf8')).bin as Record<string, string>;
  return join(dirname(file), programs[name] ?? '');
}

beforeAll(async () => {
  gw = await gateway();
  folder = await mkdtemp(join(root, 'node_modules/.cache-frontend-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  for (const [, code = '', name = ''] of page.matchAll(/^```ts\n(\/\/ (\S+)\n[\s\S]*?)^```$/gm))
    await writeFile(join(folder, name), code.replaceAll('http://127.0.0.1:4000', gw.url));
  await run(bin('graphql-codegen', '@graphql-codegen/cli'));
  deals = (await import(/* @vite-ignore */ join(folder, 'deals.ts'))) as Deals;
});

afterAll(async () => {
  await gw?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('docs/your-frontend.md', () => {
  test('its code has the types that its generator writes', async () => {
    const { stdout } = await run(bin('tsc', 'typescript'), '-p', '.').catch((error) => error);
    expect(stdout).toBe('');
  });

  test('its form saves what the user typed', async () => {
    const { deal, problem } = await deals.loadDeal('O5000002');
    expect(problem).toBeUndefined();
    expect(await deals.saveNextSteps('O5000002', deal?.lastModifiedDate ?? '', 'Call on Monday')).toEqual({
      isSaved: true,
      userErrors: [],
      problem: undefined,
    });
    expect(await gw.emulator.record('O5000002')).toMatchObject({
      LifeCycle: { NextSteps: 'Call on Monday' },
    });
  });

  test('its form gets an error at the path of the field that is wrong', async () => {
    const { deal } = await deals.loadDeal('O5000002');
    const { isSaved, userErrors } = await deals.saveNextSteps(
      'O5000002',
      deal?.lastModifiedDate ?? '',
      'x'.repeat(300),
    );
    expect(isSaved).toBe(false);
    expect(userErrors).toMatchObject([{ path: ['input', 'patch', 'lifeCycle', 'nextSteps'] }]);
  });

  test('its form learns of a change that the user has not seen', async () => {
    const { deal } = await deals.loadDeal('O5000003');
    await gw.emulator.patchRecord('O5000003', { LifeCycle: { NextSteps: 'Another' } }, { touch: true });
    const { isSaved, userErrors } = await deals.saveNextSteps(
      'O5000003',
      deal?.lastModifiedDate ?? '',
      'Mine',
    );
    expect(isSaved).toBe(false);
    expect(userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  test('a page of the same machine may call the gateway in development', async () => {
    const { headers } = await fetch(`${gw.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
  });

  test('its form keeps the text, and says so, while the gateway is away', async () => {
    await gw[Symbol.asyncDispose]();
    const { isSaved, problem } = await deals.saveNextSteps('O5000004', '2026-01-01T00:00:00Z', 'Still here');
    expect(isSaved).toBe(false);
    expect(problem).toContain('cannot be reached');
  });
});
