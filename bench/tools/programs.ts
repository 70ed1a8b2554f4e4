/**
 * The programs that a benchmark starts. Each is a process of its own on a free port of 127.0.0.1, and none outlives the
 * benchmark.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pinned } from './pinning.ts';

const root = new URL('../../', import.meta.url);
const startMs = 30_000;
const stopMs = 3_000;

export type Memory = { rss: number; heapUsed: number };

export type Program = AsyncDisposable & {
  /** Where it listens, without a path. */
  url: string;
  /** What it takes after a garbage collection; for programs started with `isWatched`. */
  memory(): Promise<Memory>;
};

export type Start = {
  file: string;
  env?: Record<string, string>;
  /** The core it may run on; any without. */
  core?: number | undefined;
  /** Whether it can be asked for its memory. */
  isWatched?: boolean;
};

const running = new Set<ChildProcess>();
let isOver = false;
// The last line of defence, for whatever way this process ends.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a program and resolves when it has printed the address it listens on. */
export async function start({ file, env = {}, core, isWatched = false }: Start): Promise<Program> {
  const hook = isWatched ? ['--expose-gc', '--import', './bench/memory/hook.ts'] : [];
  const [command = '', ...args] = pinned([process.execPath, ...hook, file], core);
  const { PATH, HOME } = process.env;
  const child = spawn(command, args, {
    cwd: root,
    // Nothing of the caller's settings: a REDIS_URL or a region of theirs would be another benchmark.
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe', isWatched ? 'ipc' : 'ignore'],
  });
  running.add(child);
  let said = '';
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const exited = once(child, 'exit').finally(() => running.delete(child));
  let isStopping = false;

  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${file} ${why}:\n${said}`));
    const timer = setTimeout(() => fail('did not start'), startMs);
    child.stdout?.on('data', () => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address) resolve(address);
    });
    exited.then(
      ([code, signal]) => {
        fail(`ended (${code ?? signal})`);
        if (!isStopping && !isOver) console.error(`${file} ended by itself (${code ?? signal}):\n${said}`);
      },
      () => fail('could not be started'),
    );
    exited.finally(() => clearTimeout(timer)).catch(() => {});
  });

  return {
    url,
    async memory() {
      const answer = once(child, 'message');
      child.send('memory');
      return (await answer)[0] as Memory;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${file} has ended before its time:\n${said}`);
      isStopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Ends every program at once. */
export async function stopAll(): Promise<void> {
  isOver = true;
  const ends = [...running].map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ends);
}
