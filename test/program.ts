/** The gateway in a process of its own, as `npm start` runs it, in an environment without credentials. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from './until.ts';

const root = join(import.meta.dirname, '..');

/** The options of Node that run code before the program, to break something in it. */
export const preload = (code: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
});

/** @param shell a shell's script that executes the program as `"$@"`, to start it with other limits or another output */
export function startProgram(env: Record<string, string> = {}, cwd = root, shell = 'exec "$@"') {
  const child = spawn('sh', ['-c', shell, 'sh', process.execPath, 'src/main.ts'], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      PORT: '0',
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
      // Its calls would be among those of a test.
      INDEX: 'off',
      ...env,
    },
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (text) => (output.out += text));
  child.stderr.on('data', (text) => (output.err += text));
  // Not `exit`: the output may still be on its way then.
  const exited = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  const banner = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => /^ {2}upstream {2}.*$/m.test(output.out) && resolve(output.out));
    child.on('exit', () => reject(new Error(`The program exited: ${output.err}`)));
  });
  banner.catch(() => {});
  /** An address from the banner: `GraphQL`, `metrics`, or `emulator` for the embedded one. */
  const address = async (name: string): Promise<string> =>
    new RegExp(`${name}\\s+(?:at )?(http:\\S+)`).exec(await banner)?.[1] ?? '';
  /** Resolves when a string has been written to standard error. */
  const logged = (text: string) => until(() => output.err.includes(text));
  return { child, banner, address, logged, exited };
}

/** Resolves when a stopping program accepts no more connections. */
export async function closed(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  for (;;) {
    const socket = connect(Number(port), hostname);
    const isRefused = await once(socket, 'connect').then(
      () => false,
      () => true,
    );
    socket.destroy();
    if (isRefused) return;
  }
}

/** Sends an operation as JSON. */
export const post = (
  url: string,
  body: object,
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal,
  });
