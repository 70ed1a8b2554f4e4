/** Lists that are only of use as a whole. */
import { Fault } from '../fault.ts';

/** Pages that follow one another before a list counts as endless. */
const maxPages = 100;

/**
 * All items of a list, page by page.
 *
 * @param what the list in words, for the message of the fault
 * @throws Fault UPSTREAM_UNAVAILABLE for a list without an end
 */
export async function wholeList<Item>(
  what: string,
  readPage: (
    nextToken: string | undefined,
  ) => Promise<{ items: readonly Item[]; nextToken: string | null | undefined }>,
): Promise<Item[]> {
  const found: Item[] = [];
  for (let token: string | undefined, pages = 0; pages < maxPages; pages++) {
    const { items, nextToken } = await readPage(token);
    found.push(...items);
    token = nextToken || undefined;
    if (!token) return found;
  }
  throw new Fault('UPSTREAM_UNAVAILABLE', `AWS's list of ${what} has more than ${maxPages} pages.`);
}
