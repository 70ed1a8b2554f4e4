import { inviteConstraints } from '../domain/constraints.ts';
import { assertEngagementId } from '../domain/engagements.ts';
import { assertOpportunityId } from '../domain/ids.ts';
import { receiverOf } from '../domain/invitations.ts';
import { invitationContent, maxMembers, missingForInvitation } from '../domain/invite.ts';
import { checkConstraints } from '../domain/validation.ts';
import type { Violation } from '../domain/violation.ts';
import { Fault } from '../fault.ts';
import type { InviteToEngagementInput, UserError, UserErrorCode } from '../generated/schema-types.ts';
import type { Context } from '../graphql/context.ts';
import type { EngagementSummary, OpportunityRecord } from '../upstream/wire.ts';
import type { InvitePayload, InviteResult } from './models.ts';
import { runMutation } from './mutation.ts';
import { tokenFor } from './opportunity/new.ts';
import type { Resolvers } from './types.generated.ts';
import { wholeError } from './user-errors.ts';

type Field = 'engagementId' | 'opportunityId' | 'awsAccountId';
const errorAt = (field: Field, code: UserErrorCode, message: string, allowed?: string[]): UserError => ({
  ...wholeError(code, message, ['input', field]),
  allowedValues: allowed ?? null,
});

/** What an invitation is about, or why that is unknown. */
type Subject = { engagement: EngagementSummary; record: OpportunityRecord } | { errors: UserError[] };

const fail = (...error: Parameters<typeof errorAt>): Subject => ({ errors: [errorAt(...error)] });

/** The engagement of an opportunity of this account. */
async function ofOpportunity(
  id: string,
  given: string | null | undefined,
  { related, loaders }: Context,
): Promise<Subject> {
  const [record, engagements] = await Promise.all([loaders.opportunity.load(id), related.engagementsOf(id)]);
  if (!record) return fail('opportunityId', 'NOT_FOUND', `Opportunity ${id} not found.`);
  const ids = engagements.map((one) => one.id);
  const [engagement, ...others] = engagements.filter((one) => !given || one.id === given);
  if (!engagement && given)
    return fail('engagementId', 'INVALID_VALUE', `${id} is not shared in this engagement.`, ids);
  if (!engagement) {
    const message = `${id} is not shared in any engagement. Submit it to AWS first.`;
    return fail('opportunityId', 'INVALID_RESOURCE_STATE', message);
  }
  if (others.length === 0) return { engagement, record };
  const message = `${id} is shared in ${ids.length} engagements. Choose one of them.`;
  return fail('engagementId', 'REQUIRED_FIELD_MISSING', message, ids);
}

/** The opportunity that this account shares in an engagement. */
async function inEngagement(id: string, { related, loaders }: Context): Promise<Subject> {
  const [engagement, shared] = await Promise.all([related.engagement.load(id), related.resources.load(id)]);
  if (!engagement) return fail('engagementId', 'NOT_FOUND', `Engagement ${id} not found.`);
  const own = await Promise.all(shared.map((one) => related.isOwn(one)));
  const ids = [...new Set(shared.filter((_, index) => own[index]).map(({ resourceId }) => resourceId))];
  const [only, ...others] = ids;
  if (!only)
    return fail('engagementId', 'NOT_FOUND', 'This account shares no opportunity in this engagement.');
  if (others.length > 0) {
    const message = `This account shares ${ids.length} opportunities in this engagement. Choose one of them.`;
    return fail('opportunityId', 'REQUIRED_FIELD_MISSING', message, ids);
  }
  const record = await loaders.opportunity.load(only);
  return record
    ? { engagement, record }
    : fail('engagementId', 'NOT_FOUND', `Opportunity ${only} not found.`);
}

const isFull = ({ memberCount }: EngagementSummary, pending: number): boolean =>
  (memberCount ?? 0) + pending >= maxMembers;
const roomFull = () =>
  errorAt(
    'engagementId',
    'ROOM_FULL',
    `The engagement has ${maxMembers} members, pending invitations included.`,
  );

/** What is certain to keep a partner from being invited, all at once. */
function blockers({ engagement, record }: Exclude<Subject, { errors: unknown }>): UserError[] {
  const missing = missingForInvitation(record).map(({ field, message }) => ({
    ...errorAt('opportunityId', 'REQUIRED_FIELD_MISSING', message),
    field,
    sent: false,
  }));
  return isFull(engagement, 0) ? [roomFull(), ...missing] : missing;
}

/** AWS's field for the receiver, in any of its notations. */
const receiverField = /awsAccountId$/i;

