import { enums } from '../values/enums.ts';
import { enumOf } from './lifecycle-members.ts';
import { patterns } from './patterns.ts';
import { catalog, identifier, tags } from './requests.ts';
import { anyString, integer, matching, oneOf, required, structure } from './shape.ts';

/** What a snapshot is of, and by which template. */
const key = {
  Catalog: catalog,
  EngagementIdentifier: required(matching(patterns.engagementId)),
  ResourceType: required(enumOf('ResourceType')),
  ResourceIdentifier: required(identifier),
  ResourceSnapshotTemplateIdentifier: required(matching(patterns.template)),
};
const clientToken = required(matching(patterns.clientToken));

export const createSnapshotRequest = structure({ ...key, ClientToken: clientToken });

export const getSnapshotRequest = structure({ ...key, Revision: integer(1, Number.POSITIVE_INFINITY) });

export const listSnapshotsRequest = structure({
  Catalog: catalog,
  MaxResults: integer(1, 1000),
  NextToken: anyString,
  EngagementIdentifier: required(matching(patterns.engagementId)),
  ResourceType: enumOf('ResourceType'),
  ResourceIdentifier: identifier,
  ResourceSnapshotTemplateIdentifier: matching(patterns.template),
  CreatedBy: matching(patterns.awsAccountId),
});

export const createJobRequest = structure({ ...key, ClientToken: clientToken, Tags: tags });

/** The request to get, start, stop and delete a job. */
export const jobRequest = structure({
  Catalog: catalog,
  ResourceSnapshotJobIdentifier: required(matching(patterns.jobId)),
});

export const listJobsRequest = structure({
  Catalog: catalog,
  MaxResults: integer(1, 1000),
  NextToken: anyString,
  EngagementIdentifier: matching(patterns.engagementId),
  Status: enumOf('ResourceSnapshotJobStatus'),
  Sort: structure({ SortBy: enumOf('SortBy'), SortOrder: oneOf('SortOrder', enums.SortOrder) }),
});
