import { engagementArn, idOf } from '../arns.ts';
import { ApiError, notFound } from '../errors.ts';
import { engagementCreated, engagementUpdated, memberAdded } from '../events/details.ts';
import type { Json } from '../json.ts';
import { formatNanoseconds, nextModified } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import type { EmulatorState, PartnerState } from '../state.ts';
import { type AccountId, aws, type Context, type Engagement, type Member } from './model.ts';
import { notify } from './notify.ts';
import { nextId, ownKey } from './store.ts';

/** A company as a member of an engagement. An account that is not registered is named by its id. */
export function memberOf({ partners }: EmulatorState, accountId: AccountId): Member {
  if (accountId === aws)
    return { AccountId: aws, CompanyName: 'Amazon Web Services', WebsiteUrl: 'https://aws.amazon.com' };
  const { name = accountId, websiteUrl = null } = partners.get(accountId) ?? {};
  return { AccountId: accountId, CompanyName: name, WebsiteUrl: websiteUrl };
}

export const membersOf = ({ members }: Engagement): AccountId[] => members.map(({ AccountId }) => AccountId);

/** The engagement of an id or ARN. @throws ApiError if there is none, or the calling account is not a member */
export function findEngagement(
  state: PartnerState,
  catalog: Json | undefined,
  identifier: Json | undefined,
): Engagement {
  const engagement = state.engagements.engagements.get(idOf(identifier));
  if (!engagement || engagement.Catalog !== catalog || !membersOf(engagement).includes(state.accountId))
    throw notFound(String(identifier));
  return engagement;
}

/**
 * The engagement of an id or ARN, for a write.
 * @throws ApiError if there is none, or the calling account is not a member: unlike a read, a write distinguishes the two
 */
export function engagementToChange(
  state: PartnerState,
  catalog: Json | undefined,
  identifier: Json | undefined,
): Engagement {
  const engagement = state.engagements.engagements.get(idOf(identifier));
  if (!engagement || engagement.Catalog !== catalog) throw notFound(String(identifier));
  if (!membersOf(engagement).includes(state.accountId))
    throw new ApiError(
      'AccessDeniedException',
      `The account ${state.accountId} is not a member of engagement ${engagement.Id}`,
    );
  return engagement;
}

/** The engagement in which the calling account shares an opportunity; of several, the first. */
export function engagementOf(
  { accountId, engagements }: PartnerState,
  { Catalog, Id }: Opportunity,
): Engagement | undefined {
  const [first] = engagements.associations.inGroup(ownKey(accountId, Catalog, Id));
  return first && engagements.engagements.get(first.EngagementId);
}

export type NewEngagement = Pick<Engagement, 'Catalog' | 'Title' | 'Description'> & {
  contexts: readonly Omit<Context, 'Id'>[];
  creator: AccountId;
};

/** Creates an engagement, whose creator is its first member. */
export function createEngagement(
  state: EmulatorState,
  { contexts, creator, ...given }: NewEngagement,
): Engagement {
  const Id = nextId(state.engagements, 'eng-', 14);
  const now = formatNanoseconds(state.clock.now());
  const engagement: Engagement = {
    ...given,
    Id,
    Arn: engagementArn(given.Catalog, Id),
    CreatedAt: now,
    CreatedBy: creator,
    ModifiedAt: now,
    ModifiedBy: creator,
    Contexts: contexts.map((context, index) => ({ ...context, Id: String(index + 1) })),
    members: [memberOf(state, creator)],
  };
  state.engagements.engagements.set(Id, engagement);
  notify(state, [creator], engagementCreated(engagement));
  return engagement;
}

/** Replaces contexts or members, on behalf of an account: this moves the lock. */
export function changeEngagement(
  state: EmulatorState,
  engagement: Engagement,
  change: Partial<Pick<Engagement, 'Contexts' | 'members'>>,
  by: AccountId,
): Engagement {
  const ModifiedAt = nextModified(state.clock.now(), engagement.ModifiedAt, { timestamps: 'nanoseconds' });
  const changed = { ...engagement, ...change, ModifiedAt, ModifiedBy: by };
  state.engagements.engagements.set(engagement.Id, changed);
  return changed;
}

/** Adds or replaces a context, and notifies all members. A context without an id gets the next number. */
export function putContext(
  state: EmulatorState,
  engagement: Engagement,
  context: Omit<Context, 'Id'> & { Id?: string },
  by: AccountId,
): { engagement: Engagement; context: Context } {
  const { Id = String(engagement.Contexts.length + 1) } = context;
  const put = { ...context, Id };
  const known = engagement.Contexts.some((one) => one.Id === Id);
  const Contexts = known
    ? engagement.Contexts.map((one) => (one.Id === Id ? put : one))
    : [...engagement.Contexts, put];
  const changed = changeEngagement(state, engagement, { Contexts }, by);
  notify(state, membersOf(changed), engagementUpdated(changed));
  return { engagement: changed, context: put };
}

/** Lets an account join, and notifies all members. */
export function addMember(state: EmulatorState, engagement: Engagement, account: AccountId): Engagement {
  if (membersOf(engagement).includes(account)) return engagement;
  const member = memberOf(state, account);
  const members = [...engagement.members, member];
  const changed = changeEngagement(state, engagement, { members }, account);
  notify(state, membersOf(changed), memberAdded(changed, member));
  return changed;
}
