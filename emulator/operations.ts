import type { Operation } from './operation.ts';
import { assignOpportunity } from './operations/assign-opportunity.ts';
import { associateOpportunity, disassociateOpportunity } from './operations/associate-opportunity.ts';
import { createEngagement, createEngagementContext, updateEngagementContext } from './operations/contexts.ts';
import { createOpportunity } from './operations/create-opportunity.ts';
import {
  getEngagement,
  listEngagementMembers,
  listEngagementResourceAssociations,
  listEngagements,
} from './operations/engagements.ts';
import { getAwsOpportunitySummary } from './operations/get-aws-summary.ts';
import { getOpportunity } from './operations/get-opportunity.ts';
import {
  acceptEngagementInvitation,
  createEngagementInvitation,
  getEngagementInvitation,
  rejectEngagementInvitation,
} from './operations/invitations.ts';
import { listEngagementInvitations } from './operations/list-invitations.ts';
import { listOpportunities } from './operations/list-opportunities.ts';
import { listSolutions } from './operations/list-solutions.ts';
import {
  listEngagementByAcceptingInvitationTasks,
  listEngagementFromOpportunityTasks,
  listOpportunityFromEngagementTasks,
} from './operations/list-tasks.ts';
import {
  getProspectingFromEngagementTask,
  listProspectingFromEngagementTasks,
  startProspectingFromEngagementTask,
} from './operations/prospecting.ts';
import {
  createResourceSnapshotJob,
  deleteResourceSnapshotJob,
  getResourceSnapshotJob,
  listResourceSnapshotJobs,
  startResourceSnapshotJob,
  stopResourceSnapshotJob,
} from './operations/resource-snapshot-jobs.ts';
import {
  createResourceSnapshot,
  getResourceSnapshot,
  listResourceSnapshots,
} from './operations/resource-snapshots.ts';
import { getSellingSystemSettings, putSellingSystemSettings } from './operations/selling-system-settings.ts';
import { startEngagementByAcceptingInvitationTask } from './operations/start-by-accepting.ts';
import { startEngagementFromOpportunityTask } from './operations/start-engagement.ts';
import { startOpportunityFromEngagementTask } from './operations/start-from-engagement.ts';
import { submitOpportunity } from './operations/submit-opportunity.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { updateOpportunity } from './operations/update-opportunity.ts';

/** Every operation of the emulator, by its name on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    AcceptEngagementInvitation: acceptEngagementInvitation,
    AssignOpportunity: assignOpportunity,
    AssociateOpportunity: associateOpportunity,
    CreateEngagement: createEngagement,
    CreateEngagementContext: createEngagementContext,
    CreateEngagementInvitation: createEngagementInvitation,
    CreateOpportunity: createOpportunity,
    CreateResourceSnapshot: createResourceSnapshot,
    CreateResourceSnapshotJob: createResourceSnapshotJob,
    DeleteResourceSnapshotJob: deleteResourceSnapshotJob,
    DisassociateOpportunity: disassociateOpportunity,
    GetAwsOpportunitySummary: getAwsOpportunitySummary,
    GetEngagement: getEngagement,
    GetEngagementInvitation: getEngagementInvitation,
    GetOpportunity: getOpportunity,
    GetProspectingFromEngagementTask: getProspectingFromEngagementTask,
    GetResourceSnapshot: getResourceSnapshot,
    GetResourceSnapshotJob: getResourceSnapshotJob,
    GetSellingSystemSettings: getSellingSystemSettings,
    ListEngagementByAcceptingInvitationTasks: listEngagementByAcceptingInvitationTasks,
    ListEngagementFromOpportunityTasks: listEngagementFromOpportunityTasks,
    ListEngagementInvitations: listEngagementInvitations,
    ListEngagementMembers: listEngagementMembers,
    ListEngagementResourceAssociations: listEngagementResourceAssociations,
    ListEngagements: listEngagements,
    ListOpportunities: listOpportunities,
    ListOpportunityFromEngagementTasks: listOpportunityFromEngagementTasks,
    ListProspectingFromEngagementTasks: listProspectingFromEngagementTasks,
    ListResourceSnapshotJobs: listResourceSnapshotJobs,
    ListResourceSnapshots: listResourceSnapshots,
    ListSolutions: listSolutions,
    ListTagsForResource: listTagsForResource,
    PutSellingSystemSettings: putSellingSystemSettings,
    RejectEngagementInvitation: rejectEngagementInvitation,
    StartEngagementByAcceptingInvitationTask: startEngagementByAcceptingInvitationTask,
    StartEngagementFromOpportunityTask: startEngagementFromOpportunityTask,
    StartOpportunityFromEngagementTask: startOpportunityFromEngagementTask,
    StartProspectingFromEngagementTask: startProspectingFromEngagementTask,
    StartResourceSnapshotJob: startResourceSnapshotJob,
    StopResourceSnapshotJob: stopResourceSnapshotJob,
    SubmitOpportunity: submitOpportunity,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateEngagementContext: updateEngagementContext,
    UpdateOpportunity: updateOpportunity,
  }),
);
