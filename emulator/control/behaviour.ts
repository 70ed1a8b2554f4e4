import { type Fault, type FaultKind, faultKinds } from '../faults.ts';
import { instant, toMilliseconds } from '../instant.ts';
import { asText, isObject, type Json, type JsonObject } from '../json.ts';
import { operations } from '../operations.ts';
import { type Settings, switches } from '../settings.ts';
import { bad, onlyMembers, type Route } from './route.ts';

/** Changing how the emulator behaves from here on. */
export const behaviour: readonly Route[] = [
  {
    path: 'faults',
    GET: ({ world }) => ({ waiting: world.faults.list() }),
    POST: ({ world, body }) => {
      world.faults.add(readFault(body));
      return { waiting: world.faults.list() };
    },
    DELETE: ({ world }) => {
      world.faults.clear();
      return { waiting: [] };
    },
  },
  {
    path: 'clock',
    GET: ({ world }) => ({ now: new Date(world.clock.now()).toISOString() }),
    POST: ({ world, body }) => {
      onlyMembers(body, ['now', 'advanceMs']);
      if (Object.keys(body).length !== 1)
        throw bad('A clock is either set, with now, or moved on, with advanceMs');
      if (body.now !== undefined) world.clock.set(readTime(body.now));
      else world.clock.advance(readWhole(body, 'advanceMs', 0));
      return { now: new Date(world.clock.now()).toISOString() };
    },
  },
  {
    path: 'settings',
    GET: ({ world }) => world.settings,
    POST: ({ world, body }) => {
      Object.assign(world.settings, readSettings(body));
      return world.settings;
    },
  },
];

function readFault(body: JsonObject): Fault {
  onlyMembers(body, ['operation', 'times', 'kind', 'delayMs']);
  const { operation, kind } = body;
  const kinds = Object.keys(faultKinds);
  if (typeof kind !== 'string' || !kinds.includes(kind))
    throw bad(`kind is ${JSON.stringify(kind)}; it has to be one of ${kinds.join(', ')}`);
  if (operation !== undefined && (typeof operation !== 'string' || !operations.has(operation)))
    throw bad(
      `operation is ${JSON.stringify(operation)}; it has to be one of ${[...operations.keys()].join(', ')}`,
    );
  if (kind === 'delay' && body.delayMs === undefined) throw bad('A delay needs delayMs');
  return {
    kind: kind as FaultKind,
    times: readWhole(body, 'times', 1),
    ...(typeof operation === 'string' ? { operation } : {}),
    ...(body.delayMs === undefined ? {} : { delayMs: readWhole(body, 'delayMs', 0) }),
  };
}

function readWhole(body: JsonObject, name: string, min: number): number {
  const value = body[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value;
  throw bad(`${name} is ${JSON.stringify(value)}; it has to be a whole number from ${min}`);
}

function readTime(value: Json): number {
  const read = instant(asText(value) ?? '');
  const time = typeof value === 'number' ? value : read === undefined ? Number.NaN : toMilliseconds(read);
  if (Number.isNaN(new Date(time).getTime()))
    throw bad(
      `now is ${JSON.stringify(value)}; it has to be an RFC 3339 timestamp or milliseconds since 1970`,
    );
  return time;
}

function readSettings(body: JsonObject): Partial<Settings> {
  onlyMembers(body, [...Object.keys(switches), 'enumValues']);
  for (const [name, values] of Object.entries(switches)) {
    const value = body[name];
    if (value !== undefined && !values.some((one) => one === value))
      throw bad(`${name} is ${JSON.stringify(value)}; it has to be one of ${values.join(', ')}`);
  }
  const { enumValues } = body;
  const lists = isObject(enumValues) ? Object.values(enumValues) : [null];
  const texts = lists.every((list) => Array.isArray(list) && list.every((one) => typeof one === 'string'));
  if (enumValues !== undefined && !texts)
    throw bad('enumValues has to be lists of texts by name, {"Stage": ["New"]}');
  return body as Partial<Settings>;
}
