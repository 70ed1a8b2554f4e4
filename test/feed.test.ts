/** The feed of changes, through GraphQL. */
import { describe, expect, test } from 'vitest';
import { type Data, gateway, type TestGateway, untilIndexed } from './kit.ts';
import { stopTime } from './time.ts';
import { until } from './until.ts';

const feed = `query ($since: String, $first: Int!, $filter: OpportunityFilter) {
  opportunityChanges(since: $since, first: $first, filter: $filter) {
    changes { kind id lastModifiedDate changedFields cursor opportunity { lifeCycle { stage nextSteps } } }
    cursor hasMore asOf
  }
}`;
const changes = async (gw: TestGateway, since: string | null, more: object = {}) => {
  const answer = await gw.query(feed, { since, first: 100, ...more });
  return { ...answer, page: answer.data?.opportunityChanges as Data };
};
/** Everything after a cursor. */
async function drain(gw: TestGateway, since: string | null, more: object = {}) {
  const all: Data[] = [];
  for (let cursor = since, reads = 0; ; ) {
    const { page, errors, calls } = await changes(gw, cursor, more);
    expect(errors).toBeUndefined();
    all.push(...page.changes);
    reads += calls.ListOpportunities ?? 0;
    cursor = page.cursor;
    if (!page.hasMore) return { all, cursor, reads };
  }
}
const touch = (gw: TestGateway, id: string, nextSteps: string) =>
  gw.emulator.patchRecord(id, { LifeCycle: { NextSteps: nextSteps } }, { touch: true });
const modes = [
  ['with the index', { INDEX: 'on', SYNC_INTERVAL_MS: '100' }],
  ['without the index', { INDEX: 'off' }],
] as const;

describe.each(modes)('the feed %s', (_, env) => {
  const ready = async (): Promise<TestGateway> => {
    const gw = await gateway(env);
    await until(async () => !(await changes(gw, null)).errors);
    return gw;
  };

  test('begins with every opportunity, oldest change first, and goes on with what has changed', async () => {
    await using gw = await ready();
    const { all, cursor } = await drain(gw, null);
    expect(new Set(all.map(({ id }) => id)).size).toBe(250);
    const dates = all.map(({ lastModifiedDate }) => Date.parse(lastModifiedDate));
    expect(dates).toEqual(dates.toSorted((a, b) => a - b));
    await touch(gw, 'O5000002', 'First');
    await touch(gw, 'O5000003', 'Second');
    const told: Data[] = [];
    let since = cursor;
    await until(async () => {
      const next = await drain(gw, since);
      since = next.cursor ?? '';
      told.push(...next.all);
      return told.length >= 2;
    });
    expect(told.map(({ id, kind, opportunity }) => [id, kind, opportunity.lifeCycle.nextSteps])).toEqual([
      ['O5000002', 'UPDATED', 'First'],
      ['O5000003', 'UPDATED', 'Second'],
    ]);
    expect(told[0].changedFields).toEqual(env.INDEX === 'on' ? ['lifeCycle.nextSteps'] : null);
    expect((await changes(gw, since)).page.changes).toEqual([]);
  });

  test('a cursor of a change goes on after that change', async () => {
    await using gw = await ready();
    const { page } = await changes(gw, null, { first: 10 });
    for (const at of [0, 4, 9]) {
      const next = await changes(gw, page.changes[at].cursor, { first: 10 - at });
      expect(next.page.changes.slice(0, 9 - at).map(({ id }: Data) => id)).toEqual(
        page.changes.slice(at + 1).map(({ id }: Data) => id),
      );
    }
    expect(page.cursor).toBe(page.changes[9].cursor);
  });

  test('a filter leaves out what does not match now, and has cursors of its own', async () => {
    await using gw = await ready();
    const filter = { stages: ['LAUNCHED'] };
    const { all, cursor } = await drain(gw, null, { filter });
    expect(all.length).toBeGreaterThan(3);
    expect(new Set(all.map(({ opportunity }) => opportunity.lifeCycle.stage))).toEqual(new Set(['LAUNCHED']));
    const { errors } = await changes(gw, cursor);
    expect(errors?.[0]).toMatchObject({
      message:
        'since: got a cursor of another filter or account, expected one of this feed; start again without it',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test.each([
    ['nonsense', 'no cursor'],
    ['a list of AWS’s', 'WyJhIixudWxsLDIwXQ'],
    ['a very long text', 'A'.repeat(100_000)],
  ])('a cursor that is %s is refused', async (_, since) => {
    await using gw = await ready();
    const { errors } = await changes(gw, since);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message.length).toBeLessThan(300);
  });

  test('a created opportunity is reported as one', async () => {
    await using gw = await ready();
    const { cursor } = await drain(gw, null);
    const { input } = await import('./create-input.ts');
    const created = await gw.query(
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }',
      { input },
    );
    let told: Data[] = [];
    await until(async () => {
      told = (await drain(gw, cursor)).all;
      return told.length > 0;
    });
    expect(told.map(({ kind, id }) => [kind, id])).toEqual([['CREATED', created.data.createOpportunity.id]]);
  });
});

describe('the cost of the feed', () => {
  test('without the index it is a call for a hundred changes, and one if there are none', async () => {
    await using gw = await gateway();
    const { cursor, reads } = await drain(gw, null);
    expect(reads).toBeLessThanOrEqual(4);
    const { calls } = await changes(gw, cursor);
    expect(calls).toEqual({ ListOpportunities: 1 });
  });

  test('with the index it is nothing, but for fields that lists lack', async () => {
    await using gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '3600000' });
    await untilIndexed(gw);
    expect((await drain(gw, null)).reads).toBe(0);
    const { calls } = await gw.query(
      '{ opportunityChanges(first: 5) { changes { id opportunity { project { title } } } } }',
    );
    expect(calls).toEqual({ GetOpportunity: 5 });
  });
});

