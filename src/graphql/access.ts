/** Scopes, and the errors for callers that are not let through: shared by authentication and authorization. */
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** The scopes of tokens. Routers read the same names in the schema, from `@requiresScopes`, so no setting renames them. */
export const scopes = { read: 'opportunities:read', write: 'opportunities:write' } as const;

const codes = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 503: 'UPSTREAM_UNAVAILABLE' } as const;

/** A GraphQL error with its HTTP status; 503 if the caller cannot be verified at the moment. */
export function authError(message: string, status: keyof typeof codes): GraphQLError {
  const headers = new HeaderMap();
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  const extensions: Record<string, unknown> = { code: codes[status], http: { status, headers } };
  return new GraphQLError(message, { extensions });
}
