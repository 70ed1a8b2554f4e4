import type { Clock } from './clock.ts';
import { createLoaders, createReader } from './loaders.ts';
import type { Refusal } from './resolvers/models.ts';
import { type Dispatch, type Request, sendFor } from './upstream/send.ts';
import { createVersions } from './versions.ts';
import { createWrites } from './writes.ts';

/** What all requests of a process share. */
export function createShared(dispatch: Dispatch, catalog: string, clock: Clock) {
  return { dispatch, catalog, clock, versions: createVersions(), writes: createWrites<Refusal>() };
}

/** What a caller's request says about itself. */
export type Incoming = Request & { idempotencyKey: string | undefined };

/** What a resolver works with, for one request of a caller. */
export function createContext(shared: ReturnType<typeof createShared>, request: Incoming) {
  const { dispatch, catalog, clock, versions, writes } = shared;
  const send = sendFor(dispatch, catalog, request, clock);
  const read = createReader(send, versions, request, clock);
  return { send, read, loaders: createLoaders(read), versions, writes, clock, request };
}

export type Context = ReturnType<typeof createContext>;
