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
import { listEngagementInvitations } from './operations/list-invitations.ts';
import { listOpportunities } from './operations/list-opportunities.ts';
import { listSolutions } from './operations/list-solutions.ts';
import { listEngagementFromOpportunityTasks } from './operations/list-tasks.ts';
import { getSellingSystemSettings, putSellingSystemSettings } from './operations/selling-system-settings.ts';
import { startEngagementFromOpportunityTask } from './operations/start-engagement.ts';
import { submitOpportunity } from './operations/submit-opportunity.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { updateOpportunity } from './operations/update-opportunity.ts';

/** Every operation of the emulator, by its name on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    AssignOpportunity: assignOpportunity,
    AssociateOpportunity: associateOpportunity,
    CreateEngagement: createEngagement,
    CreateEngagementContext: createEngagementContext,
    CreateOpportunity: createOpportunity,
    DisassociateOpportunity: disassociateOpportunity,
    GetAwsOpportunitySummary: getAwsOpportunitySummary,
    GetEngagement: getEngagement,
    GetOpportunity: getOpportunity,
    GetSellingSystemSettings: getSellingSystemSettings,
    ListEngagementFromOpportunityTasks: listEngagementFromOpportunityTasks,
    ListEngagementInvitations: listEngagementInvitations,
    ListEngagementMembers: listEngagementMembers,
    ListEngagementResourceAssociations: listEngagementResourceAssociations,
    ListEngagements: listEngagements,
    ListOpportunities: listOpportunities,
    ListSolutions: listSolutions,
    ListTagsForResource: listTagsForResource,
    PutSellingSystemSettings: putSellingSystemSettings,
    StartEngagementFromOpportunityTask: startEngagementFromOpportunityTask,
    SubmitOpportunity: submitOpportunity,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateEngagementContext: updateEngagementContext,
    UpdateOpportunity: updateOpportunity,
  }),
);
