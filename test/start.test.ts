import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { emulatorControl } from './kit.ts';
import { closed, startProgram as start } from './program.ts';

describe('npm start', () => {
  test('npm start prints one banner with its addresses, serves requests, and exits silently on SIGTERM', async () => {
    const { child, banner, exited } = start();
    const lines = (await banner).trim().split('\n');
    expect(lines[0]).toBe('partner-central-graphql is ready, catalog Sandbox');
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
    expect(await (await answer).json()).toMatchObject({ data: { opportunity: { id: 'O5000001' } } });
    expect((await exited).code).toBe(0);
  });
});

describe('an uncaught error', () => {
  test.each([
    ['an exception', 'throw new Error("Ac" + "me Robotics")'],
    ['a rejection', 'Promise.reject(new Error("Ac" + "me Robotics"))'],
  ])('an uncaught error (%s) ends the program, and is logged without its message', async (_kind, bug) => {
    const onSignal = `process.once('SIGUSR2', () => { ${bug} })`;
    const { child, banner, exited } = start({
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(onSignal)}`,
    });
    await banner;
    child.kill('SIGUSR2');
    const { code, out, err } = await exited;
    expect(code).toBe(1);
    expect(out).toContain('"msg":"uncaught error"');
    expect(out + err).not.toContain('Acme');
  });
});

describe('a start that fails', () => {
  const refusal = async (env: Record<string, string>) => {
    const { code, out, err } = await start(env).exited;
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
      `PORT: ${port} on 127.0.0.1 is taken; stop what listens there or set another PORT.`,
    );
    taken.close();
  });

  test('a start without AWS credentials fails with a message about them', async () => {
    expect(await refusal({ UPSTREAM: 'aws' })).toMatch(
      /^UPSTREAM=aws needs AWS credentials, and the AWS SDK found none/,
    );
  });
});
