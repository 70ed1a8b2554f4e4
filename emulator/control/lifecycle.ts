import { acceptOpportunity } from '../engagements/acceptance.ts';
import { answerInvitation } from '../engagements/invitation.ts';
import type { Invitation } from '../engagements/model.ts';
import { pendingReferral } from '../engagements/referral.ts';
import { decide, decisions } from '../engagements/review.ts';
import { getIn, type JsonObject } from '../json.ts';
import { catalogOf, optionalString, readOneOf } from './read.ts';
import { badRequest, type ControlCall, ControlError, onlyMembers, type Route } from './route.ts';

const statuses = ['In review', 'Approved', 'Action Required', 'Rejected'] as const;

/** Reviews by AWS and answers to invitations, which no operation of the API offers. */
export const lifecycle: readonly Route[] = [
  {
    path: 'opportunities/:id/review',
    POST: (call) => {
      const { own, body, name, query } = call;
      onlyMembers(body, ['decision', 'comments', 'reason']);
      const status = readOneOf(body, 'decision', statuses);
      const [comments, reason] = [optionalString(body, 'comments'), optionalString(body, 'reason')];
      const catalog = catalogOf(query);
      const stored = own.store.get(catalog, name);
      if (!stored) throw new ControlError(404, `Opportunity ${name} not found in catalog ${catalog}`);
      const decided = decide(own, catalog, name, {
        status,
        ...(comments !== undefined && { comments }),
        ...(reason !== undefined && { reason }),
      });
      if (!decided) throw undecidable(name, status, String(getIn(stored, 'LifeCycle', 'ReviewStatus')));
      call.changed();
      return decided;
    },
  },
  {
    path: 'invitations',
    GET: ({ state }) => ({
      invitations: [...state.engagements.invitations.values()].map(withOpportunity),
    }),
  },
  { path: 'invitations/:id/accept', POST: (call) => answer(call, 'ACCEPTED') },
  { path: 'invitations/:id/reject', POST: (call) => answer(call, 'REJECTED') },
];

/** An invitation; one to an AWS referral has the id of the opportunity that awaits its acceptance. */
const withOpportunity = ({ referral, ...invitation }: Invitation): JsonObject => ({
  ...invitation,
  ...(referral && { OpportunityId: referral.Id }),
});

function undecidable(name: string, status: string, from: string) {
  const possible = Object.keys(decisions).filter((known) => decisions[known]?.includes(status));
  return badRequest(`${name} is ${from}; it can become ${status} from ${possible.join(' or ')}`);
}

function answer({ own, name, changed }: ControlCall, status: 'ACCEPTED' | 'REJECTED'): JsonObject {
  const pending = pendingReferral(own, name);
  if (!pending?.referral) throw new ControlError(404, `Pending invitation ${name} not found`);
  if (status === 'ACCEPTED') acceptOpportunity(own, pending);
  else answerInvitation(own, pending, status);
  changed();
  return withOpportunity({ ...pending, Status: status });
}
