import { badInput } from '../domain/bad-input.ts';
import { opportunityConstraints, rejectionConstraints } from '../domain/constraints.ts';
import { type Answer, accept, acceptanceOf, reject } from '../domain/invitation-answers.ts';
import { assertInvitationId, type Invitation, isAnswered } from '../domain/invitations.ts';
import type { Task } from '../domain/tasks.ts';
import { checkConstraints } from '../domain/validation.ts';
import type { Violation } from '../domain/violation.ts';
import { Fault } from '../fault.ts';
import type { RejectEngagementInvitationInput, UserError } from '../generated/schema-types.ts';
import type { Context } from '../graphql/context.ts';
import type { AcceptPayload, AcceptResult, RejectPayload, RejectResult } from './models.ts';
import { runMutation } from './mutation.ts';
import { waitFor } from './submission.ts';
import { taskErrors } from './task-errors.ts';
import type { Resolvers } from './types.generated.ts';
import { wholeError } from './user-errors.ts';

const at = ['input', 'id'];

const notFound = (id: string): UserError =>
  wholeError('NOT_FOUND', `This account has no part in an invitation ${id}.`, at);

/** Why an invitation cannot be answered as it was asked for. */
function closedError({ status, expirationDate }: Invitation, answer: 'accept' | 'reject'): UserError {
  switch (status) {
    case 'EXPIRED':
      return wholeError(
        'INVITATION_EXPIRED',
        `The invitation expired on ${expirationDate?.slice(0, 10)}.`,
        at,
      );
    case 'ACCEPTED':
      return wholeError(
        'ALREADY_ACCEPTED',
        answer === 'reject'
          ? 'The invitation was accepted, so it cannot be rejected any more.'
          : 'The invitation was accepted in another way, and no task of this account has created an opportunity from it.',
        at,
      );
    default:
      return wholeError('INVALID_RESOURCE_STATE', 'The invitation was rejected.', at);
  }
}

/** An answer, or the user errors of one that only the other side could give. @throws Fault */
async function answer(id: string, { invitations }: Context, asked: () => Promise<Answer>) {
  try {
    return { answer: await asked(), refused: [] };
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'FORBIDDEN')) throw error;
    const invitation = await invitations.invitation.load(id);
    const side = invitation && (await invitations.sideOf(invitation));
    if (side !== 'SENDER') throw error;
    const message = 'This account has sent the invitation; only its receiver can answer it.';
    return { answer: null, refused: [wholeError('ACTION_NOT_PERMITTED', message, at)] };
  }
}

const unknown = (what: string): UserError =>
  wholeError(
    'OUTCOME_UNKNOWN',
    `AWS's response was lost, so it is unknown whether the invitation was ${what}. Send the same input again: what has been done is not repeated.`,
  );

/** A task that accepts an invitation, as it was last seen, and what is known of the invitation by then. */
type Accepting = { task: Task | null; closed?: Invitation };

/**
 * Waits for a task. If it has failed, another attempt may have accepted the invitation: then that one counts, since its
 * opportunity is what the caller is after.
 */
async function finish(id: string, started: Task, waitMs: number, context: Context): Promise<Accepting> {
  const task = await waitFor(started, waitMs, context);
  if (task.status !== 'FAILED') return { task };
  const { invitations, tasks } = context;
  tasks.acceptances.clear(id);
  invitations.clear(id);
  const [other, invitation] = await Promise.all([
    tasks.acceptances.load(id).then(acceptanceOf),
    invitations.invitation.load(id),
  ]);
  if (other && other.status !== 'FAILED') return { task: await waitFor(other, waitMs, context) };
  return { task, ...(invitation && isAnswered(invitation.status) && { closed: invitation }) };
}

/** What is certainly wrong with a rejection. */
function checkRejection({ reason, otherReason, confirm }: RejectEngagementInvitationInput): Violation[] {
  const violation = (name: string, code: Violation['code'], message: string): Violation => ({
    path: [name],
    field: name,
    code,
    message,
  });
  const isOther = reason === 'Other';
  return [
    ...checkConstraints({ otherReason }, rejectionConstraints),
    ...(otherReason && !isOther
      ? [violation('otherReason', 'INVALID_VALUE', 'Other reason is for the reason Other only.')]
      : []),
    ...(confirm
      ? []
      : [
          violation(
            'confirm',
            'CONFIRMATION_REQUIRED',
            'A rejection cannot be taken back. Set confirm to true to reject the invitation.',
          ),
        ]),
  ];
}

