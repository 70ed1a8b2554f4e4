import { areConnected, connect, disconnect } from '../engagements/connection.ts';
import type { Json } from '../json.ts';
import type { EmulatorState } from '../state.ts';
import { readOneOf } from './read.ts';
import { badRequest, type ControlCall, ControlError, onlyMembers, type Route } from './route.ts';

/** Connections between partners, which another API of AWS manages. */
export const connections: readonly Route[] = [
  {
    path: 'connections',
    GET: ({ state }) => report(state),
    POST: (call) => {
      connect(call.state, ...readPair(call));
      call.changed();
      return report(call.state);
    },
    DELETE: (call) => {
      const pair = readPair(call);
      if (!areConnected(call.state, ...pair))
        throw new ControlError(404, `The accounts ${pair.join(' and ')} are not connected`);
      disconnect(call.state, ...pair);
      call.changed();
      return report(call.state);
    },
  },
];

const report = ({ engagements }: EmulatorState): Json => ({
  connections: [...engagements.connections.values()],
});

function readPair({ state, body }: ControlCall): [string, string] {
  onlyMembers(body, ['accountId', 'otherAccountId']);
  const known = state.partners.list().map(({ accountId }) => accountId);
  const [one, other] = [readOneOf(body, 'accountId', known), readOneOf(body, 'otherAccountId', known)];
  if (one === other) throw badRequest(`otherAccountId is ${JSON.stringify(other)}; expected another account`);
  return [one, other];
}
