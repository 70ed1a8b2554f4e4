import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveControl } from './control/serve.ts';
import { createState, resetState } from './state.ts';
import { openStateFile } from './state-file.ts';
import { serve } from './wire/serve.ts';

export type EmulatorOptions = {
  host?: string | undefined;
  /** 0 takes a free port. */
  port?: number | undefined;
  /** Whether to begin with the seed. A state file that exists has the last word. */
  seed?: boolean | undefined;
  /** Keeps the records across restarts. */
  stateFile?: string | undefined;
  /** Milliseconds since the epoch; the system's clock unless given. */
  now?: (() => number) | undefined;
};

export type Emulator = {
  /** Where it listens: the endpoint for an SDK, and the root of the control surface. */
  url: string;
  /** Closes every connection and writes what is not yet in the state file. */
  stop(): Promise<void>;
};

/** Starts a Partner Central of its own in this process. Emulators share nothing: a test may start as many as it likes. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', port = 0, seed = true, stateFile, now = Date.now } = options;
  const state = createState(now);
  const file = openStateFile(stateFile, state);
  if (!(await file.load())) resetState(state, { seed });

  const stopping = new AbortController();
  const hooks = { changed: file.changed, stopping: stopping.signal };
  const server = createServer((req, res) => {
    const control = req.url?.startsWith('/_emulator');
    // A caller who hangs up in the middle of a request is no concern of the others.
    (control ? serveControl(req, res, state, hooks) : serve(req, res, state, hooks)).catch(() =>
      res.destroy(),
    );
  });
  // Longer than any client keeps an idle socket, so that it is never the emulator that closes one under a request.
  server.keepAliveTimeout = 65_000;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A file that cannot be written is better known now than when there is something to lose.
  await file.save().catch((error) => {
    server.close();
    throw error;
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;

  return {
    url: `http://${name}:${address.port}`,
    stop: async () => {
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await file.save();
    },
  };
}
