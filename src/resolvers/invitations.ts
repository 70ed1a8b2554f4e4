import { calendar } from '../clock.ts';
import { badInput, quoted } from '../domain/bad-input.ts';
import { maxPageSize } from '../domain/cursors.ts';
import { idForms } from '../domain/ids.ts';
import { acceptanceOf } from '../domain/invitation-answers.ts';
import { assertInvitationId, daysLeft, receiverOf } from '../domain/invitations.ts';
import { entityOf } from '../graphql/entities.ts';
import { memberOf } from '../graphql/open-unions.ts';
import { pageInfoOf } from './connections.ts';
import type { EngagementByAcceptingInvitationTaskResolvers, Resolvers } from './types.generated.ts';

/** The types of what invitations are about, by AWS's members. */
const payloads = {
  leadInvitation: 'LeadInvitationPayload',
  opportunityInvitation: 'OpportunityInvitationPayload',
};

const engagementInvitation: EngagementByAcceptingInvitationTaskResolvers['engagementInvitation'] = (
  { engagementInvitationId: id },
  _args,
  { invitations },
) => (id ? invitations.invitation.load(id) : null);

export const resolvers: Resolvers = {
  Query: {
    engagementInvitations: (_root, args, { invitations }) => invitations.page(args),
    engagementInvitation(_root, { id }, { invitations }) {
      assertInvitationId(id);
      return invitations.invitation.load(id);
    },
  },

  Engagement: {
    async invitations({ id }, { direction, first }, { invitations }) {
      if (first < 1 || first > maxPageSize) throw badInput('first', String(first), `1 to ${maxPageSize}`);
      return (await invitations.ofEngagement(id, direction)).slice(0, first);
    },
  },

  EngagementInvitation: {
    async __resolveReference({ id }, { invitations }) {
      if (typeof id !== 'string' || !idForms.EngagementInvitation.test(id))
        throw badInput('representation', `id ${quoted(String(id))}`, 'an id such as engi-0123456789abc');
      const invitation = await invitations.invitation.load(id);
      return invitation && entityOf(invitation);
    },
    participantType: (invitation, _args, { invitations }) => invitations.sideOf(invitation),
    engagement: ({ engagementId }, _args, { related }) =>
      engagementId ? related.engagement.load(engagementId) : null,
    daysLeft: (invitation) => daysLeft(invitation, calendar.instant()),
    sender: ({ senderAwsAccountId: awsAccountId, senderCompanyName: companyName }) => ({
      awsAccountId,
      companyName,
    }),
    receiver: (invitation) => receiverOf(invitation) ?? {},
    async payload({ id }, _args, context, info) {
      const details = await context.invitations.details.load(id);
      return memberOf(details?.payload, payloads, context, info);
    },
    invitationMessage: async ({ id }, _args, { invitations }) =>
      (await invitations.details.load(id))?.invitationMessage ?? null,
    engagementDescription: async ({ id }, _args, { invitations }) =>
      (await invitations.details.load(id))?.engagementDescription ?? null,
    async existingMembers({ id }, _args, { invitations }) {
      const details = await invitations.details.load(id);
      return details?.existingMembers?.filter((one) => one !== null) ?? null;
    },
    rejectionReason: async ({ id }, _args, { invitations }) =>
      (await invitations.details.load(id))?.rejectionReason ?? null,
    enrichmentContext: async ({ id }, _args, { invitations }) =>
      (await invitations.details.load(id))?.enrichmentContext ?? null,
    acceptance: async ({ id }, _args, { tasks }) => acceptanceOf(await tasks.acceptances.load(id)) ?? null,
  },

  EngagementFromOpportunityTask: { engagementInvitation },
  EngagementByAcceptingInvitationTask: { engagementInvitation },

  Company: {
    // Recordings have the text for a website that AWS does not know.
    websiteUrl: ({ websiteUrl }) => (websiteUrl === 'null' ? null : (websiteUrl ?? null)),
  },

  EngagementInvitationConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },
  EngagementInvitationEdge: {
    node: ({ summary }) => summary,
  },
};
