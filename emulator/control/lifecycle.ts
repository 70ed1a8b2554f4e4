import { answerReferral, statusOf } from '../engagements/referral.ts';
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
      invitations: [...state.engagements.referrals.values()].map((referral) => ({
        ...referral.invitation,
        Status: statusOf(referral, state),
        OpportunityId: referral.record.Id,
      })),
    }),
  },
  { path: 'invitations/:id/accept', POST: (call) => answer(call, true) },
  { path: 'invitations/:id/reject', POST: (call) => answer(call, false) },
];

function undecidable(name: string, status: string, from: string) {
  const possible = Object.keys(decisions).filter((known) => decisions[known]?.includes(status));
  return badRequest(`${name} is ${from}; it can become ${status} from ${possible.join(' or ')}`);
}

function answer({ own, name, changed }: ControlCall, accept: boolean): JsonObject {
  const answered = answerReferral(own, name, accept);
  if (!answered) throw new ControlError(404, `Pending invitation ${name} not found`);
  changed();
  return { ...answered.invitation, OpportunityId: answered.record.Id };
}
