import type { JsonObject } from '../json.ts';
import type { Settings } from '../settings.ts';
import { stringAt } from './rule.ts';

/** Which members a partner may change. A path includes everything below it. */
export type Permission = { readonly only: readonly string[] } | { readonly not: readonly string[] };

/** AWS: working with opportunity updates, the list for Action Required. */
const actionRequired: Permission = {
  only: [
    'PartnerOpportunityIdentifier',
    'Customer.Account.Address',
    'Customer.Account.WebsiteUrl',
    'LifeCycle.TargetCloseDate',
    'Project.CustomerBusinessProblem',
    'Project.ExpectedCustomerSpend',
    // Not published; without it no contract could be added to the spend, which is editable.
    'Project.ExpectedContractDuration',
  ],
};

/** AWS: the same guide's list for approved records, plus members that only the field sheets have. */
const approved = [
  'NationalSecurity',
  'Customer.Account.CompanyName',
  'Customer.Account.WebsiteUrl',
  'Customer.Account.Address.CountryCode',
  'Customer.Account.Address.PostalCode',
  'Customer.Account.Address.StateOrRegion',
  'Project.Title',
  'Project.CustomerBusinessProblem',
];
const approvedIdentity = [
  'PartnerOpportunityIdentifier',
  'Customer.Account.Industry',
  'Customer.Account.OtherIndustry',
];

/** AWS: the data model's columns for launched and lost deals. */
const closed: Permission = {
  only: [
    'OpportunityType',
    'Project.AdditionalComments',
    'Project.DeliveryModels',
    'Project.RelatedOpportunityIdentifier',
    'SoftwareRevenue',
  ],
};

const nothing: Permission = { only: [] };
const everything: Permission = { not: [] };
const stagePath = 'LifeCycle.Stage';

export const isClosed = (record: JsonObject | undefined): boolean =>
  ['Launched', 'Closed Lost'].includes(stringAt(record, stagePath) ?? '');

/** What may be changed in a stored record. An unknown status locks nothing: there is no published rule for it. */
export function permissionOf(before: JsonObject, settings: Settings): Permission {
  const status = stringAt(before, 'LifeCycle.ReviewStatus');
  if (status === 'Approved') {
    if (isClosed(before)) return closed;
    return {
      not: [
        ...approved,
        ...(settings.approvedIdentity === 'locked' ? approvedIdentity : []),
        ...(settings.approvedRevenue === 'locked' ? ['SoftwareRevenue'] : []),
      ],
    };
  }
  if (status === 'Action Required') return actionRequired;
  if (status === 'Pending Submission')
    return settings.stageWhilePending === 'allow' ? everything : { not: [stagePath] };
  if (status === 'Submitted' || status === 'In review' || status === 'Rejected') return nothing;
  return status === undefined ? { not: [stagePath] } : everything;
}

export function permits(permission: Permission, path: string): boolean {
  const covers = (listed: string) => path === listed || path.startsWith(`${listed}.`);
  return 'only' in permission ? permission.only.some(covers) : !permission.not.some(covers);
}
