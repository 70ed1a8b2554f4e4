import { businessInvalid } from '../errors.ts';
import { mandatoryMembers, stageAtUpdate } from './mandatory.ts';
import type { Change, Rule } from './rule.ts';
import { closeDate, spendAmount, stageAtCreate, stateOfCountry } from './values.ts';

/** Every rule a create or an update is held to, in the order in which the refusals are listed. */
const rules: readonly Rule[] = [
  stageAtUpdate,
  mandatoryMembers,
  stageAtCreate,
  closeDate,
  stateOfCountry,
  spendAmount,
];

/** Refuses a change that breaks a rule, with everything that is wrong with it at once. */
export function holdToRules(change: Change): void {
  const violations = rules.flatMap((rule) => rule(change));
  if (violations.length > 0) throw businessInvalid(violations);
}
