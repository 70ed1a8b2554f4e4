import { picklists } from '../values/picklists.ts';
import { at, listAt, missing, type Rule, textAt, touches, violation } from './rule.ts';

const SOURCE = 'Marketing.Source';
const FUNDING = 'Marketing.AwsFundingUsed';
const USE_CASES = 'Marketing.UseCases';

/** What only a marketing activity has. */
export const activityMembers = [USE_CASES, 'Marketing.CampaignName', 'Marketing.Channels', FUNDING];

/** A marketing activity says whether AWS paid for it. AWS: the data model on AwsFundingUsed. */
export const fundingNamed: Rule = (change) => {
  if (textAt(change.after, SOURCE) !== 'Marketing Activity' || !touches(change, SOURCE, FUNDING)) return [];
  return textAt(change.after, FUNDING) === undefined ? [missing(FUNDING)] : [];
};

/**
 * Where there was no marketing, there is nothing to tell of it. AWS: the data model. One integration is known to send
 * a funding of No beside a source of None with success, so that pair passes unless the switch says otherwise.
 */
export const noMarketing: Rule = (change) => {
  if (textAt(change.after, SOURCE) !== 'None' || !touches(change, SOURCE, ...activityMembers)) return [];
  const harmless = change.settings.noneMarketing === 'lenient' && textAt(change.after, FUNDING) === 'No';
  return activityMembers
    .filter((path) => at(change.after, path) !== undefined && !(path === FUNDING && harmless))
    .map((path) =>
      violation('INVALID_VALUE', path, 'A marketing source of None leaves the rest of marketing empty'),
    );
};

/** AWS: the API reference on Marketing, on UseCases. */
export const fundedUseCases: Rule = (change) => {
  if (textAt(change.after, FUNDING) !== 'No' || !touches(change, FUNDING, USE_CASES)) return [];
  if (listAt(change.after, USE_CASES).length === 0) return [];
  return [
    violation('INVALID_VALUE', USE_CASES, 'Marketing use cases are only for activities that AWS funds'),
  ];
};

const useCases: ReadonlySet<string> = new Set(picklists.MarketingUseCases);

/** A free text in the model, a picklist on the server. AWS: the API reference and the data model list the values. */
export const marketingUseCases: Rule = (change) => {
  if (!touches(change, USE_CASES)) return [];
  const known = listAt(change.before, USE_CASES);
  return listAt(change.after, USE_CASES)
    .filter((useCase) => !useCases.has(String(useCase)) && !known.includes(useCase))
    .map((useCase) =>
      violation(
        'INVALID_ENUM_VALUE',
        USE_CASES,
        `${JSON.stringify(useCase)} is not one of AWS's marketing use cases`,
      ),
    );
};
