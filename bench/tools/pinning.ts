/** Pins processes to cores, if the machine supports it. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

export const canPin = availableParallelism() >= 2 && spawnSync('taskset', ['--version']).status === 0;

/** The core of the server under test, and the core of its clients. */
export const cores = { server: 0, load: 1 } as const;

/** The command line that runs a command on one core. */
export function pinned(command: readonly string[], core: number | undefined): string[] {
  return core !== undefined && canPin ? ['taskset', '-c', String(core), ...command] : [...command];
}

/** Pins this process and all its threads to one core until disposed. */
export function pinSelf(core: number): Disposable {
  const move = (list: string) =>
    canPin && spawnSync('taskset', ['-a', '-c', '-p', list, String(process.pid)], { stdio: 'ignore' });
  move(String(core));
  return { [Symbol.dispose]: () => void move(`0-${availableParallelism() - 1}`) };
}
