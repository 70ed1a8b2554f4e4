import { dryRun } from '../accounts/dry-run.ts';
import { lazy } from '../http/lazy.ts';
import { createVersions, type VersionsOptions } from '../records/cache.ts';
import { createReads } from '../records/coalesce.ts';
import { createLoaders, createRead } from '../records/loaders.ts';
import { createWrites } from '../records/write-queue.ts';
import type { Refusal } from '../resolvers/models.ts';
import { type Door, type Request, sendFor } from '../upstream/send.ts';
import type { Audit } from './plugins/audit.ts';

export type SharedOptions = Omit<VersionsOptions, 'clock'> & Door & { audit: Audit };

/** What all requests of a process share. */
export function createShared({ freshMs, maxBytes, tell, ...shared }: SharedOptions) {
  const versions = createVersions({ freshMs, maxBytes, tell, clock: shared.clock });
  const reads = createReads(versions);
  return { ...shared, versions, reads, writes: createWrites<Refusal>() };
}

export type Shared = ReturnType<typeof createShared>;

/** What a caller's request says about itself. */
export type Incoming = Request & {
  idempotencyKey: string | undefined;
  /** What the caller may do. */
  scopes: ReadonlySet<string>;
  /** Aborted when the caller has gone before it was answered. */
  hungUp: AbortSignal;
};

/** What a resolver works with, for one request of a caller. */
export function createContext(everyone: Shared, request: Incoming) {
  const shared = request.isDryRun ? dryRun(everyone) : everyone;
  const { clock, versions, reads, writes, quota, audit } = shared;
  const waits = lazy(() => AbortSignal.any([request.signal, request.hungUp]));
  const reader = {
    send: sendFor(shared, request, { priority: 'interactive', waits }),
    request,
    get signal() {
      return waits();
    },
  };
  /** For mutations: what they send goes first, whoever has gone, and what they read comes from AWS itself. */
  const send = sendFor(shared, request, { priority: 'write', waits: () => request.signal });
  const writer = {
    send,
    request,
    get signal() {
      return request.signal;
    },
  };
  const read = createRead({ reader: writer, reads, versions, quota, clock }, { isShared: false });
  return {
    reader,
    loaders: createLoaders({ reader, reads, versions, quota, clock }),
    reads,
    forWrite: { send, read },
    versions,
    writes,
    quota,
    clock,
    audit,
    request,
  };
}

export type Context = ReturnType<typeof createContext>;
