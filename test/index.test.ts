/** The index of opportunities, through GraphQL. */
import { describe, expect, test } from 'vitest';
import { type Data, gateway, type TestGateway, untilIndexed } from './kit.ts';
import { until } from './until.ts';

const settings = { INDEX: 'on', SYNC_INTERVAL_MS: '100' };
const count = '{ opportunities { totalCount } }';

/** A gateway whose index is complete. */
async function indexed(env: Record<string, string> = {}, options: object = {}): Promise<TestGateway> {
  const gw = await gateway({ ...settings, ...env }, options);
  await untilIndexed(gw);
  return gw;
}
/** One that asks AWS no more after that, so that its calls can be counted. */
const still = () => indexed({ SYNC_INTERVAL_MS: '3600000' });

describe('totalCount', () => {
  test('a connection of which only the number is selected makes no call', async () => {
    await using gw = await still();
    const { data, calls } = await gw.query(count);
    expect(data.opportunities.totalCount).toBe(250);
    expect(calls).toEqual({});
  });

  test.each([
    '{}',
    '{ stages: [QUALIFIED, LAUNCHED] }',
    '{ reviewStatuses: [APPROVED], stages: [] }',
    '{ ids: ["O5000001", "O5000007", "O999"] }',
    '{ ids: [] }',
    '{ targetCloseDate: { after: "2020-01-01" } }',
    '{ createdDate: { before: "2020-01-01T00:00:00Z" } }',
  ])('it is the number of opportunities that AWS lists with the filter %s', async (filter) => {
    await using gw = await still();
    const { data, errors } = await gw.query(
      `{ opportunities(first: 100, filter: ${filter}) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(errors).toBeUndefined();
    let { nodes, pageInfo } = data.opportunities;
    let listed = nodes.length;
    while (pageInfo.hasNextPage) {
      const more = await gw.query(
        `{ opportunities(first: 100, after: "${pageInfo.endCursor}", filter: ${filter}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      );
      ({ nodes, pageInfo } = more.data.opportunities);
      listed += nodes.length;
    }
    expect(data.opportunities.totalCount).toBe(listed);
  });

  test('without the index it is null with the code and the remedy, and the page is there', async () => {
    await using gw = await gateway();
    const { data, errors } = await gw.query('{ opportunities(first: 1) { totalCount nodes { id } } }');
    expect(data.opportunities).toEqual({ totalCount: null, nodes: [{ id: expect.any(String) }] });
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('INDEX=on'),
        extensions: expect.objectContaining({ code: 'INDEX_OFF' }),
      }),
    ]);
  });

  test('while the index is being built the error has the time to try again', async () => {
    await using gw = await gateway({ INDEX: 'off' });
    await gw.emulator.hold('ListOpportunities');
    const { gatewayOn } = await import('./kit.ts');
    await using building = await gatewayOn(gw.emulator.url, settings);
    const { errors } = await building.query(count);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INDEX_BUILDING', retryAfterMs: 100 });
    await gw.emulator.release();
    await until(async () => (await building.query(count)).data.opportunities?.totalCount === 250);
  });
});

describe('the cost of the index', () => {
  test('is one call for a hundred opportunities, and one for what has changed since', async () => {
    await using gw = await gateway();
    await gw.emulator.clearCalls();
    const { gatewayOn } = await import('./kit.ts');
    await using built = await gatewayOn(gw.emulator.url, { INDEX: 'on', SYNC_INTERVAL_MS: '3600000' });
    await until(async () => built.logged.some((line) => line.includes('index built')));
    expect(await gw.emulator.calls()).toMatchObject({ ListOpportunities: 4 });
  });

  test('a poll of an account in which nothing changes is one call, and reads no opportunity again', async () => {
    await using gw = await indexed();
    await until(async () => ((await gw.emulator.calls()).ListOpportunities ?? 0) >= 4);
    const polls = (await gw.emulator.log()).filter(({ input }) => input.LastModifiedDate);
    expect(polls.length).toBeGreaterThan(2);
    for (const { input } of polls) {
      expect(input.NextToken ?? null).toBeNull();
      expect(Date.parse(input.LastModifiedDate.AfterLastModifiedDate)).toBeGreaterThan(Date.now() - 700_000);
    }
  });
});

describe('search', () => {
  const search = async (gw: TestGateway, text: string, more = '') =>
    gw.query(
      `query ($search: String!) { opportunities(first: 100, filter: { search: $search }${more}) {
        totalCount nodes { id partnerOpportunityIdentifier customer { account { companyName websiteUrl } } }
        pageInfo { hasNextPage endCursor } } }`,
      { search: text },
    );

  test('finds a part of the company name, the website, the identifier and the id, ignoring case and accents, at no call', async () => {
    await using gw = await indexed();
    await gw.emulator.patchRecord(
      'O5000009',
      { PartnerOpportunityIdentifier: 'CRM-ÄÖ-77', Customer: { Account: { CompanyName: 'Café Zürich' } } },
      { touch: true },
    );
    const ids = async (text: string) =>
      (await search(gw, text)).data.opportunities.nodes.map(({ id }: Data) => id);
    await until(async () => (await ids('cafe zurich')).length > 0);
    for (const text of ['cafe zurich', ' ZÜRICH', 'crm-ao-77', '5000009'])
      expect(await ids(text)).toEqual(['O5000009']);
    const { calls } = await search(gw, 'e');
    expect(calls.GetOpportunity).toBeUndefined();
  });

  test('pages in the order of the sort, and every page has what the filter selects', async () => {
    await using gw = await still();
    const all = (await search(gw, '.example', ', sort: { sortBy: IDENTIFIER, sortOrder: ASCENDING }')).data
      .opportunities;
    expect(all.totalCount).toBeGreaterThan(100);
    const found: string[] = [];
    for (let after: string | null = null, isLast = false; !isLast; ) {
      const { data, calls, errors } = await gw.query(
        `query ($after: String) { opportunities(first: 30, after: $after, filter: { search: ".example" },
          sort: { sortBy: IDENTIFIER, sortOrder: ASCENDING }) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      expect(errors).toBeUndefined();
      expect(calls).toEqual({});
      found.push(...data.opportunities.nodes.map(({ id }: Data) => id));
      after = data.opportunities.pageInfo.endCursor;
      isLast = !data.opportunities.pageInfo.hasNextPage;
    }
    expect(found).toHaveLength(all.totalCount);
    expect(found).toEqual(found.toSorted());
  });

  test('needs the index', async () => {
    await using gw = await gateway();
    expect((await search(gw, 'a')).errors?.[0]?.extensions.code).toBe('INDEX_OFF');
  });
});
