import { resolvers as associations } from './associations.ts';
import { resolvers as controlBulk } from './bulk/control.ts';
import { resolvers as createBulk } from './bulk/create.ts';
import { resolvers as exportBulk } from './bulk/export.ts';
import { resolvers as bulk } from './bulk/query.ts';
import { resolvers as changes } from './changes.ts';
import { resolvers as deferred } from './deferred/query.ts';
import { resolvers as engagementContexts } from './engagement-contexts.ts';
import { resolvers as engagements } from './engagements.ts';
import { resolvers as history } from './history.ts';
import { resolvers as invitationAnswers } from './invitation-answers.ts';
import { resolvers as invitations } from './invitations.ts';
import { resolvers as invite } from './invite.ts';
import { resolvers as convertLead } from './leads/convert.ts';
import { resolvers as createLead } from './leads/create.ts';
import { resolvers as enrichLeads } from './leads/enrich.ts';
import { resolvers as leads } from './leads/query.ts';
import { resolvers as updateLead } from './leads/update.ts';
import { resolvers as node } from './node.ts';
import { resolvers as assign } from './opportunity/assign.ts';
import { resolvers as awsSummary } from './opportunity/aws-summary.ts';
import { resolvers as clone } from './opportunity/clone.ts';
import { resolvers as create } from './opportunity/create.ts';
import { resolvers as editability } from './opportunity/editability.ts';
import { resolvers as entities } from './opportunity/entities.ts';
import { resolvers as overview } from './opportunity/overview.ts';
import { resolvers as opportunity } from './opportunity/query.ts';
import { resolvers as readiness } from './opportunity/readiness.ts';
import { resolvers as reference } from './opportunity/reference.ts';
import { resolvers as relations } from './opportunity/relations.ts';
import { resolvers as submit } from './opportunity/submit.ts';
import { resolvers as tags } from './opportunity/tags.ts';
import { resolvers as update } from './opportunity/update.ts';
import { resolvers as upsert } from './opportunity/upsert.ts';
import { resolvers as picklists } from './picklists.ts';
import { resolvers as quota } from './quota.ts';
import { resolvers as session } from './session.ts';
import { resolvers as settings } from './settings.ts';
import { resolvers as sharing } from './sharing.ts';
import { resolvers as snapshots } from './snapshots.ts';
import { resolvers as solutions } from './solutions.ts';
import { resolvers as subscriptions } from './subscriptions.ts';
import { resolvers as tasks } from './tasks.ts';
import { resolvers as timeline } from './timeline.ts';

/** Every resolver of the graph, a map per noun. */
export const resolverMaps = [
  associations,
  assign,
  awsSummary,
  bulk,
  exportBulk,
  createBulk,
  controlBulk,
  changes,
  deferred,
  editability,
  engagementContexts,
  engagements,
  entities,
  invitationAnswers,
  invitations,
  invite,
  leads,
  createLead,
  updateLead,
  enrichLeads,
  convertLead,
  node,
  opportunity,
  overview,
  readiness,
  reference,
  relations,
  create,
  submit,
  clone,
  tags,
  update,
  upsert,
  picklists,
  quota,
  history,
  settings,
  sharing,
  snapshots,
  session,
  solutions,
  subscriptions,
  tasks,
  timeline,
];

/**
 * The types whose objects are versions, which never change, and of their resolvers those that depend on the object and the
 * schema alone: they need no request, and no clock. What a plan has written of a record is kept with it if no other resolver
 * is selected (`graphql/execution`).
 */
export const dependOnRecordOnly: Readonly<Record<string, readonly string[]>> = {
  AwsProductInsights: ['totalAmountByCategory'],
  Company: ['websiteUrl'],
  Engagement: ['sharing'],
  EngagementByAcceptingInvitationTask: ['errors', 'finished', 'resourceSnapshotJob'],
  EngagementFromOpportunityTask: ['errors', 'finished', 'resourceSnapshotJob'],
  EngagementInvitation: ['sender', 'receiver'],
  EngagementMember: ['websiteUrl'],
  Lead: ['engagement', 'modifiedAt', 'qualificationStatus', 'customer', 'interactions', 'insights'],
  Opportunity: [
    'editability',
    'owner',
    'awsProducts',
    'awsMarketplaceOffers',
    'awsMarketplaceOfferSets',
    'awsMarketplaceSolutions',
    'awsMarketplaceProducts',
  ],
  OpportunityHistoryEntry: ['by', 'view'],
  OpportunityFromEngagementTask: ['errors', 'finished', 'resourceSnapshotJob'],
  ProspectingFromEngagementTask: ['errors', 'finished'],
  Recommendation: ['attributes'],
  ResourceSnapshot: [],
  Solution: ['awsMarketplaceSolution'],
};
