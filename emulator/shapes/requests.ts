import { enums } from '../values/enums.ts';
import { contact, lifeCycleSummary, opportunity } from './opportunity.ts';
import { patterns } from './patterns.ts';
import {
  anyString,
  integer,
  list,
  matching,
  oneOf,
  required,
  string,
  structure,
  timestamp,
} from './shape.ts';

export const catalog = required(matching(patterns.catalog));
export const identifier = matching(patterns.opportunityId);
export const tags = list(
  structure({ Key: required(matching(patterns.tagKey)), Value: required(matching(patterns.tagValue)) }),
  1,
  200,
);

export const createOpportunityRequest = structure({
  ...opportunity,
  Catalog: catalog,
  ClientToken: required(matching(patterns.clientToken)),
  Origin: oneOf('OpportunityOrigin', enums.OpportunityOrigin),
  OpportunityTeam: list(contact, 0, 10),
  Tags: tags,
});

export const updateOpportunityRequest = structure({
  ...opportunity,
  Catalog: catalog,
  Identifier: required(identifier),
  LastModifiedDate: required(timestamp),
});

export const getOpportunityRequest = structure({ Catalog: catalog, Identifier: required(identifier) });

export const listOpportunitiesRequest = structure({
  Catalog: catalog,
  MaxResults: integer(1, 100),
  NextToken: anyString,
  Sort: structure({
    SortOrder: required(oneOf('SortOrder', enums.SortOrder)),
    SortBy: required(oneOf('OpportunitySortName', enums.OpportunitySortName)),
  }),
  LastModifiedDate: structure({ AfterLastModifiedDate: timestamp, BeforeLastModifiedDate: timestamp }),
  CreatedDate: structure({ AfterCreatedDate: timestamp, BeforeCreatedDate: timestamp }),
  TargetCloseDate: structure({
    AfterTargetCloseDate: matching(patterns.day),
    BeforeTargetCloseDate: matching(patterns.day),
  }),
  Identifier: list(identifier, 0, 20),
  LifeCycleStage: list(lifeCycleSummary.Stage, 0, 10),
  LifeCycleReviewStatus: list(lifeCycleSummary.ReviewStatus, 0, 10),
  CustomerCompanyName: list(string(0, 120), 0, 10),
});
