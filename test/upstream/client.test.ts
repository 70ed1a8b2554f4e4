import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createClient } from '../../src/upstream/client.ts';

/** All that an answer of GetOpportunity must have. */
const record = {
  Catalog: 'Sandbox',
  Id: 'O1',
  LastModifiedDate: '2026-01-01T00:00:00Z',
  CreatedDate: '2026-01-01T00:00:00Z',
  RelatedEntityIdentifiers: {},
};

test('the client has connections for five seconds of the quota, and no more', async () => {
  const pending: ServerResponse[] = [];
  let max = 0;
  const enough = Promise.withResolvers<void>();
  const answer = (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(record));
  // Does not respond until 55 calls are in flight at once.
  const server = createServer((request, response) => {
    request.resume();
    if (max < 55) pending.push(response);
    else answer(response);
    max = Math.max(max, pending.length);
    if (pending.length === 55) enough.resolve();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const client = createClient({
    region: 'us-east-1',
    callsPerSecond: 11,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
  });
  const never = new AbortController().signal;
  const calls = Array.from({ length: 80 }, () =>
    client.send('GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O1' }, never),
  );
  await enough.promise;
  const inFlight = await new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
  expect(inFlight).toBe(55);
  for (const response of pending) answer(response);
  await Promise.all(calls);
  client.close();
  server.close();
});
