import { Fault } from '../fault.ts';

/** The forms of AWS's identifiers, by the type of the graph that has them. */
const forms = {
  /** The letter O and 1 to 19 digits. */
  Opportunity: /^O[0-9]{1,19}$/,
};

/** A type of the graph that can be fetched by its id alone. */
export type NodeType = keyof typeof forms;

const types = Object.keys(forms) as NodeType[];

/** The type that an id belongs to, by its form; undefined when it belongs to none. */
export function typeOfId(id: string): NodeType | undefined {
  return types.find((type) => forms[type].test(id));
}

/** Whether a string has the form of an id, so that it can be shown in a log. */
export const isKnownId = (id: string): boolean => typeOfId(id) !== undefined;

/** Whether a string has the form of an opportunity's id. */
export function isOpportunityId(id: string): boolean {
  return forms.Opportunity.test(id);
}

/** Refuses what cannot be an opportunity's identifier, before a call is spent on it. @throws Fault BAD_USER_INPUT. */
export function assertOpportunityId(id: string, field = 'id'): void {
  if (isOpportunityId(id)) return;
  throw new Fault(
    'BAD_USER_INPUT',
    `${field}: got ${JSON.stringify(id)}, wanted an opportunity's id such as O1234567`,
  );
}
