/** The history of a deal, as the snapshots of it remember it. */
import { describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import type { Data } from './kit.ts';
import { firstPartner, role, type SharedRoom, sharedRoom } from './shared-room.ts';

/** The first partner's deal, approved and shared again with each of these next steps. */
async function told(...steps: string[]): Promise<SharedRoom> {
  const on = await sharedRoom();
  await on.one.setRole(role(firstPartner));
  await on.control('POST', `opportunities/${on.one.id}/review`, { decision: 'Approved' });
  for (const nextSteps of steps) await on.one.patch(on.one.id, { lifeCycle: { nextSteps } });
  return on;
}
const query = (id: string, args = '') =>
  `{ opportunity(id: "${id}") { id history${args} { nodes { at by view changes { field from to } snapshot { revision } } pageInfo { hasNextPage endCursor } } } }`;

describe('Opportunity.history', () => {
  test('shows who changed what and when, latest first, in the partner’s view and in AWS’s', async () => {
    await using on = await told('Call', 'Meet');
    await on.control('PATCH', `summaries/${on.one.id}`, {
      LifeCycle: { NextSteps: 'Introduce the specialist' },
    });
    const { data, errors } = await on.one.query(query(on.one.id));
    expect(errors).toBeUndefined();
    const entries = data.opportunity.history.nodes;
    const dates = entries.map(({ at }: Data) => at);
    expect(dates).toEqual([...dates].sort().reverse());
    expect(new Set(entries.map(({ by, view }: Data) => `${by} ${view}`))).toEqual(
      new Set([`${firstPartner} OpportunitySummaryView`, 'aws AwsOpportunitySummaryFullView']),
    );
    const changesOf = (field: string) =>
      entries.flatMap(({ changes }: Data) => changes.filter((one: Data) => one.field === field));
    expect(changesOf('lifecycle.nextSteps')).toEqual([
      { field: 'lifecycle.nextSteps', from: 'Call', to: 'Meet' },
      { field: 'lifecycle.nextSteps', from: null, to: 'Call' },
    ]);
    expect(changesOf('lifecycle.reviewStatus').at(0)).toMatchObject({ to: 'Approved' });
    expect(changesOf('lifeCycle.nextSteps')).toEqual([
      { field: 'lifeCycle.nextSteps', from: null, to: 'Introduce the specialist' },
    ]);
    // The first snapshot is reported with all that it shows.
    expect(changesOf('customer.account.companyName')).toEqual([
      { field: 'customer.account.companyName', from: null, to: 'Northwind Tidal Energy' },
    ]);
  });

  test('costs one list, and one call for each snapshot, once in its life', async () => {
    await using on = await told('Call', 'Meet');
    const first = await on.one.query(query(on.one.id));
    const { length } = first.data.opportunity.history.nodes;
    expect(first.calls).toEqual({
      GetOpportunity: 1,
      ListEngagementResourceAssociations: 1,
      ListResourceSnapshots: 1,
      GetResourceSnapshot: length,
    });
    const again = await on.one.query(query(on.one.id), {}, { 'cache-control': 'no-cache' });
    expect(again.data).toEqual(first.data);
    expect(again.calls.GetResourceSnapshot).toBeUndefined();
    await on.one.patch(on.one.id, { lifeCycle: { nextSteps: 'Sign' } });
    const more = await on.one.query(query(on.one.id));
    expect(more.data.opportunity.history.nodes).toHaveLength(length + 1);
    expect(more.calls.GetResourceSnapshot).toBe(1);
  });

  test('of another partner’s opportunity is its own: the two see different ones', async () => {
    await using on = await told('Call');
    const { data } = await on.other.query(query(on.other.id));
    expect(data.opportunity.history.nodes.length).toBeGreaterThan(0);
    for (const { changes } of data.opportunity.history.nodes)
      expect(changes.some(({ to }: Data) => to === 'Call')).toBe(false);
  });

  test('pages of any size follow one another, with no entry twice or left out, while new ones come', async () => {
    await using on = await told('a', 'b', 'c', 'd', 'e');
    const whole = (await on.one.query(query(on.one.id, '(first: 100)'))).data.opportunity.history.nodes;
    const found: Data[] = [];
    for (let after: string | null = null, first = 1; ; first = (first % 3) + 1) {
      const { data, errors }: Data = await on.one.query(
        `query ($after: String) ${query(on.one.id, `(first: ${first}, after: $after)`)}`,
        { after },
      );
      expect(errors).toBeUndefined();
      const { nodes, pageInfo } = data.opportunity.history;
      found.push(...nodes);
      if (found.length < 3)
        await on.one.patch(on.one.id, { lifeCycle: { nextSteps: `new ${found.length}` } });
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(found).toEqual(whole);
  });

  test('reads no more of a long history than a page shows, and a few', async () => {
    await using on = await told(...Array.from({ length: 12 }, (_, n) => `step ${n}`));
    const { calls } = await on.one.query(query(on.one.id, '(first: 2)'));
    expect(calls.GetResourceSnapshot).toBeLessThanOrEqual(8);
  });

  test('is the same if AWS lists only the latest revision of each snapshot', async () => {
    await using on = await told('Call', 'Meet');
    const all = await on.one.query(query(on.one.id));
    await on.control('POST', 'settings', { listedSnapshots: 'latest' });
    const latest = await on.one.query(query(on.one.id), {}, { 'cache-control': 'no-cache' });
    expect(latest.data).toEqual(all.data);
  });

  test('of an opportunity that is not shared is empty', async () => {
    await using on = await sharedRoom();
    const created = await on.one.query(
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }',
      { input: { ...input, partnerOpportunityIdentifier: null } },
    );
    const { data, calls } = await on.one.query(query(created.data.createOpportunity.id));
    expect(data.opportunity.history).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    expect(calls).toEqual({ GetOpportunity: 1, ListEngagementResourceAssociations: 1 });
  });

  test.each([
    ['first: 0', 'first: got 0, expected 1 to 100'],
    [
      'after: "x"',
      'after: got "x", expected a cursor that the history of this opportunity returned, such as pageInfo.endCursor',
    ],
  ])('with %s is refused before a call', async (args, message) => {
    await using on = await sharedRoom();
    const { data, errors, calls } = await on.one.query(query(on.one.id, `(${args})`));
    expect([data.opportunity.history, errors?.map((one) => one.message)]).toEqual([null, [message]]);
    expect(calls).toEqual({ GetOpportunity: 1 });
  });
});
