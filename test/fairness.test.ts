/** What one caller does costs the others no more than their turn, at AWS's quota and over real sockets. */
import { describe, expect, test } from 'vitest';
import { windowMs } from '../src/upstream/quota/windows.ts';
import { type Answer, type Data, gateway, type TestGateway } from './kit.ts';
import { operationsInFlight, stopTime } from './time.ts';

const secret = 'a-secret-of-thirty-two-characters-or-more';
const aws = {
  ROUTER_SECRET: secret,
  QUOTA_READS_PER_SECOND: '10',
  QUOTA_WRITES_PER_SECOND: '1',
  REQUEST_TIMEOUT_MS: '60000',
  MAX_ROOT_FIELDS: '90',
};
const idOf = (n: number) => `O5000${String(n).padStart(3, '0')}`;
const record = (id: string) => `opportunity(id: "${id}") { id marketing { source } }`;
const records = (from: number, count: number) =>
  `{ ${Array.from({ length: count }, (_, n) => `r${n}: ${record(idOf(from + n))}`).join(' ')} }`;

/** Sends an operation as a caller, without reading the emulator's log. */
async function send(gw: TestGateway, caller: string, query: string, signal?: AbortSignal): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'x-router-secret': secret, 'x-caller-id': caller };
  const body = JSON.stringify({ query });
  const response = await fetch(`${gw.url}/graphql`, {
    method: 'POST',
    headers,
    body,
    ...(signal && { signal }),
  });
  return (await response.json()) as Answer;
}

/** The longest wait of an answer for the quota, in milliseconds. */
function waitedMs({ errors, extensions }: Answer): number {
  expect(errors).toBeUndefined();
  return extensions.upstream.waitedMs;
}

/** Uses up the reads of this second. */
const spendReads = (gw: TestGateway) => send(gw, 'first', records(100, 9));

describe('a reader', () => {
  test('waits for a turn only beside a caller who keeps sending patches that change nothing', async () => {
    using time = stopTime();
    await using gw = await gateway(aws);
    const list = '{ opportunities(first: 60) { nodes { id lifeCycle { stage } } } }';
    const { data } = await send(gw, 'writer', list);
    const patches = data.opportunities.nodes.map(({ id, lifeCycle }: Data) => {
      const input = `{ id: "${id}", patch: { lifeCycle: { stage: ${lifeCycle.stage} } } }`;
      return send(gw, 'writer', `mutation { updateOpportunity(input: ${input}) { changed } }`);
    });
    await operationsInFlight(40);
    for (let n = 0; n < 5; n++) {
      const answer = await time.until(send(gw, 'reader', `{ ${record(idOf(200 + n))} }`));
      expect(waitedMs(answer)).toBeLessThanOrEqual(windowMs);
    }
    const written: Answer[] = await time.until(Promise.all(patches));
    expect(new Set(written.map(({ data }) => data.updateOpportunity.changed))).toEqual(new Set([false]));
    expect((await gw.emulator.calls()).UpdateOpportunity).toBeUndefined();
  });

  test('waits as long for a record that another caller has queued after a hundred as for any other record', async () => {
    using time = stopTime();
    await using gw = await gateway(aws);
    await spendReads(gw);
    const hog = send(gw, 'hog', records(10, 90));
    await operationsInFlight(1);
    const joined = send(gw, 'joiner', `{ ${record(idOf(99))} }`);
    const own = send(gw, 'other', `{ ${record(idOf(120))} }`);
    await operationsInFlight(3);
    const answers = await time.until(Promise.all([joined, own]));
    expect(answers.map(waitedMs)).toEqual([windowMs, windowMs]);
    expect(waitedMs(await time.until(hog))).toBeGreaterThan(8 * windowMs);
    expect(await gw.emulator.calls()).toEqual({ GetOpportunity: 9 + 90 + 1 });
  });

  test('does not lose its place when the caller whose call it joined disconnects', async () => {
    using time = stopTime();
    await using gw = await gateway(aws);
    await spendReads(gw);
    const gone = new AbortController();
    const leaving = send(gw, 'leaving', `{ ${record(idOf(10))} }`, gone.signal).catch(() => 'gone');
    await operationsInFlight(1);
    const staying = send(gw, 'staying', `{ ${record(idOf(10))} }`);
    await operationsInFlight(2);
    const behind = Array.from({ length: 30 }, (_, n) => send(gw, `${n}`, `{ ${record(idOf(20 + n))} }`));
    await operationsInFlight(32);
    gone.abort();
    expect(await leaving).toBe('gone');
    const answer = await time.until(staying);
    expect(answer.data.opportunity.id).toBe(idOf(10));
    expect(waitedMs(answer)).toBe(windowMs);
    for (const { errors } of await time.until(Promise.all(behind))) expect(errors).toBeUndefined();
    expect(await gw.emulator.calls()).toEqual({ GetOpportunity: 9 + 1 + 30 });
  });
});
