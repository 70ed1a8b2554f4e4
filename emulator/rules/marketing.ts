import { picklists } from '../values/picklists.ts';
import { listAt, missing, type Rule, stringAt, touches, valueAt, violation } from './rule.ts';

const sourcePath = 'Marketing.Source';
const fundingPath = 'Marketing.AwsFundingUsed';
const useCasesPath = 'Marketing.UseCases';

/** Members that only a marketing activity has. */
export const activityMembers = [useCasesPath, 'Marketing.CampaignName', 'Marketing.Channels', fundingPath];

/** AWS: one integrator reports that updates without a source are refused since May 2026. */
export const sourceAtUpdate: Rule = ({ before, after, settings }) =>
  before && settings.updatedMarketing === 'required' && stringAt(after, sourcePath) === undefined
    ? [missing(sourcePath)]
    : [];

/** A marketing activity requires AwsFundingUsed. AWS: the data model on AwsFundingUsed. */
export const fundingNamed: Rule = (change) => {
  if (
    stringAt(change.after, sourcePath) !== 'Marketing Activity' ||
    !touches(change, sourcePath, fundingPath)
  )
    return [];
  return stringAt(change.after, fundingPath) === undefined ? [missing(fundingPath)] : [];
};

/**
 * Without marketing, its other members must be empty. AWS: the data model. One integration is known to send a funding
 * of No with a source of None successfully, so that pair passes unless the switch is strict.
 */
export const noMarketing: Rule = (change) => {
  if (stringAt(change.after, sourcePath) !== 'None' || !touches(change, sourcePath, ...activityMembers))
    return [];
  const harmless =
    change.settings.noneMarketing === 'lenient' && stringAt(change.after, fundingPath) === 'No';
  return activityMembers
    .filter((path) => valueAt(change.after, path) !== undefined && !(path === fundingPath && harmless))
    .map((path) =>
      violation(
        'INVALID_VALUE',
        path,
        'With a marketing source of None, the rest of marketing must be empty',
      ),
    );
};

/** AWS: the API reference on Marketing, on UseCases. */
export const fundedUseCases: Rule = (change) => {
  if (stringAt(change.after, fundingPath) !== 'No' || !touches(change, fundingPath, useCasesPath)) return [];
  if (listAt(change.after, useCasesPath).length === 0) return [];
  return [violation('INVALID_VALUE', useCasesPath, 'Marketing use cases require an activity funded by AWS')];
};

const useCases: ReadonlySet<string> = new Set(picklists.MarketingUseCases);

/** A free string in the model, a picklist on the server. AWS: the API reference and the data model list the values. */
export const marketingUseCases: Rule = (change) => {
  if (!touches(change, useCasesPath)) return [];
  const known = listAt(change.before, useCasesPath);
  return listAt(change.after, useCasesPath)
    .filter((useCase) => !useCases.has(String(useCase)) && !known.includes(useCase))
    .map((useCase) =>
      violation(
        'INVALID_ENUM_VALUE',
        useCasesPath,
        `${JSON.stringify(useCase)} is not one of AWS's marketing use cases`,
      ),
    );
};
