import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterAll, describe, expect, test } from 'vitest';
import { type Answer, gateway, type TestGateway } from './kit.ts';
import { post, preload, startProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const known = 'query Known { picklists { apnPrograms { value } } }';
const hash = hashOf(known);

/** Writes a manifest, and returns the settings for it. */
function manifest(name: string, content: unknown, mode = 'enforce') {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_FILE: file };
}
const plain = manifest('plain.json', { [hash]: known });
const apollo = manifest('apollo.json', {
  format: 'apollo',
  operations: [{ id: hash, name: 'Known', body: known }],
});
const relay = manifest('relay.json', { '5d41402abc4b2a76': known });
const prefixed = manifest('prefixed.json', { [`sha256:${hash}`]: known });

const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

/** The status, and the code of the first error; `data` if there is none. */
async function outcome(sent: Promise<Response>) {
  const response = await sent;
  const { data, errors } = (await response.json()) as Answer;
  return [response.status, data ? 'data' : errors?.[0]?.extensions.code];
}
const send = (gw: TestGateway, body: object) => outcome(post(`${gw.url}/graphql`, body));
const get = (gw: TestGateway, parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  outcome(fetch(`${gw.url}/graphql?${new URLSearchParams(parameters)}`, { headers }));

const served = [200, 'data'];
const refused = [400, 'UNTRUSTED_DOCUMENT'];

describe('trusted documents', () => {
  test.each([
    ['plain', plain],
    ["Apollo's", apollo],
  ])('only trusted documents run, by id or by content, with a manifest in the %s format', async (_, env) => {
    await using gw = await gateway(env);
    expect(await send(gw, { documentId: hash })).toEqual(served);
    expect(await send(gw, { query: known })).toEqual(served);
    expect(await send(gw, { query: '{ __typename }' })).toEqual(refused);
    expect(await send(gw, { documentId: 'other', query: '{ __typename }' })).toEqual(refused);
  });

  test('a mutation that is refused claims no Idempotency-Key', async () => {
    const stage = (value: string) =>
      `mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "${value}" } } }) { changed } }`;
    await using gw = await gateway(manifest('mutation.json', { [hashOf(stage('Call'))]: stage('Call') }));
    const keyed = (value: string) =>
      outcome(post(`${gw.url}/graphql`, { query: stage(value) }, { 'idempotency-key': 'one' }));
    expect(await keyed('Wait')).toEqual(refused);
    expect(await keyed('Call')).toEqual(served);
  });

  test.each([
    ['hashes', plain, hash],
    ['hashes with the prefix "sha256:"', prefixed, hash],
    ['other ids', relay, '5d41402abc4b2a76'],
  ])(
    'a document of a manifest with %s runs by its id and its hash, over POST and GET, for all clients',
    async (_, env, id) => {
      await using gw = await gateway(env);
      for (const name of [id, hash, `sha256:${hash}`]) {
        expect(await send(gw, { documentId: name })).toEqual(served);
        expect(await get(gw, { documentId: name })).toEqual(served);
        expect(await send(gw, persisted(name))).toEqual(served);
        expect(await get(gw, { extensions: JSON.stringify(persisted(name).extensions) })).toEqual(served);
      }
    },
  );

  test('a trusted document runs by its hash without automatic persisted queries, and in a browser’s address bar', async () => {
    await using gw = await gateway({ ...plain, APQ_MAX_BYTES: '0' });
    expect(await send(gw, persisted(hash))).toEqual(served);
    const accept = { accept: 'text/html,application/json;q=0.9,*/*;q=0.8' };
    expect(await get(gw, { documentId: hash }, accept)).toEqual(served);
  });

  test('Apollo Client runs with the ids of a persisted-query manifest, and never sends a document', async () => {
    const query = gql(known);
    await using gw = await gateway(relay);
    const bodies: string[] = [];
    const http = new HttpLink({
      uri: `${gw.url}/graphql`,
      fetch: (uri, options) => {
        bodies.push(String(options?.body));
        return fetch(uri, options);
      },
    });
    const link = new PersistedQueryLink({ generateHash: () => '5d41402abc4b2a76' }).concat(http);
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    const { data } = await client.query<{ picklists: object }>({ query });
    client.stop();
    expect(data?.picklists).toBeDefined();
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).not.toContain('apnPrograms');
  });

  test('an id that the manifest does not list is refused and named, cut to a bounded length', async () => {
    await using gw = await gateway(plain);
    const long = 'x'.repeat(5_000);
    for (const [id, documentId, quoted] of [
      ['other', 'other', '"other"'],
      [long, long.slice(0, 100), `"${long.slice(0, 100)}…"`],
    ] as const)
      for (const body of [{ documentId: id }, persisted(id)]) {
        const response = await post(`${gw.url}/graphql`, body);
        expect(response.status).toBe(400);
        expect(((await response.json()) as Answer).errors).toEqual([
          {
            message: `The manifest of trusted documents does not list ${quoted}.`,
            extensions: { code: 'UNTRUSTED_DOCUMENT', documentId },
          },
        ]);
      }
    expect(await get(gw, { documentId: 'other' })).toEqual(refused);
    expect(gw.logged.join('')).not.toMatch(/internal error|other/);
  });

  test('untrusted documents are logged and run with TRUSTED_DOCUMENTS=log, but not an unknown id', async () => {
    await using gw = await gateway({ ...plain, TRUSTED_DOCUMENTS: 'log' });
    const untrusted = () => gw.logged.filter((line) => line.includes('not a trusted document'));
    expect(await send(gw, { query: '{ __typename }' })).toEqual(served);
    expect(untrusted()).toHaveLength(1);
    expect(await send(gw, { query: known })).toEqual(served);
    expect(untrusted()).toHaveLength(1);
    expect(await send(gw, { documentId: 'other' })).toEqual(refused);
  });

  test('with TRUSTED_DOCUMENTS=log, other documents can still be persisted automatically', async () => {
    await using gw = await gateway({ ...plain, TRUSTED_DOCUMENTS: 'log' });
    const query = '{ __typename }';
    expect(await send(gw, persisted(hashOf(query)))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(await send(gw, { query, ...persisted(hashOf(query)) })).toEqual(served);
    expect(await send(gw, persisted(hashOf(query)))).toEqual(served);
  });

  test('a mutation by its id is not accepted over GET', async () => {
    const id = 'save';
    const env = manifest('mutation.json', { [id]: 'mutation { __typename }' });
    await using gw = await gateway(env);
    expect(await get(gw, { documentId: id })).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });
});

describe('a SIGHUP', () => {
  /** The program, with a way to wait for a line of its log. */
  async function program(env: Record<string, string>) {
    const { child, address, exited } = startProgram({ LOG_LEVEL: 'info', ...env });
    const waiting = new Map<string, () => void>();
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
      for (const [line, resolve] of waiting) if (output.includes(line)) resolve();
    });
    const url = await address('GraphQL');
    return {
      url,
      output: () => output,
      async hangUp(line: string): Promise<void> {
        output = '';
        const logged = new Promise<void>((resolve) => waiting.set(line, resolve));
        child.kill('SIGHUP');
        await logged;
        waiting.delete(line);
      },
      async stop(): Promise<number | null> {
        child.kill('SIGTERM');
        return (await exited).code;
      },
    };
  }

  test('a SIGHUP replaces the manifest of trusted documents, and one that cannot be used changes nothing', async () => {
    const env = manifest('changing.json', { first: known });
    const gw = await program(env);
    const ask = (documentId: string) => outcome(post(gw.url, { documentId }));
    expect([await ask('first'), await ask('second')]).toEqual([served, refused]);

    manifest('changing.json', { second: known, third: known });
    await gw.hangUp('trusted documents read');
    expect(gw.output()).toContain('"documents":2');
    expect([await ask('first'), await ask('second')]).toEqual([refused, served]);

    manifest('changing.json', '{"first": ');
    await gw.hangUp('trusted documents not read; the previous ones stay in use');
    expect(gw.output()).toContain('TRUSTED_DOCUMENTS_FILE: got');
    expect(gw.output()).toContain('(not JSON)');
    expect([await ask('first'), await ask('second')]).toEqual([refused, served]);
    expect(await gw.stop()).toBe(0);
  });

  test('a SIGHUP during the start takes effect after it', async () => {
    const early = `process.on('newListener', (name) =>
      name === 'SIGHUP' && setImmediate(() => process.kill(process.pid, name)))`;
    const gw = await program({ ...plain, ...preload(early) });
    expect(await outcome(post(gw.url, { documentId: hash }))).toEqual(served);
    expect(await gw.stop()).toBe(0);
    expect(gw.output()).toContain('trusted documents read');
  });

  test('a SIGHUP does not end a program without a manifest', async () => {
    const gw = await program({});
    await gw.hangUp('trusted documents read');
    expect(await outcome(post(gw.url, { query: known }))).toEqual(served);
    expect(await gw.stop()).toBe(0);
  });
});
