import { decide, decisions } from '../engagements/review.ts';
import { getIn } from '../json.ts';
import { catalogOf, optionalString, readOneOf } from './read.ts';
import { badRequest, ControlError, onlyMembers, type Route } from './route.ts';

const statuses = ['In review', 'Approved', 'Action Required', 'Rejected'] as const;

/** Reviews by AWS, which no operation of the API offers. */
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
];

function undecidable(name: string, status: string, from: string) {
  const possible = Object.keys(decisions).filter((known) => decisions[known]?.includes(status));
  return badRequest(`${name} is ${from}; it can become ${status} from ${possible.join(' or ')}`);
}
