import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { operations } from '../../emulator/operations.ts';
import { startEmulator } from '../../emulator/server.ts';
import { addressOf, startProgram } from './program.ts';

/** Runs a program that exits with an error. */
async function failure(env: Record<string, string>) {
  const program = startProgram(env);
  const [[code], message] = await Promise.all([once(program, 'exit'), text(program.stderr)]);
  return { code, message };
}

describe('the program', () => {
  test('prints its address at startup, and exits cleanly on SIGTERM', async () => {
    const program = startProgram({ EMULATOR_PORT: '0' });
    const url = await addressOf(program);
    expect(await (await fetch(`${url}/_emulator/health`)).json()).toEqual({
      status: 'ok',
      opportunities: 250,
    });
    program.kill('SIGTERM');
    const [code] = await once(program, 'exit');
    expect(code).toBe(0);
  });

  test('prints what it serves: operations, control surface and queue', async () => {
    const program = startProgram({});
    const [banner] = await once(program.stdout, 'data');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(banner))?.[0];
    expect(String(banner)).toContain(`${operations.size} operations`);
    for (const path of ['/_emulator/health', '/123456789012/partner-central-events'])
      expect(String(banner)).toContain(`${url}${path}`);
    program.kill('SIGTERM');
    await once(program, 'exit');
  });

  test('exits with one line if the port is taken', async () => {
    const emulator = await startEmulator();
    const port = new URL(emulator.url).port;
    const { code, message } = await failure({ EMULATOR_PORT: port });
    await emulator.stop();
    expect(code).toBe(1);
    expect(message).toBe(`127.0.0.1:${port} is taken; set EMULATOR_PORT to a free port\n`);
  });

  test.each([['http'], ['-1'], ['65536'], ['4510.5']])(
    'exits with one line for the port %s',
    async (port) => {
      const { code, message } = await failure({ EMULATOR_PORT: port });
      expect(code).toBe(1);
      expect(message).toMatch(/^EMULATOR_PORT is .*\n$/);
    },
  );
});
