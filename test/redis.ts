import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether Redis is installed; otherwise the tests that need it are skipped, with a note in their titles. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
export const redisMissing = 'needs redis-server on the PATH: apt-get install redis-server';

/** The next port of this process, which has sixteen of its own. */
let next = 10_000 + (process.pid % 1_400) * 16;

/**
 * A free port for a program that is told its port. It is below those which the kernel gives to connections and to `listen(0)`, or
 * another test would sometimes be given it before the program listens.
 */
export async function freePort(): Promise<number> {
  const port = next++;
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
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
  let isReady = false;
  for await (const text of server.stdout ?? []) {
    isReady = String(text).includes('Ready to accept connections');
    if (isReady) break;
  }
  if (!isReady) throw new Error(`redis-server did not start on port ${port}.`);
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
