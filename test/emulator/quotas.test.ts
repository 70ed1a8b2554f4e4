import * as sdk from '@aws-sdk/client-partnercentral-selling';
import { GetOpportunityCommand, ListOpportunitiesCommand } from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { quotaClassOf } from '../../emulator/values/quotas.ts';
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

describe('quotas', () => {
  test('enforces no quota by default', async () => {
    expect(await accepted(times(30, get))).toBe(30);
  });

  test('allows ten reads and one write in any second, over all operations of a class', async () => {
    await switchOn();
    expect(await accepted([...times(6, get), ...times(6, list)])).toBe(10);
    expect(await accepted([() => create('a'), () => create('b')])).toBe(1);
    await advance(999);
    expect(await accepted([get, () => create('b')])).toBe(0);
    await advance(1);
    expect(await accepted([get, () => create('b')])).toBe(2);
  });

  test('throttles with ThrottlingException, and Retry-After with retryAfter: on', async () => {
    await switchOn({ readsPerSecond: 1 });
    await get();
    const { status, body, headers } = await get();
    expect([status, body.__type]).toEqual([400, expect.stringContaining('ThrottlingException')]);
    expect(headers.get('retry-after')).toBeNull();
    await on.control('POST', 'settings', { retryAfter: 'on', httpStatus: 'model' });
    const again = await get();
    expect([again.status, again.headers.get('retry-after')]).toEqual([429, '1']);
  });

  test.each(['class', 'unlimited'] as const)(
    'with unlistedQuotas: %s, operations that AWS’s page does not list have the quota of their kind or none',
    async (unlistedQuotas) => {
      await switchOn({ readsPerSecond: 1, unlistedQuotas });
      const tasks = () => on.wire('ListEngagementFromOpportunityTasks', { Catalog: 'Sandbox' });
      await get();
      expect(await accepted([tasks, tasks])).toBe(unlistedQuotas === 'class' ? 0 : 2);
    },
  );

  test('every operation that AWS lists a quota of is one of the service', () => {
    const names = Object.keys(sdk).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
    expect(names).toHaveLength(45);
    const classes = names.map(quotaClassOf).filter((one) => one !== undefined);
    const count = (name: string) => classes.filter((one) => one === name).length;
    expect(['read', 'write', 'createEngagement'].map(count)).toEqual([6, 8, 1]);
    expect(['startProspecting', 'getProspecting', 'listProspecting'].map(count)).toEqual([1, 1, 1]);
  });

  test('counts each operation separately with quotaBuckets: operation', async () => {
    await switchOn({ quotaBuckets: 'operation', readsPerSecond: 2 });
    expect(await accepted([...times(3, get), ...times(3, list)])).toBe(4);
  });

  test('limits the calls in any rolling 24 hours', async () => {
    await switchOn({ readsPerSecond: 100, readsPerDay: 5 });
    expect(await accepted(times(3, get))).toBe(3);
    await advance(12 * 3_600_000);
    expect(await accepted(times(3, get))).toBe(2);
    await advance(12 * 3_600_000);
    expect(await accepted(times(9, get))).toBe(3);
  });

  test('answers an exhausted daily quota with its own error with dailyQuota: exceeded', async () => {
    await switchOn({ readsPerDay: 1, dailyQuota: 'exceeded' });
    await get();
    expect((await get()).body.__type).toContain('ServiceQuotaExceededException');
  });

  test('does not count calls that it throttles', async () => {
    await switchOn({ writesPerSecond: 1 });
    for (let n = 0; n < 5; n++) {
      expect(await accepted([() => create(`${n}`), () => create(`${n}`)])).toBe(1);
      await advance(1000);
    }
  });
});

describe('read-after-write lag', () => {
  const commands = {
    get: (Identifier: string) =>
      on.client.send(new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier })),
    ids: async () =>
      (
        await on.client.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox', MaxResults: 100 }))
      ).OpportunitySummaries?.map(({ Id }) => Id),
  };

  test('hides a new record from reads for readLagMs', async () => {
    await on.control('POST', 'settings', { readLagMs: 3000 });
    const { body } = await create('new');
    expect((await on.read(body.Id)).__type).toContain('ResourceNotFoundException');
    await advance(3000);
    expect((await commands.get(String(body.Id))).Id).toBe(body.Id);
  });

  test('returns a changed record as before for readLagMs, but locks by its latest date', async () => {
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

  test('lists order, filters and new records as before for listLagMs', async () => {
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

  test('lists every record exactly once over all pages of a lagging list', async () => {
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
