/** The host names that the gateway is reached under: `ALLOWED_HOSTS`, and the names of loopback. */
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { gateway, type TestGateway } from './kit.ts';
import { raw } from './raw.ts';

const open = { HOST: '0.0.0.0', AUTH_ALLOW_ANONYMOUS: 'true' };
const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ query: '{ __typename }' });
const write = JSON.stringify({
  query:
    'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "x" } } }) { changed } }',
});

const urlOf = (gw: TestGateway): string => gw.url.replace('0.0.0.0', '127.0.0.1');
const ask = async (gw: TestGateway, host: string, sent = body) => {
  const { status, body } = await raw(`${urlOf(gw)}/graphql`, 'POST', { ...json, host }, sent);
  return { status, error: JSON.parse(`${body}`).errors?.[0] };
};

describe('ALLOWED_HOSTS', () => {
  test('a request for a foreign host name is refused with the setting before anything is executed', async () => {
    await using gw = await gateway({ ...open, ALLOWED_HOSTS: 'crm.example.com' });
    const before = await gw.emulator.record('O5000002');
    expect(await ask(gw, 'evil.example', write)).toEqual({
      status: 421,
      error: {
        message: 'Host: got "evil.example", expected one of ALLOWED_HOSTS.',
        extensions: { code: 'MISDIRECTED_REQUEST' },
      },
    });
    expect(await gw.emulator.record('O5000002')).toEqual(before);
    expect((await ask(gw, 'crm.example.com', write)).status).toBe(200);
  });

  test.each([
    ['crm.example.com', 'crm.example.com', 200],
    ['crm.example.com', 'CRM.Example.COM', 200],
    ['CRM.example.com', 'crm.example.com', 200],
    ['crm.example.com', 'crm.example.com.', 200],
    ['crm.example.com.', 'crm.example.com', 200],
    ['crm.example.com', 'crm.example.com:8443', 200],
    ['crm.example.com:8443', 'crm.example.com:8443', 200],
    ['crm.example.com:8443', 'crm.example.com:8444', 421],
    ['crm.example.com:8443', 'crm.example.com', 421],
    ['a.example, crm.example.com', 'crm.example.com', 200],
    ['crm.example.com', 'crm.example.com.evil.example', 421],
    ['crm.example.com', 'evil-crm.example.com', 421],
    ['crm.example.com', 'example.com', 421],
    ['[2001:db8::1]', '[2001:DB8:0:0:0:0:0:1]:4000', 200],
    ['[2001:db8::1]', '[2001:db8::2]', 421],
    ['10.0.0.7', '10.0.0.7:4000', 200],
    ['my_service', 'my_service:4000', 200],
    ['crm.example.com', 'localhost', 421],
    ['crm.example.com', '127.0.0.1:4000', 421],
  ])('with ALLOWED_HOSTS=%s the host %s gets %i', async (ALLOWED_HOSTS, host, status) => {
    await using gw = await gateway({ ...open, ALLOWED_HOSTS });
    expect((await ask(gw, host)).status).toBe(status);
  });

  test.each(['[', 'a b', 'a/b', 'x:y', 'user@crm.example.com', '::1'])(
    'the Host header "%s" is a 400, not a bug',
    async (host) => {
      await using gw = await gateway({ ...open, ALLOWED_HOSTS: 'crm.example.com' });
      const { status, error } = await ask(gw, host);
      expect([status, error.message]).toEqual([400, `Host: got "${host}", expected a host name.`]);
      expect(gw.logged.join('')).not.toContain('transport error');
    },
  );

  test('a request of HTTP/1.0 without a host is refused', async () => {
    await using gw = await gateway({ ...open, ALLOWED_HOSTS: 'crm.example.com' });
    const socket = connect(Number(new URL(gw.url).port), '127.0.0.1');
    socket.write('GET /graphql?query={__typename} HTTP/1.0\r\n\r\n');
    expect(Buffer.concat(await socket.toArray()).toString()).toMatch(
      /^HTTP\/1\.1 400 .*Host: got none, expected a host name\./s,
    );
  });

  test('no other header stands for the host', async () => {
    await using gw = await gateway({ ...open, ALLOWED_HOSTS: 'crm.example.com' });
    const forwarded = { 'x-forwarded-host': 'crm.example.com', forwarded: 'host=crm.example.com' };
    const headers = { ...json, host: 'evil.example', ...forwarded };
    expect((await raw(`${urlOf(gw)}/graphql`, 'POST', headers, body)).status).toBe(421);
  });

  test('probes are answered under every name, and other paths are not', async () => {
    await using gw = await gateway({ ...open, ALLOWED_HOSTS: 'crm.example.com' });
    const status = async (path: string) =>
      (await raw(`${urlOf(gw)}${path}`, 'GET', { host: '10.0.0.7' })).status;
    expect(await Promise.all(['/healthz', '/readyz', '/', '/nothing'].map(status))).toEqual([
      200, 200, 421, 421,
    ]);
  });

  test('every gateway with the setting is restricted, and one with authentication needs none', async () => {
    const router = { HOST: '0.0.0.0', ROUTER_SECRET: 'a-secret-that-is-long-enough-for-this' };
    await using free = await gateway(router);
    expect((await ask(free, 'any.example')).status).toBe(401);
    await using restricted = await gateway({ ...router, ALLOWED_HOSTS: 'crm.example.com' });
    expect((await ask(restricted, 'any.example')).status).toBe(421);
    expect((await ask(restricted, 'crm.example.com')).status).toBe(401);
  });

  test.each(['*', '*.example.com', 'https://crm.example.com', 'crm.example.com/graphql', '::1', ','])(
    'ALLOWED_HOSTS=%s is refused at the start',
    (ALLOWED_HOSTS) => expect(() => readConfig({ ALLOWED_HOSTS })).toThrow('ALLOWED_HOSTS: got'),
  );
});

describe('a gateway on loopback', () => {
  test.each([
    ['127.0.0.1:4000', 200],
    ['localhost', 200],
    ['localhost.', 200],
    ['LOCALHOST:4000', 200],
    ['127.0.0.2', 200],
    ['[::1]:4000', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example', 421],
    ['0.0.0.0', 421],
  ])(
    'without authentication a gateway on loopback answers to the names of loopback only: %s gets %i',
    async (host, status) => {
      await using gw = await gateway();
      const answer = await ask(gw, host);
      expect(answer.status).toBe(status);
      if (status !== 200)
        expect(answer.error.message).toBe(`Host: got "${host}", expected localhost or one of ALLOWED_HOSTS.`);
    },
  );

  test('a gateway on loopback also answers to the names of ALLOWED_HOSTS', async () => {
    await using gw = await gateway({ ALLOWED_HOSTS: 'gateway.test' });
    expect((await ask(gw, 'gateway.test')).status).toBe(200);
    expect((await ask(gw, 'localhost')).status).toBe(200);
    expect((await ask(gw, 'evil.example')).status).toBe(421);
  });
});
