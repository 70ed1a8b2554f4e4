/**
 * Malicious requests: never a 5xx, never an internal error, and the gateway keeps working. `RUNS=5000` runs longer and
 * prints the counts.
 */
import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { base64url, exportJWK, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { operations } from './arbitraries.ts';
import { type Answer, gateway, type TestGateway } from './kit.ts';
import { post } from './program.ts';

const numRuns = Number(process.env.RUNS ?? 120);
const timeoutMs = 600_000;
const hello = { query: '{ quota { read { perSecond } } }' };

function counter() {
  const seen: Record<string, number> = {};
  return {
    add: (name: unknown): void => {
      seen[String(name)] = (seen[String(name)] ?? 0) + 1;
    },
    /** Prints the counts in a long run, and checks that the gateway logged no internal error and still works. */
    async finish(what: string, gw: TestGateway, headers: Record<string, string> = {}): Promise<void> {
      if (process.env.RUNS) process.stdout.write(`${what}: ${JSON.stringify(seen)}\n`);
      expect(gw.logged.filter((line) => /internal error|transport error/.test(line))).toEqual([]);
      expect((await post(`${gw.url}/graphql`, hello, headers)).status).toBe(200);
    },
  };
}

test.each(['query', 'mutation'] as const)(
  'random operations (%s) result in data or a client error',
  async (kind) => {
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '5000' });
    const counts = counter();
    const known = [
      'BAD_USER_INPUT',
      // The test kit's gateway has no index.
      'INDEX_OFF',
      'GRAPHQL_VALIDATION_FAILED',
      'GRAPHQL_PARSE_FAILED',
      'OPERATION_TOO_EXPENSIVE',
    ];
    await fc.assert(
      fc.asyncProperty(operations(kind), async (operation) => {
        const response = await post(`${gw.url}/graphql`, operation);
        const { errors = [] } = (await response.json()) as Answer;
        counts.add(response.status);
        for (const { extensions } of errors) counts.add(extensions.code);
        expect(response.status).toBeLessThan(500);
        expect(errors.filter(({ extensions }) => !known.includes(String(extensions.code)))).toEqual([]);
      }),
      { numRuns },
    );
    await counts.finish(`random operations, ${kind}`, gw);
  },
  timeoutMs,
);

