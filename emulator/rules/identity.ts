import type { Violation } from '../errors.ts';
import { asObject, type JsonObject } from '../json.ts';
import { listAt, type Rule, stringAt, touches, violation } from './rule.ts';

/** The partner's own identifier names one opportunity. AWS: the test scenarios; the code is a guess by its name. */
export const uniqueIdentifier: Rule = (change) => {
  const path = 'PartnerOpportunityIdentifier';
  const identifier = stringAt(change.after, path);
  if (identifier === undefined || !touches(change, path)) return [];
  const holder = change.others.holderOf(identifier);
  if (holder === undefined) return [];
  return [violation('DUPLICATE_KEY_VALUE', path, `Opportunity ${holder} already goes by this identifier`)];
};

/**
 * What only a create says. A team of a partner's making has account managers; the owner is the service's to name. And
 * only the Sandbox lets a partner pretend to be AWS. AWS: the data model on both; testing in the Sandbox.
 */
export function createOnly(input: JsonObject, catalog: string): Violation[] {
  const titles = listAt(input, 'OpportunityTeam').map((member) => asObject(member).BusinessTitle ?? null);
  return [
    ...(titles.every((title) => title === null || title === 'PartnerAccountManager')
      ? []
      : [
          violation(
            'INVALID_VALUE',
            'OpportunityTeam.BusinessTitle',
            'A new team has members titled PartnerAccountManager',
          ),
        ]),
    ...(input.Origin === 'AWS Referral' && catalog !== 'Sandbox'
      ? [violation('INVALID_VALUE', 'Origin', 'Only in the Sandbox can a partner create a referral of AWS')]
      : []),
  ];
}
