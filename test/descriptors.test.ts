/** A program that has used up its file descriptors. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { gateway } from './kit.ts';
import { startProgram } from './program.ts';
import { until } from './until.ts';

/** Sends a request, and resolves with its response, or with nothing if the connection is closed instead. */
async function ask(socket: Socket, request: string): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  socket.write(request);
  await until(() => /\r\n\r\n\{.*\}$/.test(text) || socket.closed);
  socket.removeAllListeners('data');
  return text;
}

function operation(id: string): string {
  const body = JSON.stringify({ query: `{ opportunity(id: "${id}") { id } }` });
  const head = ['host: localhost', 'content-type: application/json', `content-length: ${body.length}`];
  return `POST /graphql HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`;
}
const health = 'GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n';

test('without a free file descriptor, open connections are served and new ones are closed, until one is free again', async () => {
  await using gw = await gateway();
  const settings = { UPSTREAM_ENDPOINT: gw.emulator.url, LOG_LEVEL: 'info' };
  const { child, address, exited } = startProgram(settings, undefined, 'ulimit -n 60 && exec "$@"');
  const { hostname, port } = new URL(await address('GraphQL'));
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(port), hostname).on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const first = await open();
  expect(await ask(first, operation('O5000001'))).toContain('{"data":{"opportunity":{"id":"O5000001"}}');

  const others: Socket[] = [];
  let answer = '';
  do {
    const socket = await open();
    answer = await ask(socket, health);
    others.push(socket);
  } while (answer);
  expect(others.length).toBeLessThan(60);

  expect(await ask(first, operation('O5000002'))).toMatch(/^HTTP\/1\.1 200 OK\r\n.*"opportunity":/s);
  for (const socket of others) socket.destroy();
  await until(async () => (await ask(await open(), health)) !== '');
  expect(await ask(await open(), operation('O5000003'))).toContain('"id":"O5000003"');
  child.kill('SIGTERM');
  expect((await exited).code).toBe(0);
});
