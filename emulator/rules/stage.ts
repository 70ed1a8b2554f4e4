import type { JsonObject } from '../json.ts';
import { listAt, missing, type Rule, stringAt, touches, valueAt, violation } from './rule.ts';

const stagePath = 'LifeCycle.Stage';
const reasonPath = 'LifeCycle.ClosedLostReason';

/** A record cannot be created as lost. AWS: reported by partner tool vendors; the pages do not mention it. */
export const stageAtCreate: Rule = ({ before, after }) =>
  !before && stringAt(after, stagePath) === 'Closed Lost'
    ? [violation('INVALID_VALUE', stagePath, 'An opportunity cannot be created at stage Closed Lost')]
    : [];

/** A lost deal requires a reason; other deals must not have one. AWS: the data model on ClosedLostReason. */
export const lostReason: Rule = (change) => {
  if (!touches(change, stagePath, reasonPath)) return [];
  const lost = stringAt(change.after, stagePath) === 'Closed Lost';
  const reason = stringAt(change.after, reasonPath);
  // A create at that stage is already refused for the stage.
  if (lost && reason === undefined && change.before) return [missing(reasonPath)];
  if (lost || reason === undefined) return [];
  return [
    violation('INVALID_VALUE', reasonPath, 'A closed lost reason is only accepted at stage Closed Lost'),
  ];
};

/** The entities that count as a solution of a firm deal, committed or launched. */
export const solutionTypes = ['Solutions', 'AwsMarketplaceSolutions', 'AwsMarketplaceProducts'];
export const hasSolution = (associated: JsonObject): boolean =>
  solutionTypes.some((type) => listAt(associated, type).length > 0);

const isFirm = (stage: string | undefined): boolean => stage === 'Committed' || stage === 'Launched';

/** A firm deal requires a solution. AWS: associating opportunities; the data model's note on stages. */
export const firmSolution: Rule = (change) => {
  const stage = stringAt(change.after, stagePath);
  if (!isFirm(stage) || !touches(change, stagePath) || !change.before) return [];
  if (hasSolution(change.associated)) return [];
  const message = `Stage ${stage} requires an associated solution; a description is not enough`;
  return [violation('INVALID_VALUE', 'RelatedEntityIdentifiers.Solutions', message)];
};

const revenue = ['DeliveryModel', 'Value', 'EffectiveDate', 'ExpirationDate'].map(
  (name) => `SoftwareRevenue.${name}`,
);

/**
 * A launched deal requires the customer's account and, in some programs, the partner's software revenue. AWS: the field
 * sheet; for consulting partners and special programs respectively, hence two switches.
 */
export const launched: Rule = (change) => {
  const { after, before, settings } = change;
  if (!before || stringAt(after, stagePath) !== 'Launched' || !touches(change, stagePath)) return [];
  const account = 'Customer.Account.AwsAccountId';
  const id = stringAt(after, account);
  const missingMembers = [
    ...(settings.launchAccount === 'required' && id === undefined ? [account] : []),
    ...(settings.launchRevenue === 'required'
      ? revenue.filter((path) => valueAt(after, path) === undefined)
      : []),
  ].map(missing);
  if (settings.launchAccount === 'optional' || id === undefined || /^\d{12}$/.test(id)) return missingMembers;
  return [
    ...missingMembers,
    violation('INVALID_STRING_FORMAT', account, 'An AWS account id has twelve digits'),
  ];
};
