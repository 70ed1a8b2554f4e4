import { type Fault, type FaultKind, faultKinds } from '../faults.ts';
import { instant, toMilliseconds } from '../instant.ts';
import { asString, type Json, type JsonObject } from '../json.ts';
import { operations } from '../operations.ts';
import type { EmulatorState } from '../state.ts';
import { readOneOf, readWhole } from './read.ts';
import { badRequest, onlyMembers, type Route } from './route.ts';
import { readSettings } from './settings.ts';

/** Faults, the clock and the settings. */
export const behaviour: readonly Route[] = [
  {
    path: 'faults',
    GET: ({ state }) => report(state),
    POST: ({ state, body }) => {
      state.faults.add(readFault(body, state));
      return report(state);
    },
    DELETE: ({ state }) => {
      state.faults.clear();
      return report(state);
    },
  },
  {
    path: 'faults/release',
    POST: ({ state, body }) => {
      onlyMembers(body, []);
      state.faults.release();
      return report(state);
    },
  },
  {
    path: 'clock',
    GET: ({ state }) => ({ now: new Date(state.clock.now()).toISOString() }),
    POST: ({ state, body }) => {
      onlyMembers(body, ['now', 'advanceMs']);
      if (Object.keys(body).length !== 1)
        throw badRequest('Either set the clock, with now, or advance it, with advanceMs');
      if (body.now !== undefined) state.clock.set(readTime(body.now));
      else state.clock.advance(readWhole(body, 'advanceMs', 0));
      return { now: new Date(state.clock.now()).toISOString() };
    },
  },
  {
    path: 'settings',
    GET: ({ state }) => state.settings,
    POST: ({ state, body }) => {
      Object.assign(state.settings, readSettings(body));
      return state.settings;
    },
  },
];

/** The faults that wait for a call, and the calls that are held. */
const report = ({ faults }: EmulatorState): Json => ({ waiting: faults.list(), held: faults.held() });

const kinds = Object.keys(faultKinds) as FaultKind[];

function readFault(body: JsonObject, { partners }: EmulatorState): Fault {
  onlyMembers(body, ['operation', 'account', 'times', 'kind', 'delayMs', 'probability', 'seed']);
  const kind = readOneOf(body, 'kind', kinds);
  const { probability } = body;
  if (kind === 'delay' && body.delayMs === undefined) throw badRequest('A delay requires delayMs');
  if (probability !== undefined && !(typeof probability === 'number' && probability > 0 && probability <= 1))
    throw badRequest(`probability is ${JSON.stringify(probability)}; expected a number above 0 and up to 1`);
  return {
    kind,
    // A fault with a probability may go on forever; any other must end.
    ...((probability === undefined || body.times !== undefined) && { times: readWhole(body, 'times', 1) }),
    ...(probability !== undefined && { probability }),
    ...(body.seed !== undefined && { seed: readWhole(body, 'seed', 0) }),
    ...(body.operation !== undefined && {
      operation: readOneOf(body, 'operation', [...operations.keys()]),
    }),
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

function readTime(value: Json): number {
  const read = instant(asString(value) ?? '');
  const time = typeof value === 'number' ? value : read === undefined ? Number.NaN : toMilliseconds(read);
  if (Number.isNaN(new Date(time).getTime()))
    throw badRequest(
      `now is ${JSON.stringify(value)}; expected an RFC 3339 timestamp or milliseconds since 1970`,
    );
  return time;
}
