/** The emulator in a process of its own, as `npm run emulator` runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const run = (command: string, args: string[], env: Record<string, string>) =>
  spawn(command, args, {
    env: { ...process.env, EMULATOR_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Starts the program. */
export const startProgram = (env: Record<string, string>) => run(process.execPath, ['emulator/main.ts'], env);

/** Starts the program where no file can grow beyond so many blocks of 512 bytes, as on a full disk. */
export const startWithSmallFiles = (blocks: number, env: Record<string, string>) =>
  run('/bin/sh', ['-c', `ulimit -f ${blocks}; exec "$0" emulator/main.ts`, process.execPath], env);

/** The address from the banner. */
export async function addressOf(program: ReturnType<typeof startProgram>): Promise<string> {
  const [banner] = await once(program.stdout, 'data');
  return /http:\/\/127\.0\.0\.1:\d+/.exec(String(banner))?.[0] ?? '';
}
