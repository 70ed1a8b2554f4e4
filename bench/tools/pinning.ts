/** Which core runs what, where the machine and its tools allow a choice. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

export const canPin = availableParallelism() >= 2 && spawnSync('taskset', ['--version']).status === 0;

/** The core of the server that is measured, and that of whoever asks it. */
export const cores = { server: 0, load: 1 } as const;

/** A command line that runs on one core. */
export function pinned(command: readonly string[], core: number | undefined): string[] {
  return core !== undefined && canPin ? ['taskset', '-c', String(core), ...command] : [...command];
}

/** Puts this process and all its threads on one core until it is disposed of. */
export function pinSelf(core: number): Disposable {
  const move = (list: string) =>
    canPin && spawnSync('taskset', ['-a', '-c', '-p', list, String(process.pid)], { stdio: 'ignore' });
  move(String(core));
  return { [Symbol.dispose]: () => void move(`0-${availableParallelism() - 1}`) };
}
