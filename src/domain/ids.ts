import { Fault } from '../fault.ts';

/** AWS's identifier of an opportunity: the letter O and 1 to 19 digits. */
const opportunityId = /^O[0-9]{1,19}$/;

/** Whether a text is an opportunity's identifier. */
export function isOpportunityId(id: string): boolean {
  return opportunityId.test(id);
}

/** Refuses what cannot be an opportunity's identifier, before a call is spent on it. @throws Fault BAD_USER_INPUT. */
export function assertOpportunityId(id: string, field = 'id'): void {
  if (isOpportunityId(id)) return;
  throw new Fault(
    'BAD_USER_INPUT',
    `${field}: got ${JSON.stringify(id)}, wanted an opportunity's id such as O1234567`,
  );
}
