import type { JsonObject } from '../json.ts';
import { eventsQueue } from '../queues/queues.ts';
import type { EmulatorState } from '../state.ts';
import { readWhole } from './read.ts';
import { onlyMembers, type Route } from './route.ts';

/** The queues of all accounts. Those of an account exist from the start; SQS reads them. */
export const queues: readonly Route[] = [
  {
    path: 'queues',
    GET: ({ state }) => report(state),
    POST: ({ state, own, body, changed }) => {
      onlyMembers(body, ['visibilityTimeout', 'maxReceiveCount']);
      const queue = state.queues.of(own.accountId)[eventsQueue];
      const { visibilityTimeout, maxReceiveCount } = { ...queue.settings, ...body };
      queue.settings = {
        visibilityTimeout: readWhole({ visibilityTimeout }, 'visibilityTimeout', 0),
        maxReceiveCount: readWhole({ maxReceiveCount }, 'maxReceiveCount', 1),
      };
      changed();
      return report(state);
    },
  },
];

const report = ({ queues, partners }: EmulatorState): JsonObject => ({
  queues: partners.list().flatMap(({ accountId }) =>
    Object.entries(queues.of(accountId)).map(([name, { messages, settings }]) => ({
      account: accountId,
      name,
      path: `/${accountId}/${name}`,
      messages: messages.size,
      ...(name === eventsQueue && settings),
    })),
  ),
});
