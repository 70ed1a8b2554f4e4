/** Answers of AWS and of a token issuer that never end, in bytes or in time. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { type Answer, gateway, gatewayOn } from './kit.ts';
import { post } from './program.ts';
import { stopTime } from './time.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server for one test: `await using server = await serve(handler)`. */
async function serve(handler: Handler) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const offered = 500_000_000;
/** The most that a server can have written when a reader stops: kernels buffer a few megabytes for each side. */
const buffered = 30_000_000;

/** Answers every request with 500 MB of JSON, and counts what the reader of each took until it closed the connection. */
function flood({ status = 200, isCompressed = false } = {}) {
  const answers: Promise<number>[] = [];
  async function answer(response: ServerResponse): Promise<number> {
    let length = 0;
    function* chunks() {
      yield '{"Id":"';
      const chunk = 'x'.repeat(100_000);
      for (; length < offered; length += chunk.length) yield chunk;
    }
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(isCompressed && { 'content-encoding': 'gzip' }),
    });
    const encoding = isCompressed ? createGzip() : new PassThrough();
    await pipeline(Readable.from(chunks()), encoding, response).catch(() => {});
    return length;
  }
  const handler: Handler = (request, response) => {
    request.resume();
    answers.push(answer(response));
  };
  return { handler, taken: () => Promise.all(answers) };
}

const query = { query: '{ opportunity(id: "O5000002") { id marketing { source } } }' };
const ask = async (url: string, headers = {}) => {
  const response = await post(`${url}/graphql`, query, headers);
  const { data, errors } = (await response.json()) as Answer;
  return { status: response.status, data, message: errors?.[0]?.message, code: errors?.[0]?.extensions.code };
};

describe('an answer of AWS', () => {
  test.each([200, 400, 500])(
    'an answer of AWS above 10 MB is cut off while it is read (status %i)',
    async (status) => {
      const { handler, taken } = flood({ status });
      await using aws = await serve(handler);
      await using gw = await gatewayOn(aws.url);
      expect(await ask(gw.url)).toEqual({
        status: 200,
        data: { opportunity: null },
        message: "AWS's answer to GetOpportunity is longer than 10 MB.",
        code: 'UPSTREAM_UNAVAILABLE',
      });
      const lengths = await taken();
      expect(lengths.length).toBeGreaterThan(0);
      expect(lengths.length).toBeLessThanOrEqual(2);
      for (const length of lengths) expect(length).toBeLessThan(buffered);
    },
  );

  test('a compressed answer of AWS is not decompressed, since the gateway asks for none', async () => {
    const record = { Catalog: 'Sandbox', Id: 'O5000002' };
    const asked: unknown[] = [];
    await using aws = await serve((request, response) => {
      asked.push(request.resume().headers['accept-encoding']);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(record)));
    });
    await using gw = await gatewayOn(aws.url);
    expect(await ask(gw.url)).toMatchObject({
      message: 'AWS could not answer GetOpportunity (SyntaxError).',
      code: 'UPSTREAM_UNAVAILABLE',
    });
    expect(new Set(asked)).toEqual(new Set([undefined]));
  });

  test('an answer of AWS that trickles in ends at the deadline of its request', async () => {
    using time = stopTime();
    const started = Promise.withResolvers<void>();
    await using aws = await serve((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).write('{', () => started.resolve());
    });
    await using gw = await gatewayOn(aws.url, { REQUEST_TIMEOUT_MS: '2000' });
    const answer = ask(gw.url);
    await started.promise;
    await time.pass(2_000);
    expect(await answer).toMatchObject({
      message: 'AWS did not answer GetOpportunity in time.',
      code: 'UPSTREAM_UNAVAILABLE',
    });
  });
});

describe('a key set', () => {
  const jwt = { AUTH: 'jwt', AUTH_ISSUER: 'https://issuer', AUTH_AUDIENCE: 'gateway' };

  /** An issuer whose answer a test replaces, and a token of it. */
  async function issuer() {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }];
    const issued: { handler: Handler } = {
      handler: (_request, response) => response.end(JSON.stringify({ keys })),
    };
    const server = await serve((request, response) => issued.handler(request, response));
    const token = await new SignJWT({ scope: 'opportunities:read' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(jwt.AUTH_ISSUER)
      .setAudience(jwt.AUTH_AUDIENCE)
      .setSubject('ada')
      .setExpirationTime('1h')
      .sign(privateKey);
    return Object.assign(issued, server, { headers: { authorization: `Bearer ${token}` } });
  }

  test.each([false, true])(
    'a key set above 1 MB is cut off while it is read, and the previous keys stay in use (compressed: %s)',
    async (isCompressed) => {
      await using idp = await issuer();
      const { handler, taken } = flood({ isCompressed });
      const { handler: wellBehaved } = idp;
      await using gw = await gateway({ ...jwt, AUTH_JWKS_URL: idp.url });
      idp.handler = handler;
      expect(await ask(gw.url, idp.headers)).toMatchObject({ status: 503, code: 'UPSTREAM_UNAVAILABLE' });
      idp.handler = wellBehaved;
      expect(await ask(gw.url, idp.headers)).toMatchObject({ status: 200, code: undefined });
      idp.handler = handler;
      const { now } = Date;
      const later = vi.spyOn(Date, 'now').mockImplementation(() => now() + 11 * 60_000);
      try {
        expect(await ask(gw.url, idp.headers)).toMatchObject({ status: 200, code: undefined });
      } finally {
        later.mockRestore();
      }
      const failures = gw.logged.filter((line) => line.includes('JWKS fetch failed'));
      expect(failures.map((line) => JSON.parse(line).code)).toEqual([
        'ERR_JWKS_TOO_LONG',
        'ERR_JWKS_TOO_LONG',
      ]);
      const lengths = await taken();
      expect(lengths).toHaveLength(2);
      // Compressed, 500 MB are half a megabyte, which a kernel buffers as a whole.
      if (!isCompressed) for (const length of lengths) expect(length).toBeLessThan(buffered);
    },
  );

  test('a key set that trickles in is given up after two seconds', async () => {
    await using idp = await issuer();
    idp.handler = (_request, response) => response.writeHead(200).write('{');
    await using gw = await gateway({ ...jwt, AUTH_JWKS_URL: idp.url });
    expect(await ask(gw.url, idp.headers)).toMatchObject({ status: 503, code: 'UPSTREAM_UNAVAILABLE' });
  });
});
