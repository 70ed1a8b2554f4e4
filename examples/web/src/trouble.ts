import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { GraphQLFormattedError } from 'graphql';

const said: Record<string, string> = {
  UPSTREAM_UNAVAILABLE: 'AWS does not answer at the moment. Nothing of yours is lost.',
  QUOTA_EXHAUSTED: 'The day’s quota of AWS is spent.',
  FORBIDDEN: 'AWS does not let this account do that.',
};

/** For every query: a value that AWS has added is null with an error beside it, and the rest of the answer stands. */
export const tolerant = { errorPolicy: 'all' } as const;

/** What a person should know of an error. A value that this release does not know yet is none of their trouble. */
export function troubleOf(error: unknown): string | undefined {
  if (!error) return undefined;
  if (!CombinedGraphQLErrors.is(error)) return 'The gateway cannot be reached.';
  const [worst] = error.errors.filter(({ extensions }) => extensions?.code !== 'UNKNOWN_ENUM_VALUE');
  if (!worst) return undefined;
  const { code, retryAfterMs } = worst.extensions ?? {};
  if (code === 'THROTTLED') {
    const seconds = Math.ceil(Number(retryAfterMs ?? 1_000) / 1_000);
    return `AWS takes no more calls just now. Try again in ${seconds} s.`;
  }
  return said[String(code)] ?? worst.message;
}

/** The texts of values that this release of the gateway does not know, by the dotted path below the record. */
export function unknownValues(error: unknown): ReadonlyMap<string, string> {
  const errors: readonly GraphQLFormattedError[] = CombinedGraphQLErrors.is(error) ? error.errors : [];
  return new Map(
    errors
      .filter(({ extensions }) => extensions?.code === 'UNKNOWN_ENUM_VALUE')
      .map(({ path = [], extensions }) => [path.slice(1).join('.'), String(extensions?.value)]),
  );
}
