/**
 * Answers to invitations: acceptance and rejection, neither of which can be taken back.
 *
 * An opportunity is accepted by AWS's task, which creates this account's own opportunity; the plain operation joins the
 * engagement and creates none, so it is for leads (AWS: working with multi-partner opportunities, working with your leads).
 * AWS itself shows what has been done: the invitation has its status, and AWS keeps the tasks. So an answer that was
 * interrupted, by a crash or by the end of its request, is continued by the same call, in whichever process.
 */
import { Fault } from '../fault.ts';
import type { TagInput } from '../generated/schema-types.ts';
import { type Invitation, isAnswered } from './invitations.ts';
import { isFinished, type Task } from './tasks.ts';
import { uuidOf } from './uuid.ts';

/** One invitation, while nothing else of this process answers it. All call AWS and throw `Fault`s. */
export type AnswerStore = {
  /** The invitation as it is; null if this account has no part in it. */
  read(): Promise<Invitation | null>;
  /** The tasks that accept it, latest first. */
  tasks(): Promise<Task[]>;
  /** Starts the task that accepts it; undefined if AWS does not say which. */
  start(clientToken: string): Promise<Task | undefined>;
  /** Joins the engagement. */
  accept(): Promise<void>;
  reject(reason: string): Promise<void>;
};

/** What has become of an answer; `isMade` if it was made now. */
export type Answer =
  | { kind: 'notFound' }
  /** Another answer was given before, or its time is over. */
  | { kind: 'closed'; invitation: Invitation }
  | { kind: 'answered'; invitation: Invitation; isMade: boolean }
  /** A task accepts it, or has accepted it. */
  | {
      kind: 'started';
      invitation: Invitation;
      task: Task | undefined;
      clientToken?: string;
      isMade: boolean;
    };

/** How often an answer is sent if AWS leaves it open whether it was made. */
const maxSends = 3;

/** Checks whether a fault leaves open whether an answer was made: by a call without a response, or by someone else. */
const isOpen = (fault: Fault): boolean =>
  fault.mayHaveBeenApplied ||
  fault.code === 'CONFLICT' ||
  // By the documentation it is a conflict, and AWS has this code for the same.
  fault.issues.some(({ code }) => code === 'INVALID_RESOURCE_STATE');

/**
 * Finds out how things are, and sends what is left to be sent; again if that is still to be done.
 *
 * @param check an answer if nothing is to be sent, or what is to be sent
 * @throws Fault of the last call, which may have been applied
 */
async function settle(check: () => Promise<Answer | (() => Promise<Answer>)>): Promise<Answer> {
  let last: Fault | undefined;
  for (let sent = 0; ; sent++) {
    let checked: Awaited<ReturnType<typeof check>>;
    try {
      checked = await check();
    } catch (error) {
      // What matters to the caller is that something was sent.
      throw last?.mayHaveBeenApplied ? last : error;
    }
    if (typeof checked !== 'function')
      return 'isMade' in checked
        ? { ...checked, isMade: last?.mayHaveBeenApplied ?? checked.isMade }
        : checked;
    if (last && sent === maxSends) throw last;
    try {
      return await checked();
    } catch (error) {
      if (!(error instanceof Fault && isOpen(error))) throw last?.mayHaveBeenApplied ? last : error;
      last = last?.mayHaveBeenApplied ? error.withUnknownOutcome() : error;
    }
  }
}

/** The task that has accepted an invitation, or is about to; else the last that has failed. Tasks are latest first. */
export const acceptanceOf = (tasks: readonly Task[]): Task | undefined =>
  tasks.find(({ status }) => status === 'COMPLETE') ?? tasks.find((task) => !isFinished(task)) ?? tasks[0];

/** The reason of a task that has failed because the invitation was answered already. */
const answeredBefore = 'EngagementInvitationConflict';

export type AskedAcceptance = {
  id: string;
  /** The caller's token for the task. */
  clientToken?: string | null | undefined;
  tags?: TagInput[] | null | undefined;
};

/**
 * AWS's token for the task: the same for every attempt of an acceptance, so that AWS recognises it; another one as soon as
 * a task has failed, since AWS answers a repeated token with the task of its first use.
 */
const tokenOf = ({ id, clientToken, tags }: AskedAcceptance, failed: Task | undefined): string =>
  clientToken ?? uuidOf('accept', id, JSON.stringify(tags ?? []), failed?.id ?? '');

/** Accepts an invitation: an opportunity by AWS's task, for which the caller waits, a lead at once. @throws Fault */
export function accept(store: AnswerStore, asked: AskedAcceptance): Promise<Answer> {
  return settle(async () => {
    const invitation = await store.read();
    if (!invitation) return { kind: 'notFound' };
    const { status, payloadType } = invitation;
    if (payloadType === 'LeadInvitation') {
      if (status === 'ACCEPTED') return { kind: 'answered', invitation, isMade: false };
      if (isAnswered(status)) return { kind: 'closed', invitation };
      return async () => {
        await store.accept();
        return { kind: 'answered', invitation: { ...invitation, status: 'ACCEPTED' }, isMade: true };
      };
    }
    const known = acceptanceOf(await store.tasks());
    if (known && known.status !== 'FAILED')
      return { kind: 'started', invitation, task: known, isMade: false };
    // A company that has accepted it without a task has no opportunity of it. A task may still create one: AWS does not say.
    const isClosed = status === 'ACCEPTED' ? known?.reasonCode === answeredBefore : isAnswered(status);
    if (isClosed) return { kind: 'closed', invitation };
    return async () => {
      const clientToken = tokenOf(asked, known);
      return {
        kind: 'started',
        invitation,
        task: await store.start(clientToken),
        clientToken,
        isMade: true,
      };
    };
  });
}

/** Rejects an invitation. @throws Fault */
export function reject(store: AnswerStore, reason: string): Promise<Answer> {
  return settle(async () => {
    const invitation = await store.read();
    if (!invitation) return { kind: 'notFound' };
    if (invitation.status === 'REJECTED') return { kind: 'answered', invitation, isMade: false };
    if (isAnswered(invitation.status)) return { kind: 'closed', invitation };
    return async () => {
      await store.reject(reason);
      return { kind: 'answered', invitation: { ...invitation, status: 'REJECTED' }, isMade: true };
    };
  });
}
