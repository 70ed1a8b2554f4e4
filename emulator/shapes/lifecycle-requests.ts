import { enumOf, sortBy, taskFilters } from './lifecycle-members.ts';
import { patterns } from './patterns.ts';
import { catalog, identifier, tags } from './requests.ts';
import { anyString, integer, list, matching, required, string, structure } from './shape.ts';

export const listSolutionsRequest = structure({
  Catalog: catalog,
  MaxResults: integer(1, 100),
  NextToken: anyString,
  Sort: sortBy('SolutionSortName'),
  Status: list(enumOf('SolutionStatus'), 0, 10),
  Identifier: list(matching('S-[0-9]{1,19}'), 0, 20),
  Category: list(anyString, 0, 10),
  AwsMarketplaceSolutionArn: list(anyString, 0, 10),
});

/** The request to associate and to disassociate. */
export const associationRequest = structure({
  Catalog: catalog,
  OpportunityIdentifier: required(identifier),
  RelatedEntityType: required(enumOf('RelatedEntityType')),
  RelatedEntityIdentifier: required(string(1, 255)),
});

export const assignOpportunityRequest = structure({
  Catalog: catalog,
  Identifier: required(identifier),
  Assignee: required(
    structure({
      Email: required(matching(patterns.email)),
      FirstName: required(string(0, 80)),
      LastName: required(string(0, 80)),
      BusinessTitle: required(string(0, 80)),
      Phone: matching(patterns.phone),
    }),
  ),
});

export const submitOpportunityRequest = structure({
  Catalog: catalog,
  Identifier: required(identifier),
  InvolvementType: required(enumOf('SalesInvolvementType')),
  Visibility: enumOf('Visibility'),
});

export const startEngagementRequest = structure({
  Catalog: catalog,
  ClientToken: required(matching(patterns.clientToken)),
  Identifier: required(identifier),
  AwsSubmission: required(
    structure({
      InvolvementType: required(enumOf('SalesInvolvementType')),
      Visibility: enumOf('Visibility'),
    }),
  ),
  Tags: tags,
});

export const listTasksRequest = structure({
  ...taskFilters,
  EngagementIdentifier: list(matching(patterns.engagement), 1, 10),
});

export const awsSummaryRequest = structure({
  Catalog: catalog,
  RelatedOpportunityIdentifier: required(identifier),
});

export const listInvitationsRequest = structure({
  Catalog: catalog,
  ParticipantType: required(enumOf('ParticipantType')),
  MaxResults: integer(1, 100),
  NextToken: anyString,
  Sort: sortBy('OpportunityEngagementInvitationSortName'),
  PayloadType: list(enumOf('EngagementInvitationPayloadType')),
  Status: list(enumOf('InvitationStatus'), 1, 10),
  EngagementIdentifier: list(matching(patterns.engagement), 1, 10),
  SenderAwsAccountId: list(matching(patterns.awsAccountId), 1, 10),
});
