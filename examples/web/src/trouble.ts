import { CombinedGraphQLErrors } from '@apollo/client/errors';

const messages: Record<string, string> = {
  UPSTREAM_UNAVAILABLE: 'AWS does not respond at the moment.',
  QUOTA_EXHAUSTED: 'The daily quota of AWS calls is used up.',
  FORBIDDEN: 'AWS does not allow this account to do that.',
};

/** Keeps the fields that arrived beside one that failed. Apollo Client's default discards the whole response. */
export const partial = { errorPolicy: 'all' } as const;

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