describe('an opportunity that AWS does not show any more', () => {
  const id = 'O5000004';
  const seen = async (gw: TestGateway) => {
    const { data, calls } = await gw.query(`{
      node(id: "${id}") { id }
      opportunities { totalCount }
      pipeline(groupBy: []) { count }
    }`);
    const { node, opportunities, pipeline } = data;
    return { node: node?.id ?? null, counts: [opportunities.totalCount, pipeline[0].count], calls };
  };

  test('is reported as lost once, is in no count from then on, and is reported again when it comes back', async () => {
    using time = stopTime();
    const hourMs = 3_600_000;
    await using gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '600000' });
    await time.advance(1_000);
    const { cursor } = await drain(gw, null);
    expect(await seen(gw)).toMatchObject({ node: id, counts: [250, 250] });
    const record = await gw.emulator.hideRecord(id);
    // The next look at everything lacks it, and so does the look-up that follows.
    await time.advance(hourMs + 1_200_000);
    const lost = await drain(gw, cursor);
    expect(lost.all).toEqual([expect.objectContaining({ kind: 'LOST', id, opportunity: null })]);
    expect(await seen(gw)).toMatchObject({ node: null, counts: [249, 249] });
    await time.advance(hourMs);
    expect((await drain(gw, lost.cursor)).all).toEqual([]);
    await gw.emulator.control('PUT', `opportunities/${id}`, record);
    await time.advance(hourMs);
    const back = await drain(gw, lost.cursor);
    expect(back.all.map(({ kind, id }) => [kind, id])).toEqual([['UPDATED', id]]);
    expect(await seen(gw)).toMatchObject({ node: id, counts: [250, 250] });
  });

  test('is not lost when one list lacks it', async () => {
    using time = stopTime();
    await using gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '600000' });
    await time.advance(1_000);
    const { cursor } = await drain(gw, null);
    const record = await gw.emulator.hideRecord(id);
    await time.advance(3_600_000);
    await gw.emulator.control('PUT', `opportunities/${id}`, record);
    await time.advance(3_600_000);
    expect((await drain(gw, cursor)).all).toEqual([]);
    expect((await seen(gw)).counts).toEqual([250, 250]);
  });
});
