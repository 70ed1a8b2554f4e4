import { saveOpportunity } from '../engagements/save.ts';
import { businessInvalid, notFound } from '../errors.ts';
import { asObject, type JsonObject } from '../json.ts';
import { emptyAnswer, type Operation } from '../operation.ts';
import { withNextModified } from '../records/dates.ts';
import { listAt, violation } from '../rules/rule.ts';
import { assignOpportunityRequest } from '../shapes/lifecycle-requests.ts';

const titles = ['PartnerAccountManager', 'OpportunityOwner'];

/**
 * Assigns an opportunity to someone at the partner. An owner must be a user of Partner Central, and the name is the
 * user's, not the request's. No operation lists users; here every address at partner.example is one, named as in the
 * address. AWS: the data model on the team.
 */
export const assignOpportunity: Operation = {
  request: assignOpportunityRequest,
  kind: 'write',
  run(input, state) {
    const id = String(input.Identifier);
    const record = state.store.get(String(input.Catalog), id);
    if (!record) throw notFound(id);
    const assignee = asObject(input.Assignee);
    const title = String(assignee.BusinessTitle);
    if (!titles.includes(title))
      throw businessInvalid([
        violation(
          'INVALID_VALUE',
          'Assignee.BusinessTitle',
          `The business title must be one of ${titles.join(', ')}`,
        ),
      ]);
    const member = title === 'OpportunityOwner' ? userOf(assignee) : withoutUnset(assignee);
    const others = listAt(record, 'OpportunityTeam').filter((one) => asObject(one).BusinessTitle !== title);
    // The owner comes first.
    const OpportunityTeam = title === 'OpportunityOwner' ? [member, ...others] : [...others, member];
    saveOpportunity(state, withNextModified({ ...record, OpportunityTeam }, state));
    return emptyAnswer;
  },
};

const withoutUnset = (member: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(member).filter(([, value]) => value !== null));

function userOf({ Email, BusinessTitle = null }: JsonObject): JsonObject {
  const [name = '', host] = String(Email).split('@');
  if (host !== 'partner.example')
    throw businessInvalid([
      violation('INVALID_VALUE', 'Assignee.Email', 'An owner must be an active user of Partner Central'),
    ]);
  const [FirstName = '', LastName = ''] = name
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  return { Email: Email ?? null, FirstName, LastName, BusinessTitle };
}
