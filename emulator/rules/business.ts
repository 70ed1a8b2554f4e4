import { businessInvalid, type Violation } from '../errors.ts';
import * as account from './account.ts';
import * as contract from './contract.ts';
import { uniqueIdentifier } from './identity.ts';
import { coSellIsFinal, lockedMembers } from './locks.ts';
import { mandatoryMembers, stageAtUpdate } from './mandatory.ts';
import * as marketing from './marketing.ts';
import * as project from './project.ts';
import { reviewStatus } from './review.ts';
import type { Change, Rule } from './rule.ts';
import * as spend from './spend.ts';
import * as stage from './stage.ts';

/** Rules of a record by itself. A submission holds a record to these once more. */
export const contentRules: readonly Rule[] = [
  project.closeDate,
  account.otherIndustry,
  account.nationalSecurity,
  account.websiteForm,
  account.stateOfCountry,
  project.customerUseCase,
  project.apnPrograms,
  project.competitors,
  project.relatedOpportunity,
  project.primaryNeeds,
  spend.spendAmount,
  spend.estimateExists,
  spend.targetCompany,
  spend.spendCurrency,
  spend.sovereignCurrency,
  contract.contractComplete,
  contract.contractEntries,
  contract.contractDuration,
  contract.revenueDates,
  marketing.fundingNamed,
  marketing.noMarketing,
  marketing.fundedUseCases,
  marketing.marketingUseCases,
];

const postalCode: Rule = (change) =>
  change.settings.postalCodes === 'always' ? account.postalCode(change) : [];

/** Every rule that a create or an update is held to, in the order in which the refusals are listed. */
const rules: readonly Rule[] = [
  stageAtUpdate,
  mandatoryMembers,
  reviewStatus,
  lockedMembers,
  coSellIsFinal,
  stage.stageAtCreate,
  stage.lostReason,
  stage.firmSolution,
  stage.launched,
  uniqueIdentifier,
  postalCode,
  ...contentRules,
];

/** Refuses a change that breaks a rule, with everything that is wrong with it at once. */
export function assertRules(change: Change, more: readonly Violation[] = []): void {
  const violations = onePerField([...rules.flatMap((rule) => rule(change)), ...more]);
  if (violations.length > 0) throw businessInvalid(violations);
}

/** Two rules may stumble over one member, or one rule over two items of a list: the first word on it is enough. */
export function onePerField(violations: readonly Violation[]): Violation[] {
  const seen = new Set<string>();
  return violations.filter(({ field }) => !seen.has(field) && seen.add(field));
}
