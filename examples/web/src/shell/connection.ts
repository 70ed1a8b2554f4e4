/** Whether the gateway can be reached. While it cannot, one probe asks for it, and queries wait for the probe. */
import { ServerError, ServerParseError } from '@apollo/client/errors';
import { createStore } from './store.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 8_000;

/** Resolves when the gateway is reachable again; undefined while it is. */
const absence = createStore<Promise<void> | undefined>(undefined);

/** Resolves after so many milliseconds. */
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function isReachable(): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: '{ __typename }' });
  return fetch('/graphql', { method: 'POST', headers, body }).then(
    ({ status }) => status < 500,
    () => false,
  );
}

async function probe(): Promise<void> {
  let ms = firstPauseMs;
  do {
    await pause(ms);
    ms = Math.min(ms * 2, longestPauseMs);
  } while (!(await isReachable()));
  absence.set(undefined);
}

/** Reports that a request has not reached the gateway. */
export function reportAway(): void {
  if (!absence.get()) absence.set(probe());
}

/** Resolves when the gateway can be reached: at once, unless a request has found it away. */
export const untilReachable = async (): Promise<void> => absence.get();

/** Whether an error means that no gateway has answered: no connection, or a proxy's 5xx. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError ||
  ServerParseError.is(error) ||
  (ServerError.is(error) && error.statusCode >= 500);

/** One banner for all that the page cannot load or save while the gateway is away. */
export const useIsAway = (): boolean => absence.use() !== undefined;
