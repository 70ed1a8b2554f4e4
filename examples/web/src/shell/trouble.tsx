import { CombinedGraphQLErrors } from '@apollo/client/errors';

const messages: Record<string, string> = {
  UPSTREAM_UNAVAILABLE: 'AWS does not respond at the moment.',
  QUOTA_EXHAUSTED: 'The daily quota of AWS calls is used up.',
  FORBIDDEN: 'AWS does not allow this account to do that.',
  JOBS_UNAVAILABLE:
    'The gateway has nowhere to store jobs, so none can be started. Its operator can set JOBS_FILE or REDIS_URL.',
  INDEX_OFF: 'This needs the index of opportunities, which is off: the gateway has to run with INDEX=on.',
  INDEX_BUILDING: 'The index of opportunities is being built. Try again in a moment.',
};

/** What the user should know about an error. */
export function troubleOf(error: unknown): string | undefined {
  if (!error) return undefined;
  if (!CombinedGraphQLErrors.is(error)) return 'The gateway cannot be reached.';
  const [first] = error.errors;
  const { code, retryAfterMs } = first?.extensions ?? {};
  if (code === 'THROTTLED') {
    const seconds = Math.ceil(Number(retryAfterMs ?? 1_000) / 1_000);
    return `AWS accepts no more calls at the moment. Try again in ${seconds} s.`;
  }
  return messages[String(code)] ?? first?.message;
}

/** Why a form has not been saved. If the answer was lost, it may have been. */
export const saveTroubleOf = (error: unknown): string =>
  CombinedGraphQLErrors.is(error)
    ? `Nothing was saved. ${troubleOf(error)}`
    : `${troubleOf(error) ?? ''} It is not certain that this was saved. Try again.`.trim();

/** An error at the place of what it prevented, and a way to try again. Renders nothing without one. */
export function Trouble({ children, onRetry }: { children: string | undefined; onRetry?: () => unknown }) {
  if (!children) return null;
  return (
    <p className="trouble" role="alert">
      {children}{' '}
      {onRetry && (
        <button type="button" onClick={() => void onRetry()}>
          Try again
        </button>
      )}
    </p>
  );
}
