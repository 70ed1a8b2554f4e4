import { sortBy, taskFilters } from './lifecycle-members.ts';
import { patterns } from './patterns.ts';
import { catalog, tags } from './requests.ts';
import { anyString, integer, list, matching, required, string, structure, timestamp } from './shape.ts';

const clientToken = required(matching(patterns.clientToken));
const taskName = string(1, 128);

export const startFromEngagementRequest = structure({
  Catalog: catalog,
  ClientToken: clientToken,
  Identifier: required(matching(patterns.engagement)),
  ContextIdentifier: required(matching(patterns.contextId)),
  Tags: tags,
});

export const listFromEngagementTasksRequest = structure({
  ...taskFilters,
  EngagementIdentifier: list(matching(patterns.engagement), 1, 10),
  ContextIdentifier: list(matching(patterns.contextId), 1, 10),
});

export const startProspectingRequest = structure({
  Catalog: catalog,
  Identifiers: required(list(matching(patterns.engagement), 0, 100)),
  TaskName: required(taskName),
  ClientToken: clientToken,
});

export const getProspectingRequest = structure({
  Catalog: catalog,
  TaskIdentifier: required(matching(patterns.prospectingTask)),
});

export const listProspectingRequest = structure({
  Catalog: catalog,
  MaxResults: integer(1, 100),
  NextToken: anyString,
  TaskIdentifier: list(matching(patterns.prospectingTask), 0, 10),
  TaskName: list(taskName, 0, 10),
  StartAfter: timestamp,
  StartBefore: timestamp,
  Sort: sortBy('ProspectingFromEngagementTaskSortName'),
});
