import { describe, expect, test } from 'vitest';
import { type Data, gateway, type TestGateway } from './kit.ts';

const summary = 'id lastModifiedDate lifeCycle { stage reviewStatus } customer { account { companyName } }';

/** All nodes of a list, page by page. */
async function walk(gw: TestGateway, args: string, first: number): Promise<Data[]> {
  const nodes: Data[] = [];
  for (let after: string | null = null, pages = 0; ; pages++) {
    const { data, errors } = await gw.query(
      `query ($first: Int!, $after: String) {
        opportunities(first: $first, after: $after ${args}) {
          nodes { id lastModifiedDate createdDate lifeCycle { stage reviewStatus targetCloseDate }
                  customer { account { companyName } } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { first, after },
    );
    expect(errors).toBeUndefined();
    nodes.push(...data.opportunities.nodes);
    if (!data.opportunities.pageInfo.hasNextPage) return nodes;
    expect(pages).toBeLessThan(300);
    after = data.opportunities.pageInfo.endCursor;
  }
}

describe('the cost of a page', () => {
  const cost = async (selection: string, first: number, variables: object = {}) => {
    await using gw = await gateway();
    const declared = 'withDetail' in variables ? 'query ($withDetail: Boolean!)' : 'query';
    const { data, errors, calls } = await gw.query(
      `${declared} { opportunities(first: ${first}) { ${selection} } }`,
      variables,
    );
    expect(errors).toBeUndefined();
    const { nodes, edges } = data.opportunities;
    if (nodes ?? edges) expect(nodes ?? edges).toHaveLength(first);
    return calls;
  };

  test('a page of summary fields costs one call, at any size', async () => {
    expect(await cost(`nodes { ${summary} __typename } pageInfo { endCursor }`, 100)).toEqual({
      ListOpportunities: 1,
    });
  });

  test('a page of details costs one more call per opportunity', async () => {
    expect(await cost('nodes { id marketing { source } }', 20)).toEqual({
      ListOpportunities: 1,
      GetOpportunity: 20,
    });
  });

  test.each([
    ['a field that only whole records have', 'nodes { project { title } }'],
    ['such a field under edges', 'edges { node { project { title } } }'],
    ['such a field under an alias', 'mine: nodes { it: project { that: title } }'],
    ['such a field in an inline fragment', 'nodes { ... on Opportunity { project { title } } }'],
    [
      'such a field in a fragment on the interface',
      'nodes { ... on Node { id ... on Opportunity { nationalSecurity } } }',
    ],
    [
      'such a field under edges and a summary under nodes',
      'nodes { id } edges { node { project { title } } }',
    ],
    [
      'such a field in one of two selections of its parent',
      'nodes { project { deliveryModels } } nodes { project { title } }',
    ],
    [
      'such a field under nodes and a summary of its parent under edges',
      'nodes { project { title } } edges { node { project { deliveryModels } } }',
    ],
    [
      'such a field included by a variable',
      'nodes { project { title @include(if: $withDetail) } }',
      { withDetail: true },
    ],
    [
      'such a field not skipped by a variable',
      'nodes { id ... @skip(if: $withDetail) { marketing { source } } }',
      { withDetail: false },
    ],
  ])('a page costs one more call per opportunity with %s', async (_, selection, variables: object = {}) => {
    expect(await cost(selection, 3, variables)).toEqual({ ListOpportunities: 1, GetOpportunity: 3 });
  });

  test.each([
    [
      'a detail that a variable does not include',
      'nodes { id project { title @include(if: $withDetail) } }',
      { withDetail: false },
    ],
    [
      'a detail that a variable skips',
      'nodes { id marketing @skip(if: $withDetail) { source } }',
      { withDetail: true },
    ],
    ['no field of the opportunities', 'pageInfo { hasNextPage }'],
    ['only cursors', 'edges { cursor }'],
  ])('a page costs one call with %s', async (_, selection, variables: object = {}) => {
    expect(await cost(selection, 3, variables)).toEqual({ ListOpportunities: 1 });
  });

  test('a page with named fragments costs one call for summary fields, and one more per opportunity for details', async () => {
    await using gw = await gateway();
    const document = (field: string) => `
      { opportunities(first: 2) { nodes { ...Outer } } }
      fragment Outer on Node { ...Inner id }
      fragment Inner on Opportunity { project { ${field} } }`;
    expect((await gw.query(document('deliveryModels'))).calls).toEqual({ ListOpportunities: 1 });
    expect((await gw.query(document('title'))).calls).toEqual({ ListOpportunities: 1, GetOpportunity: 2 });
  });
});

describe('a page of details', () => {
  test('all fields of a node come from the same version of the record, even if the list is older', async () => {
    await using gw = await gateway();
    const { data: before } = await gw.query(
      `{ opportunities(first: 1) { nodes { id lifeCycle { nextSteps } } } }`,
    );
    const [{ id }] = before.opportunities.nodes;
    await gw.emulator.hold('GetOpportunity');
    const answer = gw.query(
      `{ opportunities(first: 1) { nodes { id lastModifiedDate lifeCycle { nextSteps } project { title } } } }`,
    );
    // The list has been returned and the read of the record is in flight: the record changes in between.
    await gw.emulator.untilHeld();
    const stored = await gw.emulator.patchRecord(
      id,
      { LifeCycle: { NextSteps: 'Moved on' } },
      { touch: true },
    );
    await gw.emulator.release();
    const { data } = await answer;
    expect(data.opportunities.nodes).toEqual([
      {
        id,
        lastModifiedDate: stored.LastModifiedDate,
        lifeCycle: { nextSteps: 'Moved on' },
        project: { title: stored.Project.Title },
      },
    ]);
  });

  test('a node that cannot be read is null with an error at its path', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'error', operation: 'GetOpportunity', times: 9 });
    const { data, errors } = await gw.query(
      '{ opportunities(first: 1, filter: { ids: ["O5000001"] }) { nodes { project { title } } edges { node { id project { title } } } } }',
    );
    expect(data.opportunities).toEqual({ nodes: [null], edges: [{ node: null }] });
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code]).sort()).toEqual([
      ['opportunities.edges.0.node', 'UPSTREAM_UNAVAILABLE'],
      ['opportunities.nodes.0', 'UPSTREAM_UNAVAILABLE'],
    ]);
  });
});

describe('paging', () => {
  test.each([7, 100])('paging by %i returns every opportunity once', async (first) => {
    await using gw = await gateway();
    const ids = (await walk(gw, '', first)).map(({ id }) => id);
    expect(ids).toHaveLength(250);
    expect(new Set(ids).size).toBe(250);
  });

  test('paging continues after any edge, with any page size', async () => {
    await using gw = await gateway();
    const page = async (first: number, after: string | null) => {
      const { data } = await gw.query(
        'query ($first: Int!, $after: String) { opportunities(first: $first, after: $after) { edges { cursor node { id } } } }',
        { first, after },
      );
      return data.opportunities.edges as { cursor: string; node: { id: string } }[];
    };
    const all = (await page(30, null)).map(({ node }) => node.id);
    const ten = await page(10, null);
    for (const [index, { cursor }] of ten.entries()) {
      expect((await page(5, cursor)).map(({ node }) => node.id)).toEqual(all.slice(index + 1, index + 6));
      expect((await page(15, cursor)).map(({ node }) => node.id)).toEqual(all.slice(index + 1, index + 16));
    }
  });

  test('paging continues after a cursor from the middle of a page that has moved', async () => {
    await using gw = await gateway();
    const list = '{ opportunities(first: 6) { edges { cursor node { id } } } }';
    const { edges } = (await gw.query(list)).data.opportunities;
    // The fifth becomes the first: everything before it moves down by one.
    await gw.emulator.patchRecord(edges[4].node.id, {}, { touch: true });
    const { data } = await gw.query(
      `{ opportunities(first: 1, after: "${edges[1].cursor}") { nodes { id } } }`,
    );
    expect(data.opportunities.nodes[0].id).toBe(edges[2].node.id);
  });

  test('an empty page has no cursors and no further pages', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(
      '{ opportunities(filter: { ids: ["O1"] }) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
    );
    expect(data.opportunities).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test.each([0, -1, 101, 1000])('paging refuses first: %i', async (first) => {
    await using gw = await gateway();
    const { errors, calls } = await gw.query(`{ opportunities(first: ${first}) { nodes { id } } }`);
    expect(errors).toMatchObject([
      { message: `first: got ${first}, expected 1 to 100`, extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(calls).toEqual({});
  });

  test('paging refuses a cursor of another filter or sort, and a string that is not a cursor', async () => {
    await using gw = await gateway();
    const cursorOf = async (args: string) =>
      (await gw.query(`{ opportunities(first: 2 ${args}) { pageInfo { endCursor } } }`)).data.opportunities
        .pageInfo.endCursor;
    const ask = async (args: string, after: string) =>
      gw.query(`query ($after: String) { opportunities(first: 2, after: $after ${args}) { nodes { id } } }`, {
        after,
      });
    const cursor = await cursorOf('filter: { stages: [PROSPECT] }');
    const foreign = /a cursor of another filter, sort or account/;
    expect((await ask('', cursor)).errors?.[0]?.message).toMatch(foreign);
    expect((await ask('filter: { stages: [QUALIFIED] }', cursor)).errors?.[0]?.message).toMatch(foreign);
    expect(
      (await ask('filter: { stages: [PROSPECT] } sort: { sortBy: IDENTIFIER, sortOrder: ASCENDING }', cursor))
        .errors?.[0]?.message,
    ).toMatch(foreign);
    expect((await ask('filter: { stages: [PROSPECT] }', cursor)).errors).toBeUndefined();
    for (const after of ['nonsense', '', 'bnVsbA', Buffer.from('["x",1]').toString('base64url')]) {
      const { errors, calls } = await ask('', after);
      if (after === '') expect(errors).toBeUndefined();
      else {
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
        expect(errors?.[0]?.message).toContain(`after: got ${JSON.stringify(after)}, expected a cursor`);
        expect(calls).toEqual({});
      }
    }
  });

  test('backward paging is not supported', async () => {
    await using gw = await gateway();
    const { status, errors } = await gw.query('{ opportunities(last: 3) { nodes { id } } }');
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain('Unknown argument "last"');
  });
});

describe('filters', () => {
  const all = async (gw: TestGateway) => walk(gw, '', 100);

  test.each([
    [
      'stages',
      'stages: [LAUNCHED, CLOSED_LOST]',
      (o: Data) => ['LAUNCHED', 'CLOSED_LOST'].includes(o.lifeCycle.stage),
    ],
    [
      'reviewStatuses',
      'reviewStatuses: [ACTION_REQUIRED]',
      (o: Data) => o.lifeCycle.reviewStatus === 'ACTION_REQUIRED',
    ],
    [
      'both',
      'stages: [PROSPECT], reviewStatuses: [APPROVED]',
      (o: Data) => o.lifeCycle.stage === 'PROSPECT' && o.lifeCycle.reviewStatus === 'APPROVED',
    ],
    ['empty lists', 'stages: [], reviewStatuses: []', () => true],
  ])('a filter by %s returns exactly the matching opportunities', async (_, filter, holds) => {
    await using gw = await gateway();
    const expected = (await all(gw)).filter(holds).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect((await walk(gw, `filter: { ${filter} }`, 100)).map(({ id }) => id)).toEqual(expected);
  });

  test.each([
    ['lastModifiedDate', (o: Data) => o.lastModifiedDate],
    ['createdDate', (o: Data) => o.createdDate],
    ['targetCloseDate', (o: Data) => o.lifeCycle.targetCloseDate],
  ])('a filter by %s takes a range', async (name, key) => {
    await using gw = await gateway();
    const opportunities = await all(gw);
    const sorted = opportunities.map(key).filter(Boolean).sort();
    const [after, before] = [sorted[50], sorted[100]];
    const found = await walk(gw, `filter: { ${name}: { after: "${after}", before: "${before}" } }`, 100);
    expect(found.length).toBeGreaterThan(40);
    expect(found.every((o) => key(o) >= after && key(o) <= before)).toBe(true);
    const open = await walk(gw, `filter: { ${name}: { after: "${before}" } }`, 100);
    expect(open.every((o) => key(o) >= before)).toBe(true);
  });

  test('a filter by customerCompanyNames returns the opportunities of these companies', async () => {
    await using gw = await gateway();
    const [{ customer }] = await all(gw);
    const { companyName } = customer.account;
    const found = await walk(gw, `filter: { customerCompanyNames: [${JSON.stringify(companyName)}] }`, 100);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((o) => o.customer.account.companyName === companyName)).toBe(true);
  });

  test('a filter may have more ids than AWS accepts in a call, sorted and in pages', async () => {
    await using gw = await gateway();
    const ids = Array.from({ length: 45 }, (_, n) => `O5000${String(n + 10).padStart(3, '0')}`);
    const args = `filter: { ids: ${JSON.stringify(ids)} }, sort: { sortBy: IDENTIFIER, sortOrder: DESCENDING }`;
    expect((await walk(gw, args, 10)).map(({ id }) => id)).toEqual([...ids].reverse());
    const { calls } = await gw.query(`{ opportunities(first: 45, ${args}) { nodes { id } } }`);
    expect(calls).toEqual({ ListOpportunities: 3 });
  });

  test('an empty list of ids matches no opportunity, and costs nothing', async () => {
    await using gw = await gateway();
    const { data, calls } = await gw.query('{ opportunities(filter: { ids: [] }) { nodes { id } } }');
    expect(data.opportunities.nodes).toEqual([]);
    expect(calls).toEqual({});
  });

  test('a filter with more values than AWS accepts, or with malformed values, is refused', async () => {
    await using gw = await gateway();
    const message = async (filter: string) => {
      const { errors, calls } = await gw.query(`{ opportunities(filter: { ${filter} }) { nodes { id } } }`);
      expect(calls).toEqual({});
      return errors?.[0]?.message;
    };
    const names = Array.from({ length: 11 }, (_, n) => `"Company ${n}"`);
    expect(await message(`customerCompanyNames: [${names}]`)).toBe(
      'filter.customerCompanyNames: got 11 values, expected at most 10',
    );
    const ids = Array.from({ length: 201 }, (_, n) => `"O${n}"`);
    expect(await message(`ids: [${ids}]`)).toBe('filter.ids: got 201 values, expected at most 200');
    expect(await message('ids: ["O1", "nope"]')).toContain('filter.ids[1]: got "nope", expected');
    expect(await message('stages: [WON]')).toContain('Value "WON" does not exist in "Stage" enum');
    expect(await message('createdDate: { after: "yesterday" }')).toContain(
      'filter.createdDate.after: got "yesterday", expected an RFC 3339 instant',
    );
    expect(await message('createdDate: { after: "2026-02-04T05:18:25" }')).toContain(
      'expected an RFC 3339 instant with an offset',
    );
    expect(await message('targetCloseDate: { after: "2026-02-30" }')).toContain(
      'filter.targetCloseDate.after: got "2026-02-30", expected a day',
    );
  });
});

describe('sorts', () => {
  test.each([
    ['LAST_MODIFIED_DATE', (o: Data) => o.lastModifiedDate],
    ['CREATED_DATE', (o: Data) => o.createdDate],
    ['TARGET_CLOSE_DATE', (o: Data) => o.lifeCycle.targetCloseDate],
    ['IDENTIFIER', (o: Data) => o.id],
    ['CUSTOMER_COMPANY_NAME', (o: Data) => o.customer.account.companyName],
  ])('a list is sorted by %s in both directions, also across several AWS calls', async (sortBy, key) => {
    await using gw = await gateway();
    const ids = JSON.stringify(
      Array.from({ length: 50 }, (_, n) => `O5000${String(n + 1).padStart(3, '0')}`),
    );
    for (const filter of ['', `, filter: { ids: ${ids} }`]) {
      const up = (await walk(gw, `, sort: { sortBy: ${sortBy}, sortOrder: ASCENDING } ${filter}`, 100)).map(
        key,
      );
      const down = (
        await walk(gw, `, sort: { sortBy: ${sortBy}, sortOrder: DESCENDING } ${filter}`, 100)
      ).map(key);
      expect(up).toEqual([...up].sort());
      expect(down).toEqual([...up].reverse());
    }
  });
});
