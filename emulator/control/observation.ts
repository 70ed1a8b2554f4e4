import { resetState } from '../reset.ts';
import { countOpportunities } from '../state.ts';
import { accountOf, optionalBoolean } from './read.ts';
import { onlyMembers, type Route } from './route.ts';

/** Health, the call log and the reset. */
export const observation: readonly Route[] = [
  { path: 'health', GET: ({ state }) => ({ status: 'ok', opportunities: countOpportunities(state) }) },
  {
    path: 'calls',
    GET: ({ state, query }) => state.calls.report(query.has('account') ? accountOf(query, state) : undefined),
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
      return { opportunities: countOpportunities(state) };
    },
  },
];
