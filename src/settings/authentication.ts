import { algorithms, flag, httpUrl, integer, keySet, oneOf, routerSecrets, text } from './kinds.ts';

export const authentication = {
  AUTH: oneOf('none', 'jwt')
    .default('none')
    .describe(
      '`none`, or `jwt`: callers send a JSON Web Token whose `scope` or `scp` has the [scopes](security.md#scopes) of what they do.',
    ),
  AUTH_JWKS_URL: httpUrl.optional().describe("The URL of the issuer's keys."),
  AUTH_JWKS: keySet.optional().describe('Alternatively, the keys as a JSON Web Key Set.'),
  AUTH_ISSUER: text('the "iss" of tokens').optional().describe('The required `iss` of tokens.'),
  AUTH_AUDIENCE: text('the "aud" of tokens').optional().describe('The required `aud` of tokens.'),
  AUTH_ALGORITHMS: algorithms
    .default(['RS256', 'ES256', 'EdDSA'])
    .describe('The accepted signature algorithms.'),
  AUTH_CLOCK_TOLERANCE_SECONDS: integer('a whole number of seconds', 0, 300)
    .default(5)
    .describe('The accepted clock skew.'),
  AUTH_ALLOW_ANONYMOUS: flag('true', 'false')
    .default(false)
    .describe(
      '`true` accepts unauthenticated callers wherever the gateway listens; beyond loopback under the names of `ALLOWED_HOSTS` only.',
    ),
  ROUTER_SECRET: routerSecrets
    .default([])
    .describe(
      'At least 32 visible ASCII characters, without blanks, that a router sends as `x-router-secret`; it may name its caller in `x-caller-id`, and pass on claims about it in `x-caller-claims`. Several, separated by blanks, are all accepted, so that a secret can be replaced without an outage.',
    ),
};
