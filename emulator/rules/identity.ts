import type { Violation } from '../errors.ts';
import { asObject, type JsonObject } from '../json.ts';
import { listAt, type Rule, stringAt, touches, violation } from './rule.ts';

/** A partner identifier is unique. AWS: the test scenarios; the code is a guess by its name. */
export const uniqueIdentifier: Rule = (change) => {
  const path = 'PartnerOpportunityIdentifier';
  const identifier = stringAt(change.after, path);
  if (identifier === undefined || !touches(change, path)) return [];
  const holder = change.others.holderOf(identifier);
  if (holder === undefined) return [];
  return [violation('DUPLICATE_KEY_VALUE', path, `Opportunity ${holder} already has this identifier`)];
};

/**
 * Rules about members that only a create has. The partner's team has account managers only; the service sets the owner.
 * And only the Sandbox lets a partner simulate AWS. AWS: the data model on both; testing in the Sandbox.
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
            'Members of a new team must have the title PartnerAccountManager',
          ),
        ]),
    ...(input.Origin === 'AWS Referral' && catalog !== 'Sandbox'
      ? [violation('INVALID_VALUE', 'Origin', 'A partner can create an AWS referral only in the Sandbox')]
      : []),
  ];
}
