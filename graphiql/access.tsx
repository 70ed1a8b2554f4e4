/** Where a token goes, and an account's name: said when the gateway refuses to answer without them. */
import type { Answer, Problem } from './outcome.tsx';
import { createValue, useValue } from './value.ts';

const notice = createValue('');

/** The header that a refused request lacks, if it lacks one. */
function missingHeader({ message, extensions }: Problem): string | undefined {
  if (extensions?.code === 'UNAUTHENTICATED') return '"authorization": "Bearer <token>"';
  const isAboutAccount = extensions?.code === 'ACCOUNT_NOT_FOUND' || message.startsWith('X-Account');
  return isAboutAccount ? '"x-account": "<name of the account>"' : undefined;
}

/** Records why an answer was refused; any other one takes the notice away. */
export function recordAccess({ data, errors = [] }: Answer, isIntrospection: boolean): void {
  const [first] = errors;
  const header = first && missingHeader(first);
  if (header) {
    const todo = `Enter { ${header} } under Headers, below the operation, then press Re-fetch GraphQL schema`;
    notice.set(`${first.message.replace(/\.$/, '')}. ${todo} (Shift-Ctrl-R).`);
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
