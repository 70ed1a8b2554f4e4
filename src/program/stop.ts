/** How the program ends. */
import type { Logger } from 'pino';
import { systemClock } from '../clock.ts';
import { errorForLog } from '../fault.ts';

/** npm forwards the terminal's Ctrl-C, which the program then receives twice; a later signal is a request to exit at once. */
const sameSignalMs = 500;

type Stop = () => unknown;

/** Stops the program on a signal or an uncaught error. It exits in every case: if a part fails, and if one never stops. */
export function stopOnSignals(log: Logger, withinMs: number, stopParts: readonly Stop[], end: Stop): void {
  let stoppingSince: number | undefined;

  async function stop(): Promise<void> {
    stoppingSince = systemClock.now();
    systemClock.setTimer(() => process.exit(1), withinMs);
    try {
      for (const stopPart of stopParts) await Promise.try(stopPart).catch(onStopError);
      log.info('stopped');
      await end();
    } finally {
      // Anything still pending by now, such as an unresponsive collector, must not delay the exit.
      process.exit();
    }
  }
  /** The remaining parts are stopped nonetheless. */
  function onStopError(error: unknown): void {
    process.exitCode = 1;
    log.error(errorForLog(error), 'stop failed');
  }
  function onSignal(): void {
    if (stoppingSince === undefined) void stop();
    else if (systemClock.now() - stoppingSince > sameSignalMs) process.exit(1);
  }
  /** Requests in flight still end, and a supervisor restarts the program. The log omits messages: they could quote a customer. */
  function onUncaughtError(error: unknown): void {
    process.exitCode = 1;
    log.fatal(errorForLog(error), 'uncaught error');
    if (stoppingSince === undefined) void stop();
  }
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('uncaughtException', onUncaughtError);
  process.on('unhandledRejection', onUncaughtError);
}
