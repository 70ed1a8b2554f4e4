/** Subscriptions as the clients of others send them. */
import { spawn } from 'node:child_process';
import { ApolloClient, ApolloLink, gql, InMemoryCache, Observable } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { Client, fetchExchange } from '@urql/core';
import { print } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { composeSupergraph } from '../../examples/federation/compose.ts';
import { sdlFor } from '../federation/routers.ts';
import { gateway, type TestGateway } from '../kit.ts';
import { until } from '../until.ts';

const document = 'subscription Watch($ids: [ID!]!) { taskFinished(ids: $ids) { id status } }';

/** A task that ends when `finish` is called. */
async function startedTask(gw: TestGateway) {
  await gw.emulator.control('POST', 'settings', { submissionTask: 'in-progress' });
  const { data } = await gw.query(`mutation { submitOpportunity(input: {
    id: "O5000001", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }, waitMs: 0
  }) { task { id } } }`);
  const { id } = data.submitOpportunity.task;
  return {
    variables: { ids: [id] },
    expected: { taskFinished: expect.objectContaining({ id, status: 'COMPLETE' }) },
    /** Lets the task end once a subscription is open. */
    async finish() {
      await until(() => gw.logged.some((line) => line.includes('subscription opened')));
      await gw.emulator.control('POST', 'clock', { advanceMs: 60_000 });
    },
  };
}

const wsUrl = (gw: TestGateway) => `${gw.url.replace('http', 'ws')}/graphql`;

/** Apollo Client's link for event streams, with graphql-sse's client. */
function sseLink(url: string): ApolloLink {
  const client = createSseClient({ url });
  return new ApolloLink(
    ({ query, variables, operationName }) =>
      new Observable((observer) =>
        client.subscribe(
          { query: print(query), variables, ...(operationName && { operationName }) },
          observer as Parameters<typeof client.subscribe>[1],
        ),
      ),
  );
}

describe('Apollo Client', () => {
  const links = {
    'over a WebSocket': (gw: TestGateway) =>
      new GraphQLWsLink(createWsClient({ url: wsUrl(gw), webSocketImpl: WebSocket })),
    'over an event stream': (gw: TestGateway) => sseLink(`${gw.url}/graphql`),
  };
  test.each(Object.entries(links))('receives events %s', async (_how, linkOf) => {
    await using gw = await gateway();
    const { variables, expected, finish } = await startedTask(gw);
    const client = new ApolloClient({ link: linkOf(gw), cache: new InMemoryCache() });
    const received: unknown[] = [];
    const done = new Promise<void>((resolve, reject) =>
      client.subscribe({ query: gql(document), variables }).subscribe({
        next: ({ data }) => received.push(data),
        error: reject,
        complete: resolve,
      }),
    );
    await finish();
    await done;
    expect(received).toEqual([expected]);
    client.stop();
  });
});

test('urql receives events, and has an event stream for them alone', async () => {
  await using gw = await gateway();
  const { variables, expected, finish } = await startedTask(gw);
  const client = new Client({
    url: `${gw.url}/graphql`,
    exchanges: [fetchExchange],
    fetchSubscriptions: true,
    preferGetMethod: false,
  });
  const received: unknown[] = [];
  const { unsubscribe } = client.subscription(document, variables).subscribe(({ data, error }) => {
    received.push(error ?? data);
  });
  await finish();
  await until(() => received.length > 0);
  expect(received[0]).toEqual(expected);
  unsubscribe();
  const { error, data } = await client.query('{ quota { read { waiting } } }', {});
  expect([error, data?.quota.read.waiting]).toEqual([undefined, 0]);
});

test('curl shows the frames of an event stream', async () => {
  await using gw = await gateway();
  const { variables, finish } = await startedTask(gw);
  const curl = spawn('curl', [
    '-sN',
    `${gw.url}/graphql`,
    '-H',
    'accept: text/event-stream',
    '--json',
    JSON.stringify({ query: document, variables }),
    '-H',
    'accept: text/event-stream',
  ]);
  const output = curl.stdout.toArray();
  await finish();
  const text = Buffer.concat(await output).toString();
  expect(text).toMatch(
    /^:\n\nevent: next\ndata: \{"data":\{"taskFinished":.*\n\nevent: complete\ndata:\n\n$/s,
  );
});

test.each([
  ['an event stream, which it asks for with a GET', 'sse', {}],
  [
    'a WebSocket, with @graphql-mesh/transport-ws',
    'websocket',
    { '*.http': { options: { subscriptions: { kind: 'ws', location: '/graphql' } } } },
  ],
])('Hive Gateway passes events on from %s', async (_what, transport, transportEntries) => {
  await using gw = await gateway();
  const { variables, expected, finish } = await startedTask(gw);
  await using runtime = createGatewayRuntime({
    supergraph: composeSupergraph(`${gw.url}/graphql`, 'http://127.0.0.1:1', sdlFor('Hive Gateway')),
    transportEntries,
    logging: false,
    maskedErrors: false,
  });
  const response = await runtime.fetch('http://router/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: document, variables }),
  });
  const text = response.text();
  await finish();
  const data = (await text).match(/^data: ?(\{.*)$/m)?.[1] ?? '{}';
  expect(JSON.parse(data).data).toEqual(expected);
  const opened = gw.logged.filter((line) => line.includes('subscription opened'));
  expect(opened).toEqual([expect.stringContaining(`"transport":"${transport}"`)]);
});
