/** Reads of invitations: pages of AWS's lists, those of ten engagements to a call, and single ones. */
import DataLoader from 'dataloader';
import { idForms } from '../domain/ids.ts';
import {
  type Invitation,
  type InvitationListInput,
  invitationInput,
  latestInvitationFirst,
  withPlainId,
} from '../domain/invitations.ts';
import { Fault } from '../fault.ts';
import type { EngagementInvitationFilter, ParticipantType } from '../generated/schema-types.ts';
import { invitationRoomsPerCall } from '../upstream/operations.ts';
import type { Send } from '../upstream/send.ts';
import type { InvitationPage, InvitationRecord, InvitationSummary } from '../upstream/wire.ts';
import { createBatchLoader, inParts } from './batches.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { asKnown, type InvitationCaches, listKey, remember } from './invitation-caches.ts';
import { fetchPageOf, type Page, type PageArguments } from './paging.ts';
import { freshIn, readThrough } from './timed-cache.ts';

type InvitationTools = { scope: RequestScope; coalescer: Coalescer; caches: InvitationCaches };

/** AWS's largest page of invitations. */
const maxResults = 100;
/** Pages that follow one another before the list counts as endless. */
const maxPages = 50;

export type InvitationPageArguments = PageArguments & {
  direction: ParticipantType;
  filter?: EngagementInvitationFilter | null | undefined;
};

