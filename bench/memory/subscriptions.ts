/** Section (j): the memory of idle subscriptions, each with a connection of its own. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { generousQuota, startGateway } from '../tools/gateways.ts';
import { createClient as createHttpClient, forEachConcurrently } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import type { Memory, Program } from '../tools/programs.ts';
import type { Section } from '../tools/report.ts';
import { round } from '../tools/statistics.ts';
import { startUpstream, unlimited } from '../tools/upstream.ts';

const query = 'subscription { opportunityChanged { kind cursor opportunity { id lifeCycle { stage } } } }';
const openAtOnce = 20;
/** How long the gateway gets to let go of what opening and closing took. */
const settleMs = 5_000;

type Close = () => void;

/** Resolves when the gateway has sent the first bytes of the stream. */
async function openEventStream(url: string): Promise<Close> {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const asked = request(url, { method: 'POST', headers, agent: new Agent({ keepAlive: false }) });
  asked.end(JSON.stringify({ query }));
  const [response] = await once(asked, 'response');
  if (response.statusCode !== 200)
    throw new Error(`An event stream was answered with ${response.statusCode}.`);
  asked.on('error', () => {}); // of closing it
  response.on('error', () => {});
  await once(response, 'data');
  return () => asked.destroy();
}

async function openWebSocket(url: string): Promise<Close> {
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    lazy: false,
    retryAttempts: 0,
  });
  await new Promise<void>((resolve, reject) => {
    client.on('connected', () => resolve());
    client.on('error', reject);
  });
  client.subscribe({ query }, { next() {}, error() {}, complete() {} });
  return () => void client.dispose();
}

const transports = { 'event stream': openEventStream, WebSocket: openWebSocket };

/** Memory when nothing goes on: the least of several looks, because a garbage collection returns pages late. */
async function settledMemory(gateway: Program): Promise<Memory> {
  await sleep(settleMs);
  const looks = [await gateway.memory(), await gateway.memory(), await gateway.memory()];
  const least = (of: (memory: Memory) => number) => Math.min(...looks.map(of));
  return { rss: least(({ rss }) => rss), heapUsed: least(({ heapUsed }) => heapUsed) };
}

export async function measureSubscriptions({ quick }: Options): Promise<Section> {
  const count = quick ? 100 : 2_000;
  const results: { transport: string; rssEach: number; heapEach: number }[] = [];
  await using upstream = await startUpstream(unlimited);
  for (const [transport, open] of Object.entries(transports)) {
    await using gateway = await startGateway('gateway', upstream.url, {
      env: {
        ...generousQuota,
        INDEX: 'on',
        SYNC_INTERVAL_MS: '3600000',
        MAX_SUBSCRIPTIONS_PER_CALLER: String(count),
      },
      reportsMemory: true,
    });
    using client = createHttpClient(gateway.url);
    while ((await client.query('{ opportunities { totalCount } }')).errors.length > 0) await sleep(100);
    /** Opens so many, runs `work`, and closes them. */
    async function withOpen<T>(count: number, work: () => Promise<T>): Promise<T> {
      const closes: Close[] = [];
      await forEachConcurrently(Array.from({ length: count }), openAtOnce, async () => {
        closes.push(await open(gateway.url));
      });
      const result = await work();
      for (const close of closes) close();
      return result;
    }
    // The first ones load and compile code, whose memory is not that of subscriptions.
    await withOpen(count / 10, async () => {});
    const before = await settledMemory(gateway);
    const after = await withOpen(count, () => settledMemory(gateway));
    results.push({
      transport,
      rssEach: round((after.rss - before.rss) / count),
      heapEach: round((after.heapUsed - before.heapUsed) / count),
    });
  }
  return {
    title: `(j) Memory of ${count} idle subscriptions`,
    tables: [
      {
        columns: ['each with a connection', 'heap bytes each', 'RSS bytes each'],
        rows: results.map(({ transport, heapEach, rssEach }) => [transport, heapEach, rssEach]),
      },
    ],
    notes: [
      'After a garbage collection, beyond what the process had after opening and closing a tenth as many. Resident memory includes what opening them took.',
    ],
    data: { subscriptions: count, results },
  };
}
