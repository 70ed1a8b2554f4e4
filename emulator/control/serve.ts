import type { IncomingMessage, ServerResponse } from 'node:http';
import { runDueTasks } from '../engagements/due-tasks.ts';
import { ApiError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { EmulatorState } from '../state.ts';
import { json, parseObject, readBody, send } from '../wire/http.ts';
import type { Hooks } from '../wire/serve.ts';
import { accounts } from './accounts.ts';
import { behaviour } from './behaviour.ts';
import { connections } from './connections.ts';
import { events } from './events.ts';
import { faults } from './faults.ts';
import { invitations } from './invitations.ts';
import { leads } from './leads.ts';
import { lifecycle } from './lifecycle.ts';
import { observation } from './observation.ts';
import { queues } from './queues.ts';
import { accountOf } from './read.ts';
import { records } from './records.ts';
import { badRequest, ControlError, type Route } from './route.ts';
import { summaries } from './summaries.ts';

/** Every call of the control surface. */
export const routes: readonly Route[] = [
  ...observation,
  ...accounts,
  ...connections,
  ...records,
  ...summaries,
  ...lifecycle,
  ...invitations,
  ...leads,
  ...events,
  ...queues,
  ...faults,
  ...behaviour,
];

/** Answers a call of the control surface: JSON in and out, no credentials. */
export async function serveControl(
  req: IncomingMessage,
  res: ServerResponse,
  state: EmulatorState,
  hooks: Hooks,
): Promise<void> {
  const text = await readBody(req);
  try {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://emulator');
    const { handler, name } = find(req.method ?? '', pathname);
    const body = text === undefined ? undefined : parseObject(text);
    if (!body) throw badRequest('The body must be a JSON object of at most 1 MB');
    if (runDueTasks(state)) hooks.changed();
    const own = state.accounts.of(accountOf(searchParams, state));
    let isChanged = false;
    const changed = () => {
      isChanged = true;
    };
    const answer = handler({ state, own, name, query: searchParams, body, changed });
    // The clock may have been moved.
    if (runDueTasks(state)) changed();
    if (isChanged) await hooks.commit();
    send(res, json(200, answer));
  } catch (thrown) {
    send(res, json(statusOf(thrown), { error: thrown instanceof Error ? thrown.message : String(thrown) }));
  }
}

/** Input that the service would refuse is refused here too, with its message. */
function statusOf(thrown: unknown): number {
  if (thrown instanceof ControlError) return thrown.status;
  return thrown instanceof ApiError ? 400 : 500;
}

type Handler = NonNullable<Route['GET']>;

function find(method: string, pathname: string): { handler: Handler; name: string } {
  for (const route of routes) {
    const name = match(route.path, pathname);
    if (name === undefined) continue;
    const handler = Object.hasOwn(route, method) ? (route as Record<string, unknown>)[method] : undefined;
    const methods = Object.keys(route).filter((key) => key !== 'path');
    if (typeof handler !== 'function')
      throw new ControlError(405, `${pathname} supports ${methods.join(', ')}, not ${method}`);
    return { handler: handler as Handler, name };
  }
  const known: Json = routes.map((route) => `/_emulator/${route.path}`);
  throw new ControlError(404, `${pathname} not found; expected one of ${known.join(', ')}`);
}

/** The value of the placeholder, `''` for a matching path without one, `undefined` for another path. */
function match(path: string, pathname: string): string | undefined {
  const expected = `/_emulator/${path}`.split('/');
  const given = pathname.split('/');
  const fits = (step: string, index: number) =>
    step === given[index] || (step.startsWith(':') && given[index] !== '');
  if (expected.length !== given.length || !expected.every(fits)) return undefined;
  const placeholder = expected.findIndex((step) => step.startsWith(':'));
  return decodeURIComponent(given[placeholder] ?? '');
}
