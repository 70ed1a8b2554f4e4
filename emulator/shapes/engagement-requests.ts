import { contextPayload, contextType, contextUpdate } from './engagement.ts';
import { enumOf, sortBy } from './lifecycle-members.ts';
import { patterns } from './patterns.ts';
import { catalog, identifier, tags } from './requests.ts';
import { anyString, integer, list, matching, required, string, structure, timestamp } from './shape.ts';

const engagement = required(matching(patterns.engagement));
const clientToken = required(matching(patterns.clientToken));
const accounts = list(matching(patterns.awsAccountId), 1, 10);
const contextTypes = list(enumOf('EngagementContextType'), 0, 5);

export const createEngagementRequest = structure({
  Catalog: catalog,
  ClientToken: clientToken,
  Title: string(0, 40),
  Description: string(0, 255),
  Contexts: list(structure({ Id: string(1, 3), Type: contextType, Payload: contextPayload }), 0, 5),
});

export const getEngagementRequest = structure({ Catalog: catalog, Identifier: engagement });

export const listEngagementsRequest = structure({
  Catalog: catalog,
  CreatedBy: accounts,
  ExcludeCreatedBy: accounts,
  ContextTypes: contextTypes,
  ExcludeContextTypes: contextTypes,
  Sort: sortBy('EngagementSortName'),
  MaxResults: integer(1, 100),
  NextToken: anyString,
  EngagementIdentifier: list(matching(patterns.engagement), 1, 10),
});

export const createEngagementContextRequest = structure({
  Catalog: catalog,
  EngagementIdentifier: engagement,
  ClientToken: clientToken,
  Type: contextType,
  Payload: required(contextPayload),
});

export const updateEngagementContextRequest = structure({
  Catalog: catalog,
  EngagementIdentifier: engagement,
  ContextIdentifier: required(string(1, 3)),
  EngagementLastModifiedAt: required(timestamp),
  Type: contextType,
  Payload: required(contextUpdate),
});

export const listEngagementMembersRequest = structure({
  Catalog: catalog,
  Identifier: engagement,
  MaxResults: integer(1, 10),
  NextToken: anyString,
});

export const listResourceAssociationsRequest = structure({
  Catalog: catalog,
  MaxResults: integer(1, 1000),
  NextToken: anyString,
  EngagementIdentifier: matching(patterns.engagementId),
  ResourceType: enumOf('ResourceType'),
  ResourceIdentifier: identifier,
  CreatedBy: matching(patterns.awsAccountId),
});

export const getSettingsRequest = structure({ Catalog: catalog });

export const putSettingsRequest = structure({
  Catalog: catalog,
  ResourceSnapshotJobRoleIdentifier: matching(patterns.role),
});

const resourceArn = required(matching(patterns.taggableArn));

export const tagResourceRequest = structure({ ResourceArn: resourceArn, Tags: required(tags) });

export const untagResourceRequest = structure({
  ResourceArn: resourceArn,
  TagKeys: required(list(matching(patterns.tagKey), 1, 50)),
});

export const listTagsRequest = structure({ ResourceArn: resourceArn });
