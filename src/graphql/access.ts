/** Scopes, and the errors for callers that are not let through: shared by authentication and authorization. */
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/**
 * The scopes of tokens. Routers read their names in the schema, from `@requiresScopes`, so no setting renames them. A submission and
 * the rejection of an invitation have scopes of their own, because they cannot be taken back. The last is for the schema
 * itself where introspection is off.
 */
export const scopes = {
  read: 'opportunities:read',
  write: 'opportunities:write',
  submit: 'opportunities:submit',
  readEngagements: 'engagements:read',
  writeEngagements: 'engagements:write',
  rejectInvitations: 'invitations:reject',
  readLeads: 'leads:read',
  writeLeads: 'leads:write',
  writeSettings: 'settings:write',
  writeJobs: 'jobs:write',
  schema: 'schema:read',
} as const;

/**
 * The scopes of what has no partner identifier, and can have data of any opportunity: engagements, invitations, leads. Callers
 * with a row-level view are refused it, but for the types that show one opportunity only.
 */
const scopesBeyondViews: ReadonlySet<string> = new Set([
  scopes.readEngagements,
  scopes.writeEngagements,
  scopes.rejectInvitations,
  scopes.readLeads,
  scopes.writeLeads,
]);
const typesInViews: ReadonlySet<string> = new Set(['OpportunityHistoryEntry', 'ResourceSnapshot']);

/** The scopes that fields of an input require beside those of the mutation; `@requiresScopes` is not for inputs. */
export const inputScopes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CreateOpportunityInput: { submit: scopes.submit },
  SubmitOpportunityInput: { associate: scopes.write, patch: scopes.write },
};

const codes = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 503: 'UPSTREAM_UNAVAILABLE' } as const;

/** What is wrong with a token, in the terms of RFC 6750. */
type TokenError = { error: 'invalid_token' } | { error: 'insufficient_scope'; scope: string };

/** The challenge of RFC 6750. A request without a token gets no error in it; quotes are not allowed in a description. */
function challengeOf(message: string, tokenError: TokenError | undefined): string {
  const described = tokenError && { ...tokenError, error_description: message.replaceAll('"', "'") };
  const parameters = Object.entries({ realm: 'partner-central-graphql', ...described });
  return `Bearer ${parameters.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
}

/** A GraphQL error with its HTTP status; 503 if the caller cannot be verified at the moment. */
export function authError(
  message: string,
  status: keyof typeof codes,
  tokenError?: TokenError,
): GraphQLError {
  const headers = new HeaderMap();
  if (status === 401 || tokenError) headers.set('www-authenticate', challengeOf(message, tokenError));
  const extensions: Record<string, unknown> = { code: codes[status], http: { status, headers } };
  return new GraphQLError(message, { extensions });
}

/** The scopes that are required, all of them, and what requires them. */
export type Requirement = {
  what: string;
  scopes: readonly string[];
  consequence?: string;
  /** The type that requires them, if it is one. */
  type?: string;
};

/** @throws GraphQLError FORBIDDEN (403) about the first scope that the caller does not have */
export function assertScopes(required: readonly Requirement[], granted: ReadonlySet<string>): void {
  for (const { what, scopes, consequence = '' } of required) {
    const scope = scopes.find((one) => !granted.has(one));
    if (scope)
      throw authError(
        `${what} requires the scope "${scope}", which the token does not have${consequence}.`,
        403,
        {
          error: 'insufficient_scope',
          scope,
        },
      );
  }
}

/** @throws GraphQLError FORBIDDEN (403) for what a caller with a row-level view must not see */
export function assertInView(required: readonly Requirement[]): void {
  const beyond = required.find(
    ({ scopes, type = '' }) => !typesInViews.has(type) && scopes.some((one) => scopesBeyondViews.has(one)),
  );
  if (beyond)
    throw authError(
      `${beyond.what} is not for callers who see only some of the opportunities: engagements, invitations and leads have no partnerOpportunityIdentifier.`,
      403,
    );
}

/** @throws GraphQLError FORBIDDEN (403) if the operator has not enabled writes to the production catalog */
export function assertMayWrite({ mayWrite }: { mayWrite: boolean }): void {
  if (mayWrite) return;
  throw authError(
    'This gateway only reads the production catalog: its operator has not set ALLOW_PRODUCTION_WRITES=true.',
    403,
  );
}

/** The mutations that write nothing at AWS: a gateway that only reads has them, too. */
export const localMutations: ReadonlySet<string> = new Set([
  'exportOpportunities',
  'pauseBulkJob',
  'resumeBulkJob',
  'cancelBulkJob',
  'deleteBulkJob',
]);
