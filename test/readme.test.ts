import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { gateway } from './kit.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const commands = [...readme.matchAll(/```sh\n(curl [^`]*)```/g)].map(([, command = '']) => command);

test('every curl command in the README returns data, and its patch is applied', async () => {
  await using gw = await gateway();
  expect(commands.length).toBeGreaterThanOrEqual(3);
  for (const command of commands) {
    const here = command.replaceAll('http://127.0.0.1:4000', gw.url);
    const { stdout } = await promisify(execFile)('sh', ['-c', here]);
    const { data, errors } = JSON.parse(stdout);
    expect(errors, command).toBeUndefined();
    expect(Object.values(data)).not.toContain(null);
  }
  expect((await gw.emulator.record('O5000002')).LifeCycle.NextSteps).toBe('Workshop on Tuesday');
});
