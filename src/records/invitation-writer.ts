/** The writes of invitations: each reports to the account what it has changed. */
import { invitationIdOf } from '../domain/ids.ts';
import type { AnswerStore } from '../domain/invitation-answers.ts';
import { Fault } from '../fault.ts';
import type { TagInput } from '../generated/schema-types.ts';
import type { Input, Operation, Output } from '../upstream/operations.ts';
import type { RecordCache } from './cache.ts';
import type { Changes } from './changes.ts';
import type { RequestScope } from './in-flight.ts';
import { dropLists, type InvitationCaches, remember } from './invitation-caches.ts';
import { type InvitationLoaders, readInvitation } from './invitations.ts';
import type { Related } from './related.ts';
import { type FinishedTasks, listTasks } from './task-lists.ts';
import type { TaskLoaders } from './tasks.ts';
import type { WriteQueue } from './write-queue.ts';

/**
 * The dependencies of a request's writes; `scope` sends at the priority of writes, even after the caller disconnects, and
 * so does `finishing`, which has no limit of calls.
 */
type WriteTools = {
  scope: RequestScope;
  finishing: RequestScope;
  caches: InvitationCaches;
  cache: RecordCache;
  changes: Changes;
  queue: WriteQueue;
  invitations: InvitationLoaders;
  tasks: TaskLoaders;
  finishedTasks: FinishedTasks;
  related: Pick<Related, 'forgetAssociations' | 'noteEngagementWrite'>;
};

const acceptance = 'EngagementByAcceptingInvitationTask';

export function createInvitationWriter(tools: WriteTools) {
  const { scope, finishing, caches, cache, changes, queue, invitations, tasks, finishedTasks, related } =
    tools;

  function changed(id: string): void {
    changes.publish({ type: 'EngagementInvitation', id });
    invitations.clear(id);
    tasks.acceptances.clear(id);
  }

  /** One invitation as it is answered. Once something was sent, the limit of calls must not leave its outcome unknown. */
  function storeOf(id: string, tags: TagInput[] | null | undefined): AnswerStore {
    let via = scope;
    async function write<O extends Operation>(operation: O, input: Input<O>): Promise<Output<O>> {
      const { send } = via;
      via = finishing;
      try {
        const answer = await send(operation, input);
        changed(id);
        return answer;
      } catch (error) {
        if (error instanceof Fault && error.mayHaveBeenApplied) changed(id);
        throw error;
      }
    }
    return {
      read: () => readInvitation(id, via.send, caches),
      tasks: () => listTasks(acceptance, { engagementInvitationIdentifier: [id] }, via, finishedTasks),
      async start(clientToken) {
        const input = { identifier: id, clientToken, ...(tags && { tags }) };
        const answer = await write('StartEngagementByAcceptingInvitationTask', input);
        return tasks.started(acceptance, answer);
      },
      async accept() {
        await write('AcceptEngagementInvitation', { identifier: id });
        remember(caches, { id, status: 'ACCEPTED' });
      },
      async reject(rejectionReason) {
        await write('RejectEngagementInvitation', { identifier: id, rejectionReason });
        remember(caches, { id, status: 'REJECTED' });
      },
    };
  }

  return {
    /**
     * Answers an invitation when its turn comes; other answers of this process wait until then.
     *
     * @throws what the work throws
     */
    answer: <T>(
      id: string,
      tags: TagInput[] | null | undefined,
      work: (store: AnswerStore) => Promise<T>,
    ): Promise<T> => queue.run(id, () => work(storeOf(id, tags))),

    /** Invites an account to an engagement; returns the id of the invitation. @throws Fault */
    async invite(
      engagementIdentifier: string,
      clientToken: string,
      invitation: Input<'CreateEngagementInvitation'>['invitation'],
    ): Promise<string> {
      try {
        const input = { engagementIdentifier, clientToken, invitation };
        const answer = await scope.send('CreateEngagementInvitation', input);
        const id = invitationIdOf(answer.id ?? '');
        changed(id);
        remember(caches, { id, participantType: 'SENDER' });
        return id;
      } catch (error) {
        if (error instanceof Fault && error.mayHaveBeenApplied) dropLists(caches);
        throw error;
      }
    },

    /** Forgets what an accepted invitation makes outdated: lists of opportunities, and what this account is a member of. */
    noteAccepted(engagementId: string | null | undefined, opportunityId: string | null | undefined): void {
      if (opportunityId) {
        cache.invalidate(opportunityId);
        related.forgetAssociations();
      }
      if (!engagementId) return;
      related.noteEngagementWrite(engagementId);
      changes.publish({ type: 'Engagement', id: engagementId });
    },
  };
}
