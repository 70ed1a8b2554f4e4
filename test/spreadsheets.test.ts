/** The walk-through of docs/spreadsheets.md. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { gateway } from './kit.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/spreadsheets.md'), 'utf8');
const script = [...page.matchAll(/```sh\n([^`]*)```/g)].map(([, block = '']) => block).join('\n');

test('the walk-through in docs/spreadsheets.md runs as it stands, and changes only what was edited', async () => {
  await using gw = await gateway();
  const cwd = mkdtempSync(join(tmpdir(), 'spreadsheets-'));
  const here = script.replaceAll('http://127.0.0.1:4000', gw.url).replaceAll('sleep 1', 'sleep 0.1');
  const { stdout } = await promisify(execFile)('sh', ['-ec', here], { cwd });
  expect(JSON.parse(stdout)).toEqual({ total: 2, failed: 0, failures: [] });
  expect(JSON.parse(readFileSync(join(cwd, 'export.json'), 'utf8')).data.exportOpportunities.calls).toBe(3);
  const results = readFileSync(join(cwd, 'results.csv'), 'utf8').split('\r\n');
  expect(results.slice(1, 3).map((row) => row.split(',').slice(0, 4))).toEqual([
    ['1', 'SKIPPED', 'O5000001', ''],
    ['2', 'DONE', 'O5000002', ''],
  ]);
  expect(results[3]).toMatch(/^end of 2 rows,/);
  expect((await gw.emulator.record('O5000002')).LifeCycle.NextSteps).toBe('Workshop on Tuesday');
  rmSync(cwd, { recursive: true });
});
