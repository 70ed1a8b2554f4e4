import { createLoaders } from './loaders.ts';
import { type Dispatch, type Request, sendFor } from './upstream/send.ts';

/**
 * What a resolver works with, for one request of a caller.
 *
 * @param catalog AWS's catalog, `AWS` or `Sandbox`
 * @param request when the request must end, and the count of what it costs
 */
export function createContext(dispatch: Dispatch, catalog: string, request: Request) {
  const send = sendFor(dispatch, catalog, request);
  return { send, loaders: createLoaders(send), request };
}

export type Context = ReturnType<typeof createContext>;
