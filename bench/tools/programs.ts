/**
 * The programs that a benchmark starts. Each is a separate process on a free port of 127.0.0.1, and none outlives the
 * benchmark.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { pinned } from './pinning.ts';

export const root = new URL('../../', import.meta.url);
const startTimeoutMs = 30_000;
const stopTimeoutMs = 3_000;

export type Memory = { rss: number; heapUsed: number };

export type Program = AsyncDisposable & {
  /** The address that it listens on, without a path. */
  url: string;
  /** The CPU time of all its threads so far, in milliseconds; undefined where there is no `/proc`. */
  cpuMs(): number | undefined;
  /** Its memory after a garbage collection, for programs started with `reportsMemory`. */
  memory(): Promise<Memory>;
  /** Ends it at once, wherever it is. */
  kill(): Promise<void>;
};

export type StartOptions = {
  file: string;
  env?: Record<string, string>;
  /** The core to run on; any by default. */
  core?: number | undefined;
  /** Whether the program can report its memory. */
  reportsMemory?: boolean;
};

const running = new Set<ChildProcess>();
let isShuttingDown = false;
// Also kills them if this process exits in an unexpected way.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The kernel counts in hundredths of a second: of the user (field 14 of `stat`) and for the system (15). */
function cpuMsOf(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  // The second field is the program's name in parentheses, which may contain blanks.
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/**
 * Reads a program's output in a process of its own, as a container's runtime does, since a benchmark that is busy with its
 * callers leaves it waiting. Passes on everything but the lines about operations.
 */
const startReader = () =>
  spawn('grep', ['--line-buffered', '--fixed-strings', '--invert-match', '"msg":"operation"'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });

/** Starts a program and resolves when it has printed the address it listens on. */
export async function start({ file, env = {}, core, reportsMemory = false }: StartOptions): Promise<Program> {
  const hook = reportsMemory ? ['--expose-gc', '--import', './bench/memory/hook.ts'] : [];
  const [command = '', ...args] = pinned([process.execPath, ...hook, file], core);
  const { PATH, HOME, NODE_OPTIONS } = process.env;
  const reader = startReader();
  const child = spawn(command, args, {
    cwd: root,
    // Without the caller's settings: a REDIS_URL or a region would change the benchmark. V8's are what some measure.
    env: { PATH, HOME, ...(NODE_OPTIONS && { NODE_OPTIONS }), ...env },
    stdio: ['ignore', reader.stdin, 'pipe', reportsMemory ? 'ipc' : 'ignore'],
  });
  // The program has it now, and the reader ends with the program.
  reader.stdin.destroy();
  running.add(child);
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4_000);
  };
  reader.stdout.on('data', collect);
  child.stderr?.on('data', collect);
  const exited = once(child, 'exit').finally(() => running.delete(child));
  let isStopping = false;

  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${file} ${why}:\n${output}`));
    const timer = setTimeout(() => fail('did not start'), startTimeoutMs);
    reader.stdout.on('data', () => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address) resolve(address);
    });
    exited.then(
      ([code, signal]) => {
        fail(`exited (${code ?? signal})`);
        if (!isStopping && !isShuttingDown)
          console.error(`${file} exited unexpectedly (${code ?? signal}):\n${output}`);
      },
      () => fail('could not be started'),
    );
    exited.finally(() => clearTimeout(timer)).catch(() => {});
  });

  return {
    url,
    cpuMs: () => cpuMsOf(child.pid),
    async memory() {
      const answer = once(child, 'message');
      child.send('memory');
      return (await answer)[0] as Memory;
    },
    async kill() {
      isStopping = true;
      child.kill('SIGKILL');
      await exited;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${file} has exited early:\n${output}`);
      isStopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Kills all programs. */
export async function stopAll(): Promise<void> {
  isShuttingDown = true;
  const ends = [...running].map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ends);
}
