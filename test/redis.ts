import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether Redis is installed; otherwise the tests that need it are skipped, with a note in their titles. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
export const redisMissing = 'needs redis-server on the PATH: apt-get install redis-server';

/** A free port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a Redis, and resolves when it accepts connections.
 *
 * @param durable a folder in which it keeps every write, and finds it again; without one, it keeps nothing
 */
export async function startRedis(port: number, durable?: string) {
  const folder = durable ?? mkdtempSync(join(tmpdir(), 'redis-'));
  const appendonly = durable ? 'yes' : 'no';
  const settings = { port, bind: '127.0.0.1', save: '', appendonly, appendfsync: 'always', dir: folder };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server: ChildProcess = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const text of server.stdout ?? [])
    if (String(text).includes('Ready to accept connections')) break;
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async kill(): Promise<void> {
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      if (!durable) rmSync(folder, { recursive: true, force: true });
    },
  };
}
