import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveControl } from './control/serve.ts';
import { openStateFile } from './durable/state-file.ts';
import { watchDueTasks } from './engagements/due-tasks.ts';
import type { PartnerEvent } from './events/bus.ts';
import { defaultPartner } from './partners.ts';
import { resetState } from './reset.ts';
import { isSqsCall, serveSqs } from './sqs/serve.ts';
import { createState } from './state.ts';
import { serve } from './wire/serve.ts';

export type EmulatorOptions = {
  host?: string | undefined;
  /** 0 takes a free port. */
  port?: number | undefined;
  /** Whether to start with the seed. An existing state file takes precedence. */
  seed?: boolean | undefined;
  /** Keeps the records across restarts. */
  stateFile?: string | undefined;
  /** Milliseconds since the epoch. Default: the system's clock. */
  now?: (() => number) | undefined;
};

export type Emulator = {
  /** The endpoint for an SDK, and the root of the control surface. */
  url: string;
  /** The partner account of every access key that is not given to another. */
  accountId: string;
  /**
   * Calls a listener in this process with every event that is delivered; returns a function that ends this. An error
   * that it throws is the process's, not the emulator's.
   */
  onEvent(listener: (event: PartnerEvent) => void): () => void;
  /** Closes every connection, and writes the state file as a whole. */
  stop(): Promise<void>;
};

/** Starts an emulator in this process. Emulators share nothing: a test may start any number of them. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', port = 0, seed = true, stateFile, now = Date.now } = options;
  const state = createState(now);
  const file = openStateFile(stateFile, state);
  if (!(await file.load())) resetState(state, { seed });

  const stopping = new AbortController();
  // A change that cannot be stored is undone, so that what was due is due again.
  const changed = () => void file.commit().catch(() => {});
  const hooks = { commit: file.commit, changed, stopping: stopping.signal };
  const watch = watchDueTasks(state, changed);
  watch();
  const server = createServer((req, res) => {
    const isControl = req.url?.startsWith('/_emulator');
    const answer = isControl ? serveControl : isSqsCall(req) ? serveSqs : serve;
    // A caller who disconnects in the middle of a request must not affect the others.
    answer(req, res, state, hooks)
      .catch(() => res.destroy())
      .finally(watch);
  });
  // Longer than any client keeps an idle socket, so that the emulator never closes one just as a request arrives.
  server.keepAliveTimeout = 65_000;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // Report a file that cannot be written now, not when there is something to lose.
  await file.save().catch((error) => {
    server.close();
    throw error;
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;

  return {
    url: `http://${name}:${address.port}`,
    accountId: defaultPartner.accountId,
    onEvent: (listener) => state.bus.subscribe((event) => queueMicrotask(() => listener(event))),
    stop: async () => {
      stopping.abort();
      state.clock.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await file.save();
    },
  };
}