export const resolvers: Resolvers = {
  Mutation: {
    async acceptEngagementInvitation(_root, { input }, context, info): Promise<AcceptPayload> {
      const { id, clientToken, waitMs, tags } = input;
      assertInvitationId(id, 'input.id');
      if (waitMs < 0) throw badInput('input.waitMs', String(waitMs), '0 or more');
      const { invitations } = context;
      const unchanged: AcceptResult = {
        id,
        accepted: false,
        invitation: null,
        task: null,
        clientToken: null,
        complete: true,
        changed: false,
      };
      return runMutation<AcceptResult>(info, {
        input: { type: 'AcceptEngagementInvitationInput', value: input, path: ['input'] },
        unchanged,
        check: () => checkConstraints({ clientToken, tags }, opportunityConstraints),
        async execute() {
          const { answer: given, refused } = await answer(id, context, () =>
            invitations.answer(id, tags, (store) => accept(store, { id, clientToken, tags })),
          );
          if (!given) return { ...unchanged, userErrors: refused };
          if (given.kind === 'notFound') return { ...unchanged, userErrors: [notFound(id)] };
          const { invitation } = given;
          if (given.kind === 'closed')
            return { ...unchanged, invitation, userErrors: [closedError(invitation, 'accept')] };
          const changed = given.isMade;
          if (given.kind === 'answered') {
            if (changed) invitations.noteAccepted(invitation.engagementId, null);
            return { ...unchanged, accepted: true, invitation, changed };
          }
          const { task, closed = invitation }: Accepting = given.task
            ? await finish(id, given.task, waitMs, context)
            : { task: null };
          const accepted = task?.status === 'COMPLETE';
          const isNew = changed || given.task?.status !== 'COMPLETE';
          if (accepted && isNew) invitations.noteAccepted(invitation.engagementId, task.opportunityId);
          const isRefused = task?.status === 'FAILED';
          const userErrors = !isRefused
            ? []
            : isAnswered(closed.status)
              ? [closedError(closed, 'accept')]
              : taskErrors(task, info.schema);
          return {
            id,
            accepted,
            invitation: accepted ? { ...invitation, status: 'ACCEPTED' } : closed,
            task,
            clientToken: given.clientToken ?? null,
            complete: accepted || isRefused,
            changed,
            userErrors,
          };
        },
        explainFault(fault) {
          if (fault.mayHaveBeenApplied) return [unknown('accepted')];
          // The same acceptance has always the same content, so a conflict is one of the caller's own token.
          if (fault.code === 'CONFLICT' && clientToken)
            return [wholeError('IDEMPOTENCY_CONFLICT', fault.message, ['input', 'clientToken'])];
          return fault.code === 'NOT_FOUND' ? [notFound(id)] : undefined;
        },
      });
    },

    async rejectEngagementInvitation(_root, { input }, context, info): Promise<RejectPayload> {
      const { id, reason, otherReason } = input;
      assertInvitationId(id, 'input.id');
      const unchanged: RejectResult = { id, invitation: null, changed: false };
      return runMutation<RejectResult>(info, {
        input: { type: 'RejectEngagementInvitationInput', value: input, path: ['input'] },
        unchanged,
        check: () => checkRejection(input),
        async execute() {
          const { answer: given, refused } = await answer(id, context, () =>
            context.invitations.answer(id, null, (store) => reject(store, otherReason ?? reason)),
          );
          if (!given) return { ...unchanged, userErrors: refused };
          if (given.kind === 'answered') return { id, invitation: given.invitation, changed: given.isMade };
          if (given.kind === 'closed')
            return {
              ...unchanged,
              invitation: given.invitation,
              userErrors: [closedError(given.invitation, 'reject')],
            };
          return { ...unchanged, userErrors: [notFound(id)] };
        },
        explainFault(fault) {
          if (fault.mayHaveBeenApplied) return [unknown('rejected')];
          return fault.code === 'NOT_FOUND' ? [notFound(id)] : undefined;
        },
      });
    },
  },

  AcceptEngagementInvitationPayload: {
    invitation: ({ invitation }) => invitation,
    task: ({ task }) => task,
    opportunity: ({ accepted, task }, _args, { loaders }) =>
      accepted && task?.opportunityId ? loaders.opportunity.load(task.opportunityId) : null,
    engagement: ({ accepted, invitation }, _args, { related }) =>
      accepted && invitation?.engagementId ? related.engagement.load(invitation.engagementId) : null,
  },
  RejectEngagementInvitationPayload: {
    invitation: ({ invitation }) => invitation,
  },
};
