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

/** Rules about a record's contents. A submission checks these again. */
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

const postalCodeAtWrite: Rule = (change) =>
  change.settings.postalCodes === 'always' ? account.postalCode(change) : [];

/** Every rule of a create or an update, in the order in which violations are listed. */
const rules: readonly Rule[] = [
  stageAtUpdate,
  mandatoryMembers,
  marketing.sourceAtUpdate,
  reviewStatus,
  lockedMembers,
  coSellIsFinal,
  stage.stageAtCreate,
  stage.lostReason,
  stage.firmSolution,
  stage.launched,
  uniqueIdentifier,
  postalCodeAtWrite,
  ...contentRules,
];

/** Throws if a change breaks rules, with all violations at once. */
export function assertRules(change: Change, more: readonly Violation[] = []): void {
  const violations = onePerField([...rules.flatMap((rule) => rule(change)), ...more]);
  if (violations.length > 0) throw businessInvalid(violations);
}

/** Keeps the first violation of each member: several rules, or several items of a list, may violate the same. */
export function onePerField(violations: readonly Violation[]): Violation[] {
  const seen = new Set<string>();
  return violations.filter(({ field }) => !seen.has(field) && seen.add(field));
}
