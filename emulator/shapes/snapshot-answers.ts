import { anyString, structure } from './shape.ts';

/** GetResourceSnapshotJob. */
export const jobAnswer = structure({
  Catalog: anyString,
  Id: anyString,
  Arn: anyString,
  EngagementId: anyString,
  ResourceType: anyString,
  ResourceId: anyString,
  ResourceArn: anyString,
  ResourceSnapshotTemplateName: anyString,
  CreatedAt: anyString,
  Status: anyString,
  LastSuccessfulExecutionDate: anyString,
  LastFailure: anyString,
});
