/** The source of `Subscription.opportunityChanged`. */
import { badInput } from '../domain/bad-input.ts';
import { Fault } from '../fault.ts';
import type { OpportunityFilter } from '../generated/schema-types.ts';
import type { Context } from '../graphql/context.ts';
import { createBacklog, type Source } from '../records/backlog.ts';
import type { OpportunityChange } from '../records/changes.ts';
import type { Delivery } from '../records/feed.ts';
import { changeOf } from '../records/sightings.ts';
import type { OpportunityChangeModel } from './models.ts';

/** The changes that are taken from the feed at a time. */
const pageSize = 100;
/** The pages that are read of AWS's list when a subscription is opened without an index. */
const maxPages = 10;

type Follower = ReturnType<Context['feed']['follow']>;

const modelOf = ({ row, cursor }: Delivery): OpportunityChangeModel => ({ ...changeOf(row), cursor });

/** A change that happens now; nothing if it does not match, or was delivered before. */
function deliverNow(
  { summary, position, kind, changedFields }: OpportunityChange,
  { take }: Follower,
): Delivery[] {
  const row = { summary, position, isLost: kind === 'LOST', changedFields };
  const taken = take(row);
  return taken ? [taken] : [];
}

/** What was missed, read at once. @throws Fault BAD_USER_INPUT for more than a subscription is for */
async function readMissed(follower: Follower): Promise<Delivery[]> {
  const missed: Delivery[] = [];
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await follower.missed(pageSize);
    if (page.length === 0) return missed;
    missed.push(...page);
  }
  const expected = `a cursor after which at most ${maxPages * pageSize} opportunities have changed; catch up with Query.opportunityChanges first`;
  throw badInput('since', 'one of long ago', expected);
}

/**
 * The changes of opportunities as they happen, after those that were missed since a cursor.
 *
 * With an index, a change only means to look into its feed, which has each opportunity once: a subscriber that lags gets
 * the last of several changes, and costs no memory. Without one the changes themselves wait, so many and no more.
 *
 * @throws Fault INDEX_OFF if nothing would ever be delivered, INDEX_BUILDING, and BAD_USER_INPUT
 */
export async function followOpportunities(
  ids: ReadonlySet<string> | undefined,
  { filter, since }: { filter?: OpportunityFilter | null | undefined; since?: string | null | undefined },
  { account, feed, index }: Context,
): Promise<Source<OpportunityChangeModel>> {
  const hasIndex = account.index !== undefined;
  if (hasIndex) index();
  else if (!account.hasEvents)
    throw new Fault('INDEX_OFF', 'This gateway has no source of changes: set INDEX=on or EVENTS_QUEUE_URL.');
  const follower = feed.follow(since, filter);
  const pending = createBacklog<OpportunityChange>(() => stopListening());
  const stopListening = account.changes.listen((change) => {
    if (change.type === 'Opportunity' && (!hasIndex || pending.waiting() === 0)) pending.push(change);
  });
  let isBehind = hasIndex && Boolean(since);
  const missed = since && !hasIndex ? await readMissed(follower).catch(stopAndThrow) : [];
  function stopAndThrow(error: unknown): never {
    pending.end();
    throw error;
  }

  async function next(): Promise<IteratorResult<OpportunityChangeModel, undefined>> {
    for (;;) {
      const first = missed.shift();
      if (first) {
        if (!ids || ids.has(first.row.summary.id)) return { value: modelOf(first), done: false };
      } else if (isBehind) {
        missed.push(...(await follower.missed(pageSize)));
        isBehind = missed.length > 0;
      } else {
        const { value: change, done } = await pending.next();
        if (done) return { value: undefined, done };
        if (hasIndex) isBehind = true;
        else missed.push(...deliverNow(change, follower));
      }
    }
  }
  const source: Source<OpportunityChangeModel> = {
    next,
    return: pending.return,
    [Symbol.asyncIterator]: () => source,
  };
  return source;
}
