import { createStore } from './store.ts';

type Response = { errors?: readonly { extensions?: Record<string, unknown> | undefined }[] | undefined };

const off = createStore(false);

/** Records what a response shows about the index: the first `INDEX_OFF` is remembered until the page is reloaded. */
export function recordIndexState({ errors }: Response): void {
  if (errors?.some(({ extensions }) => extensions?.code === 'INDEX_OFF')) off.set(true);
}

export const isIndexOff = (): boolean => off.get();

/** Whether counts, sums, search and attention are unavailable (`INDEX=off`). Queries that need the index are skipped then. */
export const useIndexOff = (): boolean => off.use();