/** Reads a whole invitation, never from the cache; null if this account has no part in it. @throws Fault */
export async function readInvitation(
  id: string,
  send: Send,
  caches: InvitationCaches,
): Promise<InvitationRecord | null> {
  // What is read while the invitation changes is not kept for those who come later.
  const version = caches.single.version(id);
  try {
    const answer = await send('GetEngagementInvitation', { identifier: id });
    const record = withPlainId({ ...answer, id: answer.id ?? id });
    remember(caches, record, record);
    caches.single.put(id, record, version);
    return asKnown(caches, record);
  } catch (error) {
    if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** The engagement whose list has an invitation, and whose side this account is on there. */
type Room = { side: ParticipantType; engagementId: string };
const roomKey = ({ side, engagementId }: Room): string => `${side} ${engagementId}`;

/** The invitations on a page, as far as they are known by then. */
const invitationsOn = ({ engagementInvitationSummaries }: InvitationPage): InvitationSummary[] =>
  (engagementInvitationSummaries ?? []).flatMap((one) =>
    one?.id ? withPlainId({ ...one, id: one.id }) : [],
  );

/** The loaders of invitations of one request. @param account the account of the lists, of which cursors are */
export function createInvitationLoaders(tools: InvitationTools, account: string) {
  const { scope, coalescer, caches } = tools;

  /** One call of ListEngagementInvitations, or a page in the cache. */
  function list(input: InvitationListInput): Promise<InvitationPage> {
    const key = listKey(caches.pages, JSON.stringify(input));
    return readThrough(caches.pages, { name: 'ListEngagementInvitations', key }, tools, async (send) => {
      const page = await send('ListEngagementInvitations', input);
      // Any invitation may have changed since, if the lists were dropped.
      const isCurrent = listKey(caches.pages, JSON.stringify(input)) === key;
      for (const one of invitationsOn(page)) {
        remember(caches, one);
        if (isCurrent) caches.single.put(one.id, one);
      }
      return page;
    });
  }

  const itemsOf = (page: InvitationPage) => invitationsOn(page).map((one) => asKnown(caches, one));

  /** The invitations of ten engagements, by engagement, latest first. @throws Fault */
  async function listRooms(
    side: ParticipantType,
    engagementIds: string[],
  ): Promise<Map<string, InvitationSummary[]>> {
    const found = new Map(engagementIds.map((id): [string, InvitationSummary[]] => [id, []]));
    const input = { ...invitationInput(side, { engagementIds }), maxResults };
    for (let nextToken: string | undefined, pages = 0; pages < maxPages; pages++) {
      const page = await list({ ...input, nextToken });
      for (const one of itemsOf(page)) found.get(one.engagementId ?? '')?.push(one);
      nextToken = page.nextToken || undefined;
      if (!nextToken) return found;
    }
    throw new Fault('UPSTREAM_UNAVAILABLE', `AWS's list of invitations has more than ${maxPages} pages.`);
  }

  /** The invitations of engagements, ten to a call; a call that fails costs only its own. */
  async function readRooms(rooms: readonly Room[]): Promise<Map<string, InvitationSummary[] | Error>> {
    const found = new Map<string, InvitationSummary[] | Error>();
    const sides = (['SENDER', 'RECEIVER'] as const).map((side) => ({
      side,
      ids: [...new Set(rooms.filter((room) => room.side === side).map((room) => room.engagementId))],
    }));
    const parts = sides.flatMap(({ side, ids }) =>
      inParts(ids, invitationRoomsPerCall).map((part) => ({ side, part })),
    );
    await Promise.all(
      parts.map(async ({ side, part }) => {
        // A list that is read while an invitation changes is not kept for those who come later.
        const keys = part.map((engagementId) => listKey(caches.rooms, roomKey({ side, engagementId })));
        const listed = await listRooms(side, part).catch((error: Error) => error);
        for (const [index, engagementId] of part.entries()) {
          const own = listed instanceof Error ? listed : (listed.get(engagementId) ?? []);
          found.set(roomKey({ side, engagementId }), own);
          if (!(own instanceof Error)) caches.rooms.put(keys[index] ?? '', own);
        }
      }),
    );
    return found;
  }

  const room = createBatchLoader<InvitationSummary[]>(async (keys) => {
    const fresh = new Map(keys.map((key) => [key, freshIn(caches.rooms, listKey(caches.rooms, key), scope)]));
    const unread = keys.filter((key) => !fresh.get(key)).map(toRoom);
    const read = await readRooms(unread);
    return keys.map((key) => read.get(key) ?? (fresh.get(key) ?? []).map((one) => asKnown(caches, one)));
  });

  const details = new DataLoader<string, InvitationRecord | null>((ids) =>
    Promise.all(
      ids.map(async (id) => {
        const { record, answered } = caches.known.get(id) ?? {};
        // A rejection adds its reason, and AWS hides the rest then.
        const isOutdated = answered === 'REJECTED' && record?.status !== 'REJECTED';
        if (!record || isOutdated || scope.request.isUncached) return get(id).catch((error: Error) => error);
        scope.request.cached += 1;
        return record;
      }),
    ),
  );

  async function get(id: string): Promise<InvitationRecord | null> {
    const call = (send: Send) => readInvitation(id, send, caches);
    const key = `GetEngagementInvitation ${id} ${caches.single.version(id)}`;
    const record = await coalescer.coalesce(key, scope, call);
    details.prime(id, record);
    return record;
  }

  /** The engagement of an invitation that was read before: its list is current, and has nine others. */
  function knownRoom(id: string): Room | undefined {
    const { side, record } = caches.known.get(id) ?? {};
    return side && record?.engagementId ? { side, engagementId: record.engagementId } : undefined;
  }

  const invitation = createBatchLoader<Invitation | null>(async (ids) => {
    const fresh = new Map(ids.map((id) => [id, freshIn(caches.single, id, scope)]));
    const unread = ids.filter((id) => idForms.EngagementInvitation.test(id) && !fresh.get(id));
    const rooms = unread.length > 1 ? unread.flatMap((id) => knownRoom(id) ?? []) : [];
    const listed = await readRooms(rooms);
    const inRoom = (id: string) => {
      const room = knownRoom(id);
      const found = room && listed.get(roomKey(room));
      return found instanceof Error ? found : found?.find((one) => one.id === id);
    };
    const read = await Promise.all(
      unread.map(async (id) => [id, inRoom(id) ?? (await get(id).catch((error: Error) => error))] as const),
    );
    const found = new Map<string, Invitation | Error | null>(read);
    return ids.map((id) => {
      const known = fresh.get(id);
      return known ? asKnown(caches, known) : (found.get(id) ?? null);
    });
  });

  return {
    /** An invitation by its id; null if this account has no part in it. */
    invitation,
    /** What AWS's lists lack of an invitation: read once, and once more after a rejection. */
    details,
    /** The invitations of an engagement that this account has sent or received, latest first. @throws Fault */
    ofEngagement: (engagementId: string, side: ParticipantType) => room.load(roomKey({ side, engagementId })),

    /** A page of AWS's list. @throws Fault BAD_USER_INPUT for arguments that AWS cannot take */
    page({ direction, filter, ...page }: InvitationPageArguments): Promise<Page<InvitationSummary>> {
      const input = invitationInput(direction, filter ?? {});
      const isEmpty = filter?.engagementIds?.length === 0;
      const own = { input, order: latestInvitationFirst, isEmpty, call: list, itemsOf };
      return fetchPageOf(own, page, `${account} invitations`);
    },

    /** Whose side this account is on, by a read of AWS's list if nothing else has it. @throws Fault */
    async sideOf({ id, engagementId }: Invitation): Promise<ParticipantType | null> {
      const known = caches.known.get(id)?.side;
      if (known || !engagementId) return known ?? null;
      const received = await room.load(roomKey({ side: 'RECEIVER', engagementId }));
      // The list has shown that it is received. One that it lacks may be too new for it, so that is not kept.
      return received.some((one) => one.id === id) ? 'RECEIVER' : 'SENDER';
    },

    /** Forgets what this request has read of an invitation. */
    clear(id: string): void {
      invitation.clear(id);
      details.clear(id);
    },
  };
}

export type InvitationLoaders = ReturnType<typeof createInvitationLoaders>;

function toRoom(key: string): Room {
  const [side, engagementId = ''] = key.split(' ');
  return { side: side as ParticipantType, engagementId };
}
