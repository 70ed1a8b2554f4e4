import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { GraphQLFormattedError } from 'graphql';

const messages: Record<string, string> = {
  UPSTREAM_UNAVAILABLE: 'AWS is not responding at the moment. None of your changes are lost.',
  QUOTA_EXHAUSTED: 'The daily AWS quota is exhausted.',
  FORBIDDEN: 'AWS does not allow this account to do that.',
};

/** For every query: an enum value that AWS has added is null with an error, and the rest of the response is valid. */
export const partialData = { errorPolicy: 'all' } as const;

/** The message of an error for the user, if any: an unknown enum value is not a failure. */
export function errorMessage(error: unknown): string | undefined {
  if (!error) return undefined;
  if (!CombinedGraphQLErrors.is(error)) return 'The gateway cannot be reached.';
  const [worst] = error.errors.filter(({ extensions }) => extensions?.code !== 'UNKNOWN_ENUM_VALUE');
  if (!worst) return undefined;
  const { code, retryAfterMs } = worst.extensions ?? {};
  if (code === 'THROTTLED') {
    const seconds = Math.ceil(Number(retryAfterMs ?? 1_000) / 1_000);
    return `AWS is throttling calls. Try again in ${seconds} s.`;
  }
  return messages[String(code)] ?? worst.message;
}

/** Enum values that this version of the gateway does not have, by their dotted paths in the record. */
export function unknownValues(error: unknown): ReadonlyMap<string, string> {
  const errors: readonly GraphQLFormattedError[] = CombinedGraphQLErrors.is(error) ? error.errors : [];
  return new Map(
    errors
      .filter(({ extensions }) => extensions?.code === 'UNKNOWN_ENUM_VALUE')
      .map(({ path = [], extensions }) => [path.slice(1).join('.'), String(extensions?.value)]),
  );
}
