/** What an account remembers of invitations. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { taskTypeOf } from '../domain/ids.ts';
import { type Invitation, isAnswered, sideOf } from '../domain/invitations.ts';
import type { InvitationStatus, ParticipantType } from '../generated/schema-types.ts';
import type { InvitationPage, InvitationRecord, InvitationSummary } from '../upstream/wire.ts';
import type { Change } from './changes.ts';
import { createTimedCache, readOnlyTimed, type TimedCache } from './timed-cache.ts';

/** The memory for what never changes, in characters of its JSON: some four thousand invitations with long messages. */
const maxCharacters = 16_000_000;
/** What an entry has besides the invitation itself. */
const overhead = 100;
/** How long the invitations of an engagement are fresh. */
const roomsFreshMs = 30_000;

/** What never changes about an invitation: this account's side, a final status, and what AWS lists of none. */
export type KnownInvitation = {
  side?: ParticipantType | undefined;
  answered?: InvitationStatus | undefined;
  record?: InvitationRecord | undefined;
};

export type InvitationCaches = {
  /** Pages of AWS's lists, see `listKey`. */
  pages: TimedCache<InvitationPage>;
  /** The invitations of engagements, by direction and engagement, see `listKey`. */
  rooms: TimedCache<InvitationSummary[]>;
  /** Invitations by their ids. */
  single: TimedCache<Invitation>;
  known: { get(id: string): KnownInvitation | undefined; set(id: string, known: KnownInvitation): void };
};

/** @param freshMs how long a list, and an invitation that was read by its id, are fresh */
export function createInvitationCaches(clock: Clock, freshMs: number): InvitationCaches {
  const known = new LRUCache<string, KnownInvitation>({
    maxSize: maxCharacters,
    sizeCalculation: ({ record }) => overhead + JSON.stringify(record ?? null).length,
  });
  return {
    pages: createTimedCache(clock, freshMs),
    rooms: createTimedCache(clock, roomsFreshMs),
    single: createTimedCache(clock, freshMs),
    known: { get: (id) => known.get(id), set: (id, value) => void known.set(id, value) },
  };
}

/** The same caches for a dry run, which changes nothing. */
export const readOnlyInvitations = (caches: InvitationCaches): InvitationCaches => ({
  pages: readOnlyTimed(caches.pages),
  rooms: readOnlyTimed(caches.rooms),
  single: readOnlyTimed(caches.single),
  known: { get: caches.known.get, set() {} },
});

/** What is dropped with all lists at once. */
const all = 'all';

/** The key of a list. It is another one after any invitation has changed, since any list may be different then. */
export const listKey = (cache: TimedCache<object>, key: string): string => `${cache.version(all)} ${key}`;

/** Forgets all lists: it is not known which of them an invitation is in. */
export function dropLists({ pages, rooms }: InvitationCaches): void {
  pages.drop(all);
  rooms.drop(all);
}

/** Forgets what a change of an invitation makes outdated: also one by a task that has accepted it, or has sent it. */
export function followInvitations(caches: InvitationCaches, change: Change): void {
  const { single, known } = caches;
  const task = change.type === 'Task' && change.task.status === 'COMPLETE' ? change.task : undefined;
  const id = change.type === 'EngagementInvitation' ? change.id : task?.engagementInvitationId;
  if (!id) return;
  dropLists(caches);
  single.drop(id);
  const isAccepted = task && taskTypeOf(task.id) === 'EngagementByAcceptingInvitationTask';
  if (isAccepted) known.set(id, { ...known.get(id), answered: 'ACCEPTED' });
}

/** Remembers what never changes of an invitation that AWS has returned, and of its record if it is one. */
export function remember({ known }: InvitationCaches, one: Invitation, record?: InvitationRecord): void {
  const before = known.get(one.id);
  const side = sideOf(one) ?? before?.side;
  const answered = before?.answered ?? (isAnswered(one.status) ? (one.status ?? undefined) : undefined);
  if (!record && before && side === before.side && answered === before.answered) return;
  known.set(one.id, { side, answered, record: record ?? before?.record });
}

/** An invitation with what is known of it: AWS's lists can lag behind an answer, and a single read has no side. */
export function asKnown<One extends Invitation>({ known }: InvitationCaches, one: One): One {
  const { side, answered } = known.get(one.id) ?? {};
  return { ...one, status: answered ?? one.status, participantType: sideOf(one) ?? side };
}
