import { picklistFields } from '../domain/picklists.ts';
import { enums } from '../generated/enums.ts';
import type { Picklists, PicklistValue } from '../generated/schema-types.ts';
import type { Resolvers } from './types.generated.ts';

type EnumName = keyof typeof enums;

/** The source of each list: an enum, or the values of a field that AWS models as free text. */
const sources: { [List in keyof Picklists]: EnumName | { field: string } } = {
  apnPrograms: { field: 'project.apnPrograms' },
  awsFundingUsed: 'AwsFundingUsed',
  awsPartitions: 'AwsPartition',
  channels: 'Channel',
  closedLostReasons: 'ClosedLostReason',
  competitorNames: 'CompetitorName',
  countryCodes: 'CountryCode',
  currencyCodes: 'CurrencyCode',
  customerUseCases: { field: 'project.customerUseCase' },
  deliveryModels: 'DeliveryModel',
  frequencies: 'PaymentFrequency',
  industries: 'Industry',
  involvementTypes: 'SalesInvolvementType',
  nationalSecurity: 'NationalSecurity',
  opportunityTypes: 'OpportunityType',
  origins: 'OpportunityOrigin',
  primaryNeedsFromAws: 'PrimaryNeedFromAws',
  receiverResponsibilities: 'ReceiverResponsibility',
  rejectionReasons: 'RejectionReason',
  revenueDeliveryModels: 'RevenueModel',
  reviewStatuses: 'ReviewStatus',
  salesActivities: 'SalesActivity',
  sources: 'MarketingSource',
  stages: 'Stage',
  statesOrRegions: { field: 'customer.account.address.stateOrRegion' },
  terms: 'ExpectedContractDurationTerm',
  useCases: { field: 'marketing.useCases' },
  visibilities: 'Visibility',
};

/** Display names of codes. */
const names: Partial<Record<EnumName, Intl.DisplayNames>> = {
  CountryCode: new Intl.DisplayNames('en', { type: 'region' }),
  CurrencyCode: new Intl.DisplayNames('en', { type: 'currency' }),
};

/** Values that have an order of their own, as AWS's user guide has them; others are sorted by their labels. */
const orders: Partial<Record<EnumName, readonly string[]>> = {
  Stage: [
    'Prospect',
    'Qualified',
    'Technical Validation',
    'Business Validation',
    'Committed',
    'Launched',
    'Closed Lost',
  ],
  ReviewStatus: ['Pending Submission', 'Submitted', 'In review', 'Action Required', 'Approved', 'Rejected'],
};

function enumValues(name: EnumName): PicklistValue[] {
  const order = orders[name];
  const place = (wire: string) => order?.indexOf(wire) ?? 0;
  return Object.entries(enums[name])
    .map(([value, wire]) => ({
      value,
      wire,
      // AWS marks some of its values with an asterisk, such as `*Other`.
      label: names[name]?.of(wire) ?? wire.replace(/^\*/, ''),
    }))
    .sort((a, b) => place(a.wire) - place(b.wire) || a.label.localeCompare(b.label, 'en'))
    .map(({ value, label }) => ({ value, label }));
}

const textValues = (field: string): PicklistValue[] =>
  (picklistFields.get(field)?.values ?? []).map((value) => ({ value, label: value }));

const picklists = Object.fromEntries(
  Object.entries(sources).map(([list, source]) => [
    list,
    typeof source === 'string' ? enumValues(source) : textValues(source.field),
  ]),
) as unknown as Picklists;

export const resolvers: Resolvers = {
  Query: { picklists: () => picklists },
};
