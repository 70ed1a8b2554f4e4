/** The enums of the operations around an opportunity, by AWS's names. */
export const lifecycleEnums = {
  RelatedEntityType: [
    'Solutions',
    'AwsProducts',
    'AwsMarketplaceOffers',
    'AwsMarketplaceOfferSets',
    'AwsMarketplaceSolutions',
    'AwsMarketplaceProducts',
  ],
  SalesInvolvementType: ['For Visibility Only', 'Co-Sell'],
  Visibility: ['Full', 'Limited'],
  TaskStatus: ['IN_PROGRESS', 'COMPLETE', 'FAILED'],
  ListTasksSortName: ['StartTime'],
  SolutionStatus: ['Active', 'Inactive', 'Draft'],
  SolutionSortName: ['Identifier', 'Name', 'Status', 'Category', 'CreatedDate'],
  ParticipantType: ['SENDER', 'RECEIVER'],
  InvitationStatus: ['ACCEPTED', 'PENDING', 'REJECTED', 'EXPIRED'],
  EngagementInvitationPayloadType: ['OpportunityInvitation', 'LeadInvitation'],
  OpportunityEngagementInvitationSortName: ['InvitationDate'],
} as const;
