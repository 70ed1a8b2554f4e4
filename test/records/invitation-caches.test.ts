/** What is kept of invitations that change while they are read. */
import { expect, test } from 'vitest';
import { createCoalescer } from '../../src/records/coalesce.ts';
import type { RequestScope } from '../../src/records/in-flight.ts';
import { createInvitationCaches, followInvitations } from '../../src/records/invitation-caches.ts';
import { createInvitationLoaders, readInvitation } from '../../src/records/invitations.ts';
import type { Send } from '../../src/upstream/send.ts';
import { fakeClock } from '../clock.ts';

const id = 'engi-0123456789abc';
const pending = { id, status: 'PENDING', engagementId: 'eng-0123456789abcd' };

/** A `send` during whose call the invitation changes, or does not. */
function sending(answer: object, isChanged: boolean) {
  const caches = createInvitationCaches(fakeClock().clock, 60_000);
  const send = async () => {
    if (isChanged) followInvitations(caches, { type: 'EngagementInvitation', id });
    return answer;
  };
  return { caches, send: send as unknown as Send };
}

test.each([
  ['one that changes meanwhile', true, undefined],
  ['one that does not', false, expect.objectContaining(pending)],
])('an invitation that is read by its id is kept as it was read: %s', async (_, isChanged, kept) => {
  const { caches, send } = sending(pending, isChanged);
  await readInvitation(id, send, caches);
  expect(caches.single.get(id)).toEqual(kept);
});

test.each([
  ['one that changes meanwhile', true, undefined],
  ['one that does not', false, expect.objectContaining(pending)],
])('an invitation of a list is kept as it was read: %s', async (_, isChanged, kept) => {
  const { caches, send } = sending({ engagementInvitationSummaries: [pending] }, isChanged);
  const request = { caller: 'one', cached: 0, deadline: 60_000, signal: new AbortController().signal };
  const scope = { send, request, signal: request.signal } as unknown as RequestScope;
  const loaders = createInvitationLoaders({ scope, coalescer: createCoalescer(), caches }, 'main');
  await loaders.page({ direction: 'RECEIVER', first: 1 });
  expect(caches.single.get(id)).toEqual(kept);
});
