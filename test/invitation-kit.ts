/** What AWS and other partners send, for tests of the inbox. */

import { validCreate } from './emulator/kit.ts';
import { lead } from './emulator/payloads.ts';
import type { Data, TestGateway } from './kit.ts';

/** What AWS refers: a new object each time. */
function referred(): object {
  const { Catalog: _catalog, ClientToken: _token, ...members } = validCreate();
  return members;
}

/** AWS refers an opportunity to the default partner; returns the invitation, with the id of its opportunity. */
export const referOpportunity = ({ emulator }: Pick<TestGateway, 'emulator'>): Promise<Data> =>
  emulator.control('POST', 'invitations', { opportunity: referred(), message: 'Can you take this on?' });

/** AWS shares a lead with the default partner. */
export const referLead = ({ emulator }: Pick<TestGateway, 'emulator'>): Promise<Data> =>
  emulator.control('POST', 'invitations', { lead: lead() });

export const accept = `mutation ($input: AcceptEngagementInvitationInput!) { acceptEngagementInvitation(input: $input) {
  accepted invitation { id status } task { status }
  opportunity { id lifeCycle { stage reviewStatus } customer { account { companyName } } }
  engagement { id memberCount } clientToken userErrors { code path message } } }`;

export const reject = `mutation ($input: RejectEngagementInvitationInput!) { rejectEngagementInvitation(input: $input) {
  invitation { id status rejectionReason } userErrors { code path field message } } }`;
