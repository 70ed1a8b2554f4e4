import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { post, startProgram } from './program.ts';

test('the bundle starts with its emulator, answers from it, and stops', async () => {
  const root = join(import.meta.dirname, '..');
  execFileSync(process.execPath, ['scripts/bundle.ts'], { cwd: root, stdio: 'inherit' });
  const { child, address, exited } = startProgram({}, root, 'exec "$1" dist/server/main.js');
  const response = await post(await address('GraphQL'), {
    query: '{ opportunities(first: 1) { nodes { id } } _service { sdl } }',
  });
  expect(await response.json()).toMatchObject({
    data: { opportunities: { nodes: [{ id: expect.stringMatching(/^O/) }] } },
  });
  child.kill('SIGTERM');
  expect(await exited).toMatchObject({ code: 0, err: '' });
});
