import { resetWorld } from '../world.ts';
import { optionalBoolean } from './read.ts';
import { onlyMembers, type Route } from './route.ts';

/** Looking at the emulator, and starting over. */
export const observation: readonly Route[] = [
  { path: 'health', GET: ({ world }) => ({ status: 'ok', opportunities: world.store.all().length }) },
  {
    path: 'calls',
    GET: ({ world }) => world.calls.report(),
    DELETE: ({ world }) => {
      world.calls.clear();
      return world.calls.report();
    },
  },
  {
    path: 'reset',
    POST: ({ world, body, changed }) => {
      onlyMembers(body, ['seed']);
      resetWorld(world, { seed: optionalBoolean(body, 'seed', true) });
      changed();
      return { opportunities: world.store.all().length };
    },
  },
];
