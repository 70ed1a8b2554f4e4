import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type Answer, gateway, type TestGateway } from './kit.ts';

const read = '{ opportunity(id: "O5000002") { id } }';
const write =
  'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "x" } } }) { changed } }';
const entities =
  '{ _entities(representations: [{ __typename: "Opportunity", id: "O5000002" }]) { __typename } }';

type Claims = {
  scope?: string;
  scp?: string[];
  iss?: string;
  aud?: string;
  sub?: string | null;
  age?: number;
};

/** A token issuer that serves its keys over HTTP. Its keys can be rotated, and its server can be down. */
async function issuer() {
  const pair = async (kid: string) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: 'ES256' };
    return { privateKey, jwk, kid };
  };
  let current = await pair('first');
  let isDown = false;
  let requestCount = 0;
  const server = createServer((_request, response) => {
    requestCount += 1;
    if (isDown) response.writeHead(503).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: [current.jwk] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    keys: () => JSON.stringify({ keys: [current.jwk] }),
    requestCount: () => requestCount,
    setDown: (isNowDown: boolean) => {
      isDown = isNowDown;
    },
    rotate: async () => {
      current = await pair('second');
    },
    token: async ({
      scope,
      scp,
      iss = 'https://issuer',
      aud = 'gateway',
      sub = 'ada',
      age = 0,
    }: Claims = {}) => {
      const now = Math.floor(Date.now() / 1_000) - age;
      const jwt = new SignJWT({ ...(scope && { scope }), ...(scp && { scp }) })
        .setProtectedHeader({ alg: 'ES256', kid: current.kid })
        .setIssuer(iss)
        .setAudience(aud)
        .setIssuedAt(now)
        .setExpirationTime(now + 60);
      return (sub ? jwt.setSubject(sub) : jwt).sign(current.privateKey);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const jwt = { AUTH: 'jwt', AUTH_ISSUER: 'https://issuer', AUTH_AUDIENCE: 'gateway' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const codes = ({ status, errors }: Answer) => [status, errors?.[0]?.extensions.code];
const both = 'opportunities:read opportunities:write';

describe('with AUTH=jwt', () => {
  test('requests without a token, or with a token that is invalid or for another audience, are rejected', async () => {
    await using idp = await issuer();
    await using gw = await gateway({ ...jwt, AUTH_JWKS: idp.keys() });
    const none = await gw.query(read);
    expect(codes(none)).toEqual([401, 'UNAUTHENTICATED']);
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="partner-central-graphql"');
    const [head, body] = (await idp.token({ scope: both })).split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    const symmetric = new SignJWT({ scope: both })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ada')
      .setExpirationTime('1m')
      .sign(new TextEncoder().encode(idp.keys()));
    for (const token of [
      'nonsense',
      `${head}.${body}.AAAA`,
      unsigned,
      await symmetric,
      await idp.token({ scope: both, iss: 'https://other' }),
      await idp.token({ scope: both, aud: 'other' }),
      await idp.token({ scope: both, age: 120 }),
      await idp.token({ scope: both, sub: null }),
    ]) {
      const answer = await gw.query(read, {}, bearer(token));
      expect(codes(answer)).toEqual([401, 'UNAUTHENTICATED']);
      expect(JSON.stringify(answer.errors)).not.toContain(token.slice(0, 20));
      expect(answer.calls).toEqual({});
    }
    expect(gw.logged.join('')).not.toContain('eyJ');
  });

  test('the challenge of a rejected request has what is wrong with its token, and nothing without a token', async () => {
    await using idp = await issuer();
    await using gw = await gateway({ ...jwt, AUTH_JWKS: idp.keys() });
    const challenge = async (query: string, headers: Record<string, string> = {}) =>
      (await gw.query(query, {}, headers)).headers.get('www-authenticate');
    const realm = 'Bearer realm="partner-central-graphql"';
    const invalid = `${realm}, error="invalid_token", error_description=`;
    expect(await challenge(read)).toBe(realm);
    expect(await challenge(read, { authorization: 'Basic YTpi' })).toBe(realm);
    expect(await challenge(read, bearer('nonsense'))).toBe(
      `${invalid}"Authorization header: expected 'Bearer <JSON Web Token>'."`,
    );
    expect(await challenge(read, bearer(await idp.token({ scope: both, age: 120 })))).toBe(
      `${invalid}"The token has expired."`,
    );
    expect(await challenge(read, bearer(await idp.token({ scope: both, aud: 'other' })))).toBe(
      `${invalid}"The token's claim 'aud' is not accepted by this gateway."`,
    );
    const scope = 'opportunities:write';
    expect(await challenge(write, bearer(await idp.token({ scope: 'opportunities:read' })))).toBe(
      `${realm}, error="insufficient_scope", scope="${scope}", error_description="This operation requires the scope '${scope}', which the token does not have."`,
    );
  });

  test('a read-only catalog is not the token’s fault, so its 403 has no challenge', async () => {
    await using gw = await gateway({ CATALOG: 'AWS' });
    const { status, headers } = await gw.query(write);
    expect([status, headers.get('www-authenticate')]).toEqual([403, null]);
  });

  test('queries and entities require the read scope, mutations the write scope', async () => {
    await using idp = await issuer();
    await using gw = await gateway({ ...jwt, AUTH_JWKS_URL: idp.url });
    const ask = async (query: string, claims: Claims) =>
      codes(await gw.query(query, {}, bearer(await idp.token(claims))));
    const fine = [200, undefined];
    const refused = [403, 'FORBIDDEN'];
    for (const query of [read, entities]) {
      expect(await ask(query, { scope: 'opportunities:read' })).toEqual(fine);
      expect(await ask(query, { scp: ['openid', 'opportunities:read'] })).toEqual(fine);
      expect(await ask(query, { scope: 'opportunities:reader' })).toEqual(refused);
      expect(await ask(query, {})).toEqual(refused);
    }
    expect(await ask(write, { scope: 'opportunities:write' })).toEqual(fine);
    expect(await ask(write, { scope: 'opportunities:read' })).toEqual(refused);
    expect(idp.requestCount()).toBe(1);
  });

  test('tokens are accepted while their issuer is down if its keys are cached, and get a 503 otherwise', async () => {
    await using idp = await issuer();
    await using gw = await gateway({ ...jwt, AUTH_JWKS_URL: idp.url });
    const ask = async () => codes(await gw.query(read, {}, bearer(await idp.token({ scope: both }))));
    idp.setDown(true);
    expect(await ask()).toEqual([503, 'UPSTREAM_UNAVAILABLE']);
    idp.setDown(false);
    expect(await ask()).toEqual([200, undefined]);
    idp.setDown(true);
    expect(await ask()).toEqual([200, undefined]);
  });

  test('each outage of the issuer is logged once, with the error and nothing of a token', async () => {
    await using idp = await issuer();
    await using gw = await gateway({ ...jwt, AUTH_JWKS_URL: idp.url });
    const ask = async () => (await gw.query(read, {}, bearer(await idp.token({ scope: both })))).status;
    const outages = () =>
      gw.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'JWKS fetch failed');
    idp.setDown(true);
    expect([await ask(), await ask()]).toEqual([503, 503]);
    expect(outages()).toEqual([
      expect.objectContaining({ level: 40, error: 'JOSEError', code: 'ERR_JOSE_GENERIC' }),
    ]);
    idp.setDown(false);
    expect(await ask()).toBe(200);
    idp.setDown(true);
    const { now } = Date;
    const later = vi.spyOn(Date, 'now').mockImplementation(() => now() + 11 * 60_000);
    try {
      expect([await ask(), await ask()]).toEqual([200, 200]);
    } finally {
      later.mockRestore();
    }
    expect(outages()).toHaveLength(2);
    expect(gw.logged.join('')).not.toContain('eyJ');
  });

  test('a token signed by a rotated key is accepted', async () => {
    await using idp = await issuer();
    await idp.rotate();
    await using gw = await gateway({ ...jwt, AUTH_JWKS_URL: idp.url, AUTH_ALGORITHMS: 'ES256' });
    expect(codes(await gw.query(read, {}, bearer(await idp.token({ scope: both }))))).toEqual([
      200,
      undefined,
    ]);
  });

  test('a token without a key id is verified by each key that fits', async () => {
    const pairs = await Promise.all([1, 2, 3].map(() => generateKeyPair('ES256')));
    const published = await Promise.all(pairs.slice(0, 2).map(({ publicKey }) => exportJWK(publicKey)));
    await using gw = await gateway({ ...jwt, AUTH_JWKS: JSON.stringify({ keys: published }) });
    const ask = async (privateKey: CryptoKey, audience = 'gateway') => {
      const token = await new SignJWT({ scope: both, sub: 'ada', iss: 'https://issuer', aud: audience })
        .setProtectedHeader({ alg: 'ES256' })
        .setExpirationTime('1m')
        .sign(privateKey);
      const { status, errors } = await gw.query(read, {}, bearer(token));
      return [status, errors?.[0]?.message];
    };
    const [first, second, unknown] = pairs.map(({ privateKey }) => privateKey) as [
      CryptoKey,
      CryptoKey,
      CryptoKey,
    ];
    expect(await ask(first)).toEqual([200, undefined]);
    expect(await ask(second)).toEqual([200, undefined]);
    expect(await ask(unknown)).toEqual([401, 'The token cannot be verified.']);
    expect(await ask(second, 'other')).toEqual([
      401,
      'The token\'s claim "aud" is not accepted by this gateway.',
    ]);
  });

  test('tokens are accepted only if they are signed with one of AUTH_ALGORITHMS', async () => {
    await using idp = await issuer();
    const env = { ...jwt, AUTH_JWKS: idp.keys(), AUTH_ALGORITHMS: 'RS256' };
    await using strict = await gateway(env);
    const token = bearer(await idp.token({ scope: 'opportunities:read' }));
    expect(codes(await strict.query(read, {}, token))).toEqual([401, 'UNAUTHENTICATED']);
    await using gw = await gateway({ ...env, AUTH_ALGORITHMS: 'RS256 ES256' });
    expect(codes(await gw.query(read, {}, token))).toEqual([200, undefined]);
  });
});

describe('a router', () => {
  const secret = 'a-secret-that-is-long-enough-for-this';
  const ask = (gw: TestGateway, query: string, headers = {}) => gw.query(query, {}, headers);

  test('a router authenticates with its secret, and requests without it are rejected', async () => {
    await using gw = await gateway({ ROUTER_SECRET: secret });
    expect(codes(await ask(gw, write, { 'x-router-secret': secret, 'x-caller-id': 'ada' }))).toEqual([
      200,
      undefined,
    ]);
    expect(codes(await ask(gw, read, { 'x-router-secret': `${secret}!` }))).toEqual([401, 'UNAUTHENTICATED']);
    expect(codes(await ask(gw, read))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('while its secret is replaced, a router may send the old one or the new one', async () => {
    const [old, next] = [secret, secret.toUpperCase()];
    await using gw = await gateway({ ROUTER_SECRET: `${old}\n${next}` });
    for (const one of [old, next])
      expect(codes(await ask(gw, read, { 'x-router-secret': one }))).toEqual([200, undefined]);
    for (const one of [`${old}\t${next}`, old.slice(1), 'x'])
      expect(codes(await ask(gw, read, { 'x-router-secret': one }))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('a router secret and tokens can be used together', async () => {
    await using idp = await issuer();
    await using gw = await gateway({ ...jwt, AUTH_JWKS: idp.keys(), ROUTER_SECRET: secret });
    expect(codes(await ask(gw, read, { 'x-router-secret': secret }))).toEqual([200, undefined]);
    expect(codes(await ask(gw, read, bearer(await idp.token({ scope: both }))))).toEqual([200, undefined]);
    expect(codes(await ask(gw, read))).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('the production catalog', () => {
  test('the production catalog is read-only unless the operator allows writes', async () => {
    await using gw = await gateway({ CATALOG: 'AWS' });
    expect(codes(await gw.query(write))).toEqual([403, 'FORBIDDEN']);
    await using willing = await gateway({ CATALOG: 'AWS', ALLOW_PRODUCTION_WRITES: 'true' });
    expect((await willing.query(write)).status).toBe(200);
  });
});

describe('authentication settings', () => {
  const problem = (env: Record<string, string>) => {
    try {
      readConfig(env);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('a gateway listens beyond loopback without authentication only if that is explicitly allowed', () => {
    expect(problem({ HOST: '0.0.0.0' })).toContain('explicitly set AUTH_ALLOW_ANONYMOUS=true');
    const anonymous = { HOST: '10.0.0.7', AUTH_ALLOW_ANONYMOUS: 'true' };
    expect(problem({ ...anonymous, ALLOWED_HOSTS: 'gateway.internal' })).toBe('');
    expect(problem(anonymous)).toContain(
      'ALLOWED_HOSTS: required with AUTH_ALLOW_ANONYMOUS=true on HOST=10.0.0.7',
    );
    expect(problem({ AUTH_ALLOW_ANONYMOUS: 'true' })).toBe('');
    expect(problem({ HOST: '10.0.0.7', ROUTER_SECRET: 's'.repeat(32) })).toBe('');
    expect(problem({ HOST: '::1' })).toBe('');
  });

  test('incomplete or weak authentication settings are refused, and secrets are not quoted', () => {
    expect(problem({ AUTH: 'jwt' }).split('\n').slice(1)).toEqual([
      '  AUTH: jwt requires either AUTH_JWKS_URL or AUTH_JWKS, for the keys that verify tokens',
      '  AUTH_ISSUER: required with AUTH=jwt',
      '  AUTH_AUDIENCE: required with AUTH=jwt',
    ]);
    expect(problem({ ROUTER_SECRET: 'hunter2' })).toBe(
      'These settings cannot be used:\n  ROUTER_SECRET: got 7 characters, expected at least 32 visible ASCII characters, without blanks; or several such secrets, separated by blanks',
    );
    for (const secret of [' '.repeat(40), `two words ${'s'.repeat(40)}`, 'ü'.repeat(40)])
      expect(problem({ ROUTER_SECRET: secret }), secret).toContain(
        `ROUTER_SECRET: got ${secret.length} characters, expected at least 32 visible ASCII characters, without blanks`,
      );
    expect(problem({ ROUTER_SECRET: `\t${'s'.repeat(40)} ` })).toBe('');
    expect(problem({ ROUTER_SECRET: '!"#$%&()*+,-./:;<=>?@[]^_`{|}~aA0' })).toBe('');
    for (const name of ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'HOST'])
      for (const value of [' ', 'https://issuer.example ', '\tx'])
        expect(problem({ [name]: value })).toMatch(
          new RegExp(`${name}: got ".*", expected .*, without blanks around it`),
        );
    expect(problem({ AUTH_ALGORITHMS: 'HS256' })).toContain('AUTH_ALGORITHMS');
    expect(problem({ AUTH_JWKS: '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}' })).toContain('public keys');
  });
});
