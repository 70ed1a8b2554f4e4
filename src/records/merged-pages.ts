/** Pages over several lists that are merged into one. */
import { decodeMerged, encodeMerged, type MergedPosition } from '../domain/cursors.ts';
import type { Order } from '../domain/filters.ts';
import { checkFirst, type Edge, type Page, type PageArguments } from './paging.ts';

/** Reads a page of one of the lists. */
export type ReadPage<Item> = (page: PageArguments) => Promise<Page<Item>>;

/** One of the lists while it is merged: its page, how much of it is taken, and where it continues after that. */
type Part<Item> = { page: Page<Item>; taken: number; position: MergedPosition };

const nextOf = <Item>({ page, taken }: Part<Item>): Edge<Item> | undefined => page.edges[taken];

/** Whether the next item of a list is not on the page that was read. */
const isCutOff = <Item>(part: Part<Item>): boolean => !nextOf(part) && part.page.hasNextPage;

/**
 * One page of lists that have the same order: `first` items after `after`. A cursor has a position in each list, so
 * lists that have ended are not read again.
 *
 * @param fingerprint identifies the query, so that a cursor is not used with another
 * @throws Fault BAD_USER_INPUT if `first` is not 1 to 100, or the cursor is of another query; what a list throws
 */
export async function fetchMergedPage<Item>(
  lists: readonly ReadPage<Item>[],
  { placeOf, compare }: Order<Item>,
  { first, after }: PageArguments,
  fingerprint: string,
): Promise<Page<Item>> {
  checkFirst(first);
  const starts = after ? decodeMerged(after, fingerprint, lists.length) : lists.map(() => null);
  const parts = await Promise.all(
    lists.map(async (read, list): Promise<Part<Item>> => {
      const position = starts[list] ?? null;
      const isOver = position === false;
      const page = isOver ? { edges: [], hasNextPage: false } : await read({ first, after: position });
      return { page, taken: 0, position: page.edges.length > 0 || page.hasNextPage ? position : false };
    }),
  );

  const edges: Edge<Item>[] = [];
  // What comes after a page that is cut off may precede the items of the other lists.
  while (edges.length < first && !parts.some(isCutOff)) {
    const [next] = parts
      .flatMap((part) => {
        const edge = nextOf(part);
        return edge ? [{ part, edge, place: placeOf(edge.summary) }] : [];
      })
      .sort((a, b) => compare(a.place, b.place));
    if (!next) break;
    const { part, edge } = next;
    part.taken += 1;
    part.position = nextOf(part) || part.page.hasNextPage ? edge.cursor : false;
    const positions = parts.map(({ position }) => position);
    edges.push({ cursor: encodeMerged(positions, fingerprint), summary: edge.summary });
  }
  const hasNextPage = parts.some((part) => nextOf(part) || part.page.hasNextPage);
  // What a list has left out after its last edge is not read again.
  const isAhead = parts.some((part) => isCutOff(part) && part.page.endCursor !== undefined);
  const ends = parts.map((part) => (isCutOff(part) && part.page.endCursor) || part.position);
  return { edges, hasNextPage, ...(isAhead && { endCursor: encodeMerged(ends, fingerprint) }) };
}
