/** The deal that docs/emulator.md plays, with the JS SDK and, where it is installed, with the AWS CLI. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { hasCli, run } from './clients/foreign.ts';
import type { Body } from './kit.ts';

const root = join(import.meta.dirname, '../..');
const manual = readFileSync(join(root, 'docs/emulator.md'), 'utf8');
const closeDate = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
const withCli = await hasCli();
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ seed: false });
});
afterAll(() => emulator.stop());

async function stored(id: string): Promise<Body> {
  const response = await fetch(`${emulator.url}/_emulator/opportunities/${id}`);
  return (await response.json()) as Body;
}

describe('a whole deal', () => {
  test('is played by npm run play', async () => {
    const { code, stdout, stderr } = await run(process.execPath, [join(root, 'examples/emulator/play.ts')], {
      EMULATOR_URL: emulator.url,
    });
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toContain('task COMPLETE, Approved by AWS');
    expect(stdout).toContain('seller@amazon.example; stage: Launched');
    const id = /^O\d+/.exec(stdout)?.[0] ?? '';
    expect(await stored(id)).toMatchObject({ LifeCycle: { ReviewStatus: 'Approved', Stage: 'Launched' } });
  });

  test('fails with the address if no emulator is there', async () => {
    const { code, stderr } = await run(process.execPath, [join(root, 'examples/emulator/play.ts')], {
      EMULATOR_URL: 'http://127.0.0.1:1',
    });
    expect(code).not.toBe(0);
    expect(stderr).toContain('127.0.0.1:1');
  });

  // A test that cannot run is not registered, as in clients.test.ts, which reports what is installed.
  if (withCli)
    test('is played by the commands of the manual', async () => {
      const [, script = ''] = /```sh\n(# A whole deal[\s\S]*?)\n```\n/.exec(manual) ?? [];
      const folder = await mkdtemp(join(tmpdir(), 'play-'));
      try {
        const here = script
          .replaceAll('http://127.0.0.1:4510', emulator.url)
          .replaceAll('2031-09-30', closeDate);
        const { code, stdout, stderr } = await run('sh', ['-ec', `cd ${folder}\n${here}`]);
        expect([stderr, code]).toEqual(['', 0]);
        expect(stdout.trim().split('\n').at(-1)).toBe('Launched');
      } finally {
        await rm(folder, { recursive: true });
      }
    });
});