/** Why AWS has refused an invitation, as far as its answer shows; the rest is found out from its lists. */
async function explain(
  fault: Fault,
  engagement: EngagementSummary,
  { awsAccountId, clientToken }: InviteToEngagementInput,
  { invitations }: Context,
): Promise<{ userErrors: UserError[]; id: string | null } | undefined> {
  const refused = (error: UserError, id: string | null = null) => ({ userErrors: [error], id });
  const issue = fault.issues.find(({ fieldName }) => fieldName && receiverField.test(fieldName));
  if (issue && /connect/i.test(issue.message)) {
    const message = 'This partner is not connected with your company. Connect in AWS Partner Central first.';
    return refused(errorAt('awsAccountId', 'NOT_CONNECTED', message));
  }
  if (issue) return refused(errorAt('awsAccountId', 'INVALID_VALUE', issue.message));
  if (fault.code !== 'CONFLICT' && fault.code !== 'QUOTA_EXHAUSTED') return undefined;
  const sent = await invitations.ofEngagement(engagement.id, 'SENDER');
  const pending = sent.filter(({ status }) => status === 'PENDING');
  // AWS answers so for a daily quota, too.
  if (fault.code === 'QUOTA_EXHAUSTED')
    return isFull(engagement, pending.length) ? refused(roomFull()) : undefined;
  const known = pending.find((one) => receiverOf(one)?.awsAccountId === awsAccountId);
  if (!known && clientToken) return undefined;
  const message = `This partner is ${known ? 'invited already' : 'invited already, or a member'}.`;
  return refused(errorAt('awsAccountId', 'DUPLICATE_KEY_VALUE', message), known?.id);
}

/** The input has to say what the partner is invited to. */
function checkSubject({ engagementId, opportunityId }: InviteToEngagementInput): Violation[] {
  if (engagementId || opportunityId) return [];
  const message = 'An invitation needs the opportunity, or the engagement in which it is shared.';
  return [{ path: ['opportunityId'], field: 'opportunityId', code: 'REQUIRED_FIELD_MISSING', message }];
}

export const resolvers: Resolvers = {
  Mutation: {
    async inviteToEngagement(_root, { input }, context, info): Promise<InvitePayload> {
      const { engagementId, opportunityId, awsAccountId, alias, message, responsibilities } = input;
      if (engagementId) assertEngagementId(engagementId, 'input.engagementId');
      if (opportunityId) assertOpportunityId(opportunityId, 'input.opportunityId');
      const { clientToken, isFromKey } = tokenFor(input.clientToken, context, info);
      const unchanged: InviteResult = { id: null, clientToken };
      return runMutation<InviteResult>(info, {
        input: { type: 'InviteToEngagementInput', value: input, path: ['input'] },
        unchanged,
        check: () => [...checkSubject(input), ...checkConstraints(input, inviteConstraints)],
        async execute() {
          const subject = await (opportunityId
            ? ofOpportunity(opportunityId, engagementId, context)
            : inEngagement(engagementId ?? '', context));
          if ('errors' in subject) return { ...unchanged, userErrors: subject.errors };
          // A dry run has no record to check, and counts the calls of a valid invitation.
          const userErrors = context.request.isDryRun ? [] : blockers(subject);
          if (userErrors.length > 0) return { ...unchanged, userErrors };
          try {
            const id = await context.invitations.invite(subject.engagement.id, clientToken, {
              message,
              receiver: { account: { awsAccountId, ...(alias && { alias }) } },
              payload: {
                opportunityInvitation: {
                  ...invitationContent(subject.record),
                  receiverResponsibilities: responsibilities,
                  ...(input.senderContacts && { senderContacts: input.senderContacts }),
                },
              },
            });
            return { id, clientToken };
          } catch (error) {
            if (!(error instanceof Fault) || error.mayHaveBeenApplied) throw error;
            const explained = await explain(error, subject.engagement, input, context);
            if (!explained) throw error;
            return { ...unchanged, ...explained };
          }
        },
        explainFault(fault) {
          if (fault.mayHaveBeenApplied) {
            const lost = "AWS's response was lost, so it is unknown whether the partner was invited.";
            const next = 'Send the same input with this clientToken again, or look at the invitations.';
            return [wholeError('OUTCOME_UNKNOWN', `${lost} ${next}`)];
          }
          if (fault.code !== 'CONFLICT') return undefined;
          const path = isFromKey ? ['input'] : ['input', 'clientToken'];
          return [wholeError('IDEMPOTENCY_CONFLICT', fault.message, path)];
        },
      });
    },
  },

  InviteToEngagementPayload: {
    invitation: ({ id }, _args, { invitations }) => (id ? invitations.invitation.load(id) : null),
  },
};
