/** Connections whose other side is slow, silent or about to be stopped, as raw sockets. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { emulatorControl, gateway, type TestGateway } from './kit.ts';
import { startProgram } from './program.ts';
import { stopTime } from './time.ts';
import { until } from './until.ts';

/** A connection, and what has arrived on it so far. */
async function open(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  return {
    socket,
    received: () => text,
    /** Resolves with all that arrived when the other side has closed the connection. @throws its error, such as a reset */
    async ended(): Promise<string> {
      if (!socket.closed) await once(socket, 'close');
      if (socket.errored) throw socket.errored;
      return text;
    },
  };
}

/** A request of GraphQL as bytes. */
function operation(query: string): string {
  const body = JSON.stringify({ query });
  const head = ['host: localhost', 'content-type: application/json', `content-length: ${body.length}`];
  return `POST /graphql HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`;
}

const bodyLength = (response: string): number => response.length - response.indexOf('\r\n\r\n') - 4;
const promisedLength = (response: string): number => Number(/content-length: (\d+)/i.exec(response)?.[1]);

describe('a slow reader', () => {
  const one = '{ opportunity(id: "O5000002") { id } }';
  /** Eight megabytes: more than the kernel buffers for a connection. */
  const large = `{ ${Array.from('abcdefgh', (alias) => `${alias}: opportunity(id: "O5000002") { project { additionalComments } }`).join(' ')} }`;

  /** Sends a request for a large response, and resolves when its first part has arrived, after which nothing is read. */
  async function askUnread(gw: TestGateway) {
    await gw.emulator.patchRecord('O5000002', { Project: { AdditionalComments: 'x'.repeat(1_000_000) } });
    const connection = await open(gw.url);
    connection.socket.once('data', () => connection.socket.pause());
    connection.socket.write(operation(large));
    await until(() => connection.received().length > 0);
    return connection;
  }
  const closings = (gw: TestGateway) =>
    gw.logged.filter((line) => line.includes('response not received in time')).length;

  test('a connection whose response is not read within the request timeout is closed', async () => {
    using time = stopTime();
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '5000' });
    const { socket, ended } = await askUnread(gw);
    await time.pass(4_999);
    expect(closings(gw)).toBe(0);
    await time.pass(1);
    expect(closings(gw)).toBe(1);
    socket.resume();
    const response = await ended();
    expect(bodyLength(response)).toBeLessThan(promisedLength(response));
    expect((await time.until(gw.query(one))).errors).toBeUndefined();
  });

  test('a caller that disconnects before its response is no slow reader, and nothing is kept for it', async () => {
    using time = stopTime();
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '5000' });
    await gw.emulator.hold('GetOpportunity');
    const { socket } = await open(gw.url);
    socket.write(operation(one));
    await gw.emulator.untilHeld();
    socket.destroy();
    const executed = () => gw.logged.filter((line) => line.includes('"msg":"operation"')).length;
    await gw.emulator.release();
    await until(() => executed() > 0);
    await time.pass(60_000);
    expect(closings(gw)).toBe(0);
  });

  test('a reader that is slow, but within the request timeout, receives its whole response', async () => {
    using time = stopTime();
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '5000' });
    const { socket, received } = await askUnread(gw);
    await time.pass(4_999);
    socket.resume();
    await until(() => bodyLength(received()) === promisedLength(received()));
    await time.pass(60_000);
    expect(closings(gw)).toBe(0);
    socket.destroy();
  });
});

describe('a silent connection', () => {
  test.each([
    ['nothing', ''],
    ['half of the headers', 'POST /graphql HTTP/1.1\r\nhost: loc'],
    ['half of the body', operation('{ __typename }').slice(0, -5)],
  ])('a connection that sends %s is answered with 408 and closed', async (_what, text) => {
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '500' });
    const { socket, ended } = await open(gw.url);
    socket.write(text);
    expect(await ended()).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('SIGTERM and connections that are kept', () => {
  const held = '{ opportunity(id: "O5000001") { id } }';
  const plain = operation('{ __typename }');
  const answered = /^HTTP\/1\.1 200 OK\r\n/;
  const closing = /^connection: close\r\n/im;

  test('a SIGTERM resets no connection: idle ones end, and requests in flight are answered and closed', async () => {
    const { child, address, exited } = startProgram({ DRAIN_TIMEOUT_MS: '60000' });
    const url = await address('GraphQL');
    const emulator = emulatorControl(await address('emulator'));
    const [idle, arriving, waiting] = await Promise.all([open(url), open(url), open(url)]);
    for (const { socket, received } of [idle, arriving]) {
      socket.write(plain);
      await until(() => answered.test(received()));
    }
    arriving.socket.write(plain.slice(0, 30));
    await emulator.hold('GetOpportunity');
    waiting.socket.write(operation(held));
    await emulator.untilHeld();

    child.kill('SIGTERM');
    expect(await idle.ended()).not.toMatch(closing);
    arriving.socket.write(plain.slice(30));
    const [, second = ''] = (await arriving.ended()).split(/(?=HTTP\/1\.1)/);
    expect(second).toMatch(answered);
    expect(second).toMatch(closing);
    await emulator.release();
    const response = await waiting.ended();
    expect(response).toMatch(closing);
    expect(response).toContain('{"data":{"opportunity":{"id":"O5000001"}}');
    expect((await exited).code).toBe(0);
  });

  test('a connection that was kept before a SIGTERM is served until the drain delay is over, and asked to close', async () => {
    const { child, address, exited } = startProgram({ DRAIN_DELAY_MS: '60000', DRAIN_TIMEOUT_MS: '60000' });
    const url = await address('GraphQL');
    const kept = await open(url);
    kept.socket.write(plain);
    await until(() => answered.test(kept.received()));
    child.kill('SIGTERM');
    await until(async () => (await fetch(url.replace('graphql', 'readyz'))).status === 503);
    kept.socket.write(plain);
    const [first = '', second = ''] = (await kept.ended()).split(/(?=HTTP\/1\.1)/);
    expect(first).not.toMatch(closing);
    expect(second).toMatch(answered);
    expect(second).toMatch(closing);
    child.kill('SIGKILL');
    await exited;
  });
});
