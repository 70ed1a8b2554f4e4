/** Memory near its limit. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { gateway, type TestGateway } from './kit.ts';
import { post } from './program.ts';
import { stopTime } from './time.ts';

const query = '{ opportunity(id: "O5000002") { id } }';
const other = '{ opportunity(id: "O5000001") { id } }';

/** Makes the process seem to have so much memory in use, and next to nothing otherwise. */
function useMemory(used: Partial<NodeJS.MemoryUsage>): void {
  const usage = { rss: 1_000, heapUsed: 1_000, heapTotal: 1_000, external: 0, arrayBuffers: 0, ...used };
  const memoryUsage = Object.assign(() => usage, { rss: () => usage.rss });
  vi.spyOn(process, 'memoryUsage').mockImplementation(memoryUsage);
}
afterEach(() => vi.restoreAllMocks());

const statusOf = async (gw: TestGateway, path: string) => (await fetch(`${gw.url}${path}`)).status;

describe('a gateway', () => {
  test('operations are executed one at a time while memory is near its limit, and others get a 503 with the time to retry', async () => {
    await using gw = await gateway({ MAX_MEMORY_BYTES: '1000000' });
    await gw.emulator.hold();
    const first = post(`${gw.url}/graphql`, { query });
    await gw.emulator.untilHeld();

    const rejected = await post(`${gw.url}/graphql`, { query: other });
    expect(rejected.status).toBe(503);
    expect(rejected.headers.get('retry-after')).toBe('1');
    expect(await rejected.json()).toEqual({
      errors: [
        {
          message: 'The gateway is short of memory.',
          extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterMs: 1_000 },
        },
      ],
    });
    expect([await statusOf(gw, '/healthz'), await statusOf(gw, '/readyz')]).toEqual([200, 503]);

    await gw.emulator.release();
    expect(await (await first).json()).toMatchObject({ data: { opportunity: { id: 'O5000002' } } });
    await vi.waitUntil(async () => (await statusOf(gw, '/readyz')) === 200);
    expect((await gw.query(other)).data).toEqual({ opportunity: { id: 'O5000001' } });
    expect(Object.values(await gw.emulator.calls())).toEqual([1]);
  });

  test.each([
    ['its resident memory', { rss: 950_000_000 }, { rss: 800_000_000 }],
    ['its heap', { heapUsed: 1e15 }, { heapUsed: 1_000 }],
  ])(
    'requests are rejected only while %s is near its limit, which is logged once',
    async (_what, much, little) => {
      using time = stopTime();
      await using gw = await gateway({ MAX_MEMORY_BYTES: '900000000' });
      const lines = () => gw.logged.filter((line) => /memory (near|below) its limit/.test(line));
      await gw.emulator.hold();
      const first = gw.query(query);
      await gw.emulator.untilHeld();
      const status = async () => {
        await time.pass(100);
        return statusOf(gw, '/readyz');
      };
      useMemory(little);
      expect(await status()).toBe(200);
      useMemory(much);
      expect([await status(), await status()]).toEqual([503, 503]);
      expect(lines()).toHaveLength(1);
      useMemory(little);
      expect([await status(), await status()]).toEqual([200, 200]);
      expect(lines()).toHaveLength(2);
      await gw.emulator.release();
      await first;
    },
  );
});
