/** Where a token goes, and an account's name: said when the gateway refuses to answer without them. */
import type { Answer } from './outcome.tsx';
import { createValue, useValue } from './value.ts';

const notice = createValue('');

const advice: Record<string, string> = {
  UNAUTHENTICATED: 'Enter { "authorization": "Bearer <token>" } under Headers, below the operation',
  ACCOUNT_NOT_FOUND: 'Enter { "x-account": "<name of the account>" } under Headers, below the operation',
};

/** Records why an answer was refused; any other one takes the notice away. */
export function recordAccess({ data, errors = [] }: Answer, isIntrospection: boolean): void {
  const [refusal] = errors.filter(({ extensions }) => extensions?.code && extensions.code in advice);
  const [first] = errors;
  if (refusal) {
    const todo = advice[refusal.extensions?.code ?? ''];
    notice.set(`${refusal.message} ${todo}, then press Re-fetch GraphQL schema (Shift-Ctrl-R).`);
  } else if (isIntrospection && !data && first) {
    notice.set(`Without documentation and completion: the schema could not be fetched. ${first.message}`);
  } else notice.set('');
}

/** The notice above everything else, while there is one. */
export function AccessNotice() {
  const text = useValue(notice);
  return (
    <div className="notice" role="alert">
      {text && <p>{text}</p>}
    </div>
  );
}
