import { resetState } from '../state.ts';
import { optionalBoolean } from './read.ts';
import { onlyMembers, type Route } from './route.ts';

/** Health, the call log and the reset. */
export const observation: readonly Route[] = [
  { path: 'health', GET: ({ state }) => ({ status: 'ok', opportunities: state.store.all().length }) },
  {
    path: 'calls',
    GET: ({ state }) => state.calls.report(),
    DELETE: ({ state }) => {
      state.calls.clear();
      return state.calls.report();
    },
  },
  {
    path: 'reset',
    POST: ({ state, body, changed }) => {
      onlyMembers(body, ['seed']);
      resetState(state, { seed: optionalBoolean(body, 'seed', true) });
      changed();
      return { opportunities: state.store.all().length };
    },
  },
];