test(
  'random bodies never result in a 5xx',
  async () => {
    await using gw = await gateway();
    const counts = counter();
    const json = JSON.stringify({ ...hello, variables: { a: 1 }, extensions: {}, operationName: null });
    const broken = fc
      .tuple(fc.nat(json.length - 1), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([at, text]) => Buffer.from(json.slice(0, at) + text + json.slice(at + 1)));
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .dictionary(
          fc.constantFrom('query', 'variables', 'operationName', 'extensions', '__proto__'),
          fc.jsonValue(),
        )
        .map((value) => Buffer.from(JSON.stringify(value))),
      broken,
    );
    const type = fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'application/graphql',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      '',
      'application/json;',
    );
    await fc.assert(
      fc.asyncProperty(body, type, async (bytes, contentType) => {
        const response = await fetch(`${gw.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': contentType },
          body: new Uint8Array(bytes),
        });
        counts.add(response.status);
        expect(response.status).toBeLessThan(500);
        expect(response.headers.get('content-type')).toMatch(/json/);
        await response.json();
      }),
      { numRuns },
    );
    await counts.finish('random bodies', gw);
  },
  timeoutMs,
);

test(
  'random headers never result in a 5xx',
  async () => {
    await using gw = await gateway();
    const counts = counter();
    const name = fc.constantFrom(
      'accept',
      'accept-encoding',
      'authorization',
      'cache-control',
      'cookie',
      'idempotency-key',
      'origin',
      'sec-fetch-site',
      'traceparent',
      'tracestate',
      'user-agent',
      'x-caller-id',
      'x-forwarded-for',
      'x-request-id',
      'x-router-secret',
      'x-upstream-dry-run',
      'access-control-request-method',
      'apollo-require-preflight',
      'if-none-match',
      'range',
      '__proto__',
      'constructor',
    );
    const value = fc.oneof(
      fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
      fc.constantFrom(
        '*/*',
        'text/html',
        'application/json;q=0',
        'gzip, br;q=0.1, identity;q=0',
        '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff',
        '1',
        'no-cache',
        'null',
        `${'a'.repeat(4_000)}`,
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true }), async (headers) => {
        const status = await new Promise<number>((resolve, reject) => {
          const sent = request(
            `${gw.url}/graphql`,
            { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
            (response) => {
              response.resume().once('end', () => resolve(response.statusCode ?? 0));
            },
          ).once('error', reject);
          sent.end(JSON.stringify(hello));
        });
        counts.add(status);
        expect(status).toBeLessThan(500);
      }),
      { numRuns },
    );
    await counts.finish('random headers', gw);
  },
  timeoutMs,
);

test(
  'random bytes on a socket never result in a 5xx, and other connections keep working',
  async () => {
    await using gw = await gateway();
    const counts = counter();
    const { port } = new URL(gw.url);
    const start = fc.constantFrom(
      '',
      'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\n',
      'GET /graphql?query= HTTP/1.1\r\n',
      'POST /graphql HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (head, bytes) => {
        const reply = await new Promise<string>((resolve) => {
          let text = '';
          const socket = connect(Number(port), '127.0.0.1', () =>
            socket.end(Buffer.concat([Buffer.from(head), bytes])),
          );
          socket.on('data', (chunk) => (text += chunk));
          socket.once('error', () => {});
          socket.once('close', () => resolve(text));
        });
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1] ?? 0);
        counts.add(status || 'closed');
        expect(status).toBeLessThan(500);
      }),
      { numRuns },
    );
    await counts.finish('random bytes on the socket', gw);
  },
  timeoutMs,
);

test(
  'forged, expired and altered tokens are rejected',
  async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const other = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' };
    await using gw = await gateway({
      AUTH: 'jwt',
      AUTH_JWKS: JSON.stringify({ keys: [jwk] }),
      AUTH_ISSUER: 'https://issuer',
      AUTH_AUDIENCE: 'gateway',
      CORS_ORIGINS: '',
    });
    const counts = counter();
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: 'https://issuer',
      aud: 'gateway',
      sub: 'ada',
      exp: now + 3_600,
      scope: 'opportunities:read',
    };
    const sign = (payload: object, header: object = {}, key: KeyObject = privateKey) =>
      new SignJWT({ ...payload }).setProtectedHeader({ alg: 'RS256', kid: 'k', ...header }).sign(key);
    const forged = (header: object, payload: object, signature = '') =>
      `${[header, payload].map((part) => base64url.encode(JSON.stringify(part))).join('.')}.${signature}`;
    const byPublicKey = (header: object) => {
      const text = forged(header, claims).slice(0, -1);
      const secret = publicKey.export({ type: 'spki', format: 'pem' });
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    };
    const good = await sign(claims);
    const allowed = { authorization: `Bearer ${good}` };
    const status = async (token: string) => {
      const { status } = await post(`${gw.url}/graphql`, hello, { authorization: `Bearer ${token}` });
      counts.add(status);
      return status;
    };
    expect(await status(good)).toBe(200);

    for (const token of [
      forged({ alg: 'none' }, claims),
      forged({ alg: 'None', kid: 'k' }, claims, 'x'),
      byPublicKey({ alg: 'HS256', kid: 'k' }),
      forged({ alg: 'RS256', kid: 'k', jwk }, claims, 'x'),
      await sign(claims, {}, other.privateKey),
      await sign(claims, { jku: 'http://127.0.0.1:9/keys', kid: '../../etc/passwd' }),
      await sign(claims, { kid: "k' OR 1=1" }, other.privateKey),
      await sign(claims, { crit: ['unheard'], unheard: 1 }).catch(() => 'a.b.c'),
      await sign({ ...claims, exp: now - 3_600 }),
      await sign({ ...claims, nbf: now + 3_600 }),
      await sign({ ...claims, aud: 'another' }),
      await sign({ ...claims, iss: 'https://issuer/' }),
      await sign({ iss: claims.iss, aud: claims.aud, exp: claims.exp, scope: claims.scope }),
      await sign({ iss: claims.iss, aud: claims.aud, sub: 'ada', scope: claims.scope }),
      `${good}.${good}`,
      good.split('.').slice(0, 2).join('.'),
      `${'a'.repeat(6_000)}.b.c`,
    ])
      expect(await status(token), token.slice(0, 80)).toBe(401);

    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.constantFrom(...'AZaz09-_.=+/ '), async (at, letter) => {
        const token = good.slice(0, at) + letter + good.slice(at + 1);
        // The last characters of base64 have bits that are not decoded.
        const bits = (text: string) =>
          text
            .split('.')
            .map((part) => Buffer.from(part, 'base64url').toString('hex'))
            .join();
        fc.pre(bits(token) !== bits(good));
        expect(await status(token)).toBe(401);
      }),
      { numRuns },
    );
    expect(
      await status(await sign({ ...claims, scope: ['opportunities:read'] as never, scp: { a: 1 } as never })),
    ).toBeLessThan(500);
    await counts.finish('hostile tokens', gw, allowed);
  },
  timeoutMs,
);
