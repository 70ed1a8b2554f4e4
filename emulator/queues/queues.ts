import type { Clock } from '../clock.ts';
import { createQueue, type Queue } from './queue.ts';

/** The queue that receives all events of an account, and where those go that were received too often. */
export const eventsQueue = 'partner-central-events';
export const deadLetterQueue = 'partner-central-events-dlq';

export const queueArn = (accountId: string, name: string): string =>
  `arn:aws:sqs:us-east-1:${accountId}:${name}`;

/** The queues of an account, by name. */
export type AccountQueues = Readonly<Record<typeof eventsQueue | typeof deadLetterQueue, Queue>>;

/** The queues of the partner accounts; each account has two. */
export type Queues = {
  of(accountId: string): AccountQueues;
  all(): [accountId: string, queues: AccountQueues][];
  /** Empties all queues. They stay, since a receiver may be waiting for a message. */
  clear(): void;
};

export function createQueues(clock: Clock): Queues {
  const known = new Map<string, AccountQueues>();
  return {
    of: (accountId) => {
      const found = known.get(accountId);
      if (found) return found;
      const deadLetters = createQueue(clock);
      const fresh = { [eventsQueue]: createQueue(clock, deadLetters), [deadLetterQueue]: deadLetters };
      known.set(accountId, fresh);
      return fresh;
    },
    all: () => [...known],
    clear: () => {
      for (const queue of [...known.values()].flatMap(Object.values<Queue>)) queue.clear();
    },
  };
}
