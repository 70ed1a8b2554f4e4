import { GetOpportunityCommand, ListOpportunitiesCommand } from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, testEmulator, validCreate } from './kit.ts';

const on = testEmulator({ seed: true });

const switchOn = (more: Body = {}) => on.control('POST', 'settings', { quotas: 'on', ...more });
const get = () => on.wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O5000001' });
const list = () => on.wire('ListOpportunities', { Catalog: 'Sandbox' });
const create = (token: string) => on.wire('CreateOpportunity', validCreate(token));
const advance = (advanceMs: number) => on.control('POST', 'clock', { advanceMs });
const accepted = async (calls: (() => ReturnType<typeof get>)[]) => {
  const statuses: number[] = [];
  for (const call of calls) statuses.push((await call()).status);
  return statuses.filter((status) => status === 200).length;
};
const times = <T>(count: number, what: T): T[] => Array.from({ length: count }, () => what);

describe('quotas hold once they are switched on', () => {
  test('are off unless asked for', async () => {
    expect(await accepted(times(30, get))).toBe(30);
  });

  test('ten reads and one write in any second, the operations of a class together', async () => {
    await switchOn();
    expect(await accepted([...times(6, get), ...times(6, list)])).toBe(10);
    expect(await accepted([() => create('a'), () => create('b')])).toBe(1);
    await advance(999);
    expect(await accepted([get, () => create('b')])).toBe(0);
    await advance(1);
    expect(await accepted([get, () => create('b')])).toBe(2);
  });

  test('as ThrottlingException, which the SDK knows how to wait for', async () => {
    await switchOn({ readsPerSecond: 1 });
    await get();
    const { status, body, headers } = await get();
    expect([status, body.__type]).toEqual([400, expect.stringContaining('ThrottlingException')]);
    expect(headers.get('retry-after')).toBeNull();
    await on.control('POST', 'settings', { retryAfter: 'on', httpStatus: 'model' });
    const again = await get();
    expect([again.status, again.headers.get('retry-after')]).toEqual([429, '1']);
  });

  test('for every operation by itself, by a switch', async () => {
    await switchOn({ quotaBuckets: 'operation', readsPerSecond: 2 });
    expect(await accepted([...times(3, get), ...times(3, list)])).toBe(4);
  });

  test('so many in any 24 hours, which roll', async () => {
    await switchOn({ readsPerSecond: 100, readsPerDay: 5 });
    expect(await accepted(times(3, get))).toBe(3);
    await advance(12 * 3_600_000);
    expect(await accepted(times(3, get))).toBe(2);
    await advance(12 * 3_600_000);
    expect(await accepted(times(9, get))).toBe(3);
  });

  test('a spent day can have an error of its own', async () => {
    await switchOn({ readsPerDay: 1, dailyQuota: 'exceeded' });
    await get();
    expect((await get()).body.__type).toContain('ServiceQuotaExceededException');
  });

  test('do not count what they refuse', async () => {
    await switchOn({ writesPerSecond: 1 });
    for (let n = 0; n < 5; n++) {
      expect(await accepted([() => create(`${n}`), () => create(`${n}`)])).toBe(1);
      await advance(1000);
    }
  });
});

describe('a lag: readers see for a while what was there before', () => {
  const commands = {
    get: (Identifier: string) =>
      on.client.send(new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier })),
    ids: async () =>
      (
        await on.client.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox', MaxResults: 100 }))
      ).OpportunitySummaries?.map(({ Id }) => Id),
  };

  test('a new record is not there yet', async () => {
    await on.control('POST', 'settings', { readLagMs: 3000 });
    const { body } = await create('new');
    expect((await on.read(body.Id)).__type).toContain('ResourceNotFoundException');
    await advance(3000);
    expect((await commands.get(String(body.Id))).Id).toBe(body.Id);
  });

  test('a changed one is as it was before the first of several changes, and the lock is the latest all the same', async () => {
    await on.control('POST', 'settings', { readLagMs: 3000 });
    const before = await on.read('O5000001');
    const whole = { ...before, Identifier: 'O5000001' };
    const first = (await on.wire('UpdateOpportunity', { ...whole, OpportunityType: 'Expansion' })).body;
    expect(await on.read('O5000001')).toEqual(before);
    expect((await on.wire('UpdateOpportunity', whole)).body.__type).toContain('ConflictException');
    await advance(1000);
    await on.wire('UpdateOpportunity', { ...whole, LastModifiedDate: first.LastModifiedDate, 'X-Tra': 1 });
    expect(await on.read('O5000001')).toEqual(before);
    await advance(2000);
    expect((await on.read('O5000001')).LastModifiedDate).toBe(first.LastModifiedDate);
    await advance(1000);
    expect((await on.read('O5000001'))['X-Tra']).toBe(1);
  });

  test('lists have a lag of their own: places, filters and newcomers are as they were', async () => {
    await on.control('POST', 'settings', { listLagMs: 3000 });
    const before = await commands.ids();
    const last = before?.at(-1);
    await on.control('PATCH', `opportunities/${last}?touch=true`, {});
    const { body } = await create('new');
    expect(await commands.ids()).toEqual(before);
    expect((await commands.get(String(body.Id))).Id).toBe(body.Id);
    await advance(3000);
    const after = await commands.ids();
    expect(after?.slice(0, 2).sort()).toEqual([last, body.Id].sort());
  });

  test('pages through a lagging list without loss or repetition', async () => {
    await on.control('POST', 'settings', { listLagMs: 3000 });
    const seen: unknown[] = [];
    let NextToken: unknown;
    do {
      const { body } = await on.wire('ListOpportunities', { Catalog: 'Sandbox', MaxResults: 7, NextToken });
      seen.push(...(body.OpportunitySummaries as Body[]).map(({ Id }) => Id));
      NextToken = body.NextToken;
      await on.change(seen.at(-1), { 'LifeCycle.ReviewComments': String(seen.length) });
    } while (NextToken);
    expect(new Set(seen).size).toBe(250);
    expect(seen).toHaveLength(250);
  });
});
