import { idOf } from '../arns.ts';
import { findEngagement, membersOf } from '../engagements/engagement.ts';
import type { Engagement } from '../engagements/model.ts';
import { contextTypes } from '../events/details.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { matchesAny, matchesNone, pageOf } from '../records/filter.ts';
import { engagementAnswer, engagementSummary } from '../shapes/engagement-answers.ts';
import {
  getEngagementRequest,
  listEngagementMembersRequest,
  listEngagementsRequest,
  listResourceAssociationsRequest,
} from '../shapes/engagement-requests.ts';
import { present } from '../shapes/present.ts';
import type { PartnerState } from '../state.ts';

/** Returns an engagement that the calling account is a member of. */
export const getEngagement: Operation = {
  request: getEngagementRequest,
  kind: 'read',
  run(input, state) {
    const engagement = findEngagement(state, input.Catalog, input.Identifier);
    return present(engagementAnswer, withCounts(engagement), {
      unknown: 'drop',
      nulls: state.settings.nulls,
    });
  },
};

/** Lists the engagements that the calling account is a member of. Default: latest first. */
export const listEngagements: Operation = {
  request: listEngagementsRequest,
  kind: 'read',
  run(input, state) {
    const { CreatedBy, ExcludeCreatedBy, ContextTypes, ExcludeContextTypes, EngagementIdentifier } = input;
    const ids = Array.isArray(EngagementIdentifier) ? EngagementIdentifier.map(idOf) : EngagementIdentifier;
    const matching = engagementsOf(state, input.Catalog).filter((one) => {
      const types = contextTypes(one);
      return (
        matchesAny(ids, one.Id) &&
        matchesAny(CreatedBy, one.CreatedBy) &&
        matchesNone(ExcludeCreatedBy, one.CreatedBy) &&
        (isEmpty(ContextTypes) || types.some((type) => matchesAny(ContextTypes, type))) &&
        types.every((type) => matchesNone(ExcludeContextTypes, type))
      );
    });
    const { page, nextToken } = pageOf(matching, input, {
      operation: 'ListEngagements',
      position: ({ CreatedAt, Id }) => ({ key: CreatedAt, id: Id }),
      descending: true,
    });
    const options = { unknown: 'drop', nulls: state.settings.nulls } as const;
    const summaries = page.map((one) => present(engagementSummary, withCounts(one), options));
    return { EngagementSummaryList: summaries, NextToken: nextToken };
  },
};

/** Lists the members of an engagement, in the order in which they joined. */
export const listEngagementMembers: Operation = {
  request: listEngagementMembersRequest,
  kind: 'read',
  run(input, state) {
    const { members } = findEngagement(state, input.Catalog, input.Identifier);
    const places = members.map((member, index) => ({ member, key: String(index).padStart(6, '0') }));
    const { page, nextToken } = pageOf(places, input, {
      operation: 'ListEngagementMembers',
      position: ({ key, member }) => ({ key, id: member.AccountId }),
      descending: false,
      size: 10,
    });
    return { EngagementMemberList: page.map(({ member }) => member), NextToken: nextToken };
  },
};

/** Lists which opportunities are shared in which engagements of the calling account, by any member. */
export const listEngagementResourceAssociations: Operation = {
  request: listResourceAssociationsRequest,
  kind: 'read',
  run(input, state) {
    const own = new Set(engagementsOf(state, input.Catalog).map(({ Id }) => Id));
    const fits = (filter: Json | undefined, value: string) => (filter ?? value) === value;
    const matching = [...state.engagements.associations.values()].filter(
      (one) =>
        own.has(one.EngagementId) &&
        fits(input.EngagementIdentifier, one.EngagementId) &&
        fits(input.ResourceType, one.ResourceType) &&
        fits(input.ResourceIdentifier, one.ResourceId) &&
        fits(input.CreatedBy, one.CreatedBy),
    );
    const { page, nextToken } = pageOf(matching, input, {
      operation: 'ListEngagementResourceAssociations',
      position: ({ EngagementId, ResourceId, CreatedBy }) => ({
        key: EngagementId,
        id: `${ResourceId}/${CreatedBy}`,
      }),
      descending: false,
    });
    return { EngagementResourceAssociationSummaries: page, NextToken: nextToken };
  },
};

const engagementsOf = ({ accountId, engagements }: PartnerState, catalog: Json | undefined): Engagement[] =>
  [...engagements.engagements.values()].filter(
    (one) => one.Catalog === catalog && membersOf(one).includes(accountId),
  );

const withCounts = (engagement: Engagement): JsonObject => ({
  ...engagement,
  MemberCount: engagement.members.length,
  ContextTypes: contextTypes(engagement),
});

const isEmpty = (filter: Json | undefined): boolean => !Array.isArray(filter) || filter.length === 0;
