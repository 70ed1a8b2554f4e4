import { resetState } from '../reset.ts';
import { accountOf, optionalBoolean } from './read.ts';
import { onlyMembers, type Route } from './route.ts';

/** Health, the call log and the reset. */
export const observation: readonly Route[] = [
  { path: 'health', GET: ({ own }) => ({ status: 'ok', opportunities: own.store.all().length }) },
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
    POST: ({ state, own, body, changed }) => {
      onlyMembers(body, ['seed']);
      resetState(state, { seed: optionalBoolean(body, 'seed', true) });
      changed();
      // The account's state is a new one.
      return { opportunities: state.accounts.of(own.accountId).store.all().length };
    },
  },
];
