import { startedBy } from '../engagements/run-task.ts';
import { type Fault, type FaultKind, type FaultTarget, faultKinds, targetOf } from '../faults.ts';
import type { Json, JsonObject } from '../json.ts';
import { operations } from '../operations.ts';
import { sqsOperations } from '../sqs/operations.ts';
import type { EmulatorState } from '../state.ts';
import { optionalString, readOneOf, readWhole } from './read.ts';
import { badRequest, onlyMembers, type Route } from './route.ts';

/** The failures to inject into calls, into the delivery of events, into calls of the queue, and into tasks. */
export const faults: readonly Route[] = [
  {
    path: 'faults',
    GET: ({ state }) => report(state),
    POST: ({ state, body }) => {
      state.faults.add(readFault(body, state));
      return report(state);
    },
    DELETE: ({ state }) => {
      state.faults.clear();
      state.bus.release();
      return report(state);
    },
  },
  {
    path: 'faults/release',
    POST: ({ state, body }) => {
      onlyMembers(body, []);
      state.faults.release();
      state.bus.release();
      return report(state);
    },
  },
];

/** The faults that wait for a call or an event, and the calls on hold. */
const report = ({ faults }: EmulatorState): Json => ({ waiting: faults.list(), held: faults.held() });

const kinds = Object.keys(faultKinds) as FaultKind[];
const delaying: readonly FaultKind[] = ['delay', 'event-late'];

/** The names that a fault can be limited to. Events have detail types instead, of which AWS may add more. */
const operationNames: Readonly<Record<FaultTarget, readonly string[]>> = {
  call: [...operations.keys()],
  event: [],
  queue: [...sqsOperations.keys()],
  task: Object.values(startedBy),
};

function readFault(body: JsonObject, { partners }: EmulatorState): Fault {
  const kind = readOneOf(body, 'kind', kinds);
  const target = targetOf(kind);
  const filter = target === 'event' ? 'detailType' : 'operation';
  onlyMembers(body, [filter, 'account', 'times', 'kind', 'delayMs', 'probability', 'seed']);
  const { probability } = body;
  const detailType = optionalString(body, 'detailType');
  if (delaying.includes(kind) && body.delayMs === undefined)
    throw badRequest(`The fault ${kind} requires delayMs`);
  if (probability !== undefined && !(typeof probability === 'number' && probability > 0 && probability <= 1))
    throw badRequest(`probability is ${JSON.stringify(probability)}; expected a number above 0 and up to 1`);
  return {
    kind,
    // A fault with a probability may go on forever; any other must end.
    ...((probability === undefined || body.times !== undefined) && { times: readWhole(body, 'times', 1) }),
    ...(probability !== undefined && { probability }),
    ...(body.seed !== undefined && { seed: readWhole(body, 'seed', 0) }),
    ...(body.operation !== undefined && { operation: readOneOf(body, 'operation', operationNames[target]) }),
    ...(detailType !== undefined && { detailType }),
    ...(body.account !== undefined && {
      account: readOneOf(
        body,
        'account',
        partners.list().map(({ accountId }) => accountId),
      ),
    }),
    ...(body.delayMs !== undefined && { delayMs: readWhole(body, 'delayMs', 0) }),
  };
}
