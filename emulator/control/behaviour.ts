import { instant, toMilliseconds } from '../instant.ts';
import { asString, type Json } from '../json.ts';
import { readWhole } from './read.ts';
import { badRequest, onlyMembers, type Route } from './route.ts';
import { readSettings } from './settings.ts';

/** The clock and the settings. */
export const behaviour: readonly Route[] = [
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

function readTime(value: Json): number {
  const read = instant(asString(value) ?? '');
  const time = typeof value === 'number' ? value : read === undefined ? Number.NaN : toMilliseconds(read);
  if (Number.isNaN(new Date(time).getTime()))
    throw badRequest(
      `now is ${JSON.stringify(value)}; expected an RFC 3339 timestamp or milliseconds since 1970`,
    );
  return time;
}
