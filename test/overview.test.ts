/** What the index answers about all opportunities: pipeline, attention, look-up and upsert by the partner's identifier. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { type Data, gateway, type TestGateway, untilIndexed } from './kit.ts';

/** A gateway whose index was built, and asks AWS no more. */
async function indexed(env: Record<string, string> = {}): Promise<TestGateway> {
  const gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '3600000', ...env });
  await untilIndexed(gw);
  return gw;
}
const { partnerOpportunityIdentifier: _, ...create } = input;
const upsert = `mutation ($input: UpsertOpportunityInput!) { upsertOpportunity(input: $input) {
  id created changedFields warnings { message } userErrors { code path message }
} }`;
const patch = { lifeCycle: { nextSteps: 'Call again' } };

describe('questions about all opportunities', () => {
  let gw: TestGateway;
  let records: Data[];
  beforeAll(async () => {
    gw = await indexed();
    records = await Promise.all(
      Array.from({ length: 250 }, (_, n) => gw.emulator.record(`O${5_000_001 + n}`)),
    );
  });
  afterAll(() => gw[Symbol.asyncDispose]());

  test('the pipeline counts and sums every opportunity once, at no call', async () => {
    const { data, calls, errors } = await gw.query(`{
      all: pipeline(groupBy: []) { count overdue expectedMonthlySpend { amount currencyCode } asOf stage }
      stages: pipeline(groupBy: [STAGE]) { stage count month }
      fine: pipeline(groupBy: [STAGE, MONTH, INDUSTRY]) { count month }
      some: pipeline(groupBy: [STAGE], filter: { stages: [LAUNCHED] }) { stage count }
    }`);
    expect(errors).toBeUndefined();
    expect(calls).toEqual({});
    const [all] = data.all;
    expect(all).toMatchObject({ count: 250, stage: null });
    const counts = Map.groupBy(records, (record) => record.LifeCycle.Stage);
    expect(data.stages).toHaveLength(counts.size);
    for (const { stage, count } of data.stages)
      expect(
        counts.get(
          stage === 'CLOSED_LOST'
            ? 'Closed Lost'
            : stage[0] + stage.slice(1).toLowerCase().replaceAll('_', ' '),
        )?.length ?? count,
      ).toBe(count);
    const sum = (buckets: Data[]) => buckets.reduce((total, { count }) => total + count, 0);
    expect([sum(data.stages), sum(data.fine)]).toEqual([250, 250]);
    expect(data.fine.every(({ month }: Data) => /^\d{4}-\d{2}$/.test(month))).toBe(true);
    expect(data.some).toEqual([{ stage: 'LAUNCHED', count: counts.get('Launched')?.length }]);
    // In hundredths, which are exact.
    const cents = new Map<string, number>();
    for (const { CurrencyCode, Amount, TargetCompany, Frequency } of records.flatMap(
      (record) => record.Project.ExpectedCustomerSpend ?? [],
    ))
      if (TargetCompany === 'AWS' && Frequency === 'Monthly')
        cents.set(CurrencyCode, (cents.get(CurrencyCode) ?? 0) + Math.round(Number(Amount) * 100));
    expect(
      Object.fromEntries(
        all.expectedMonthlySpend.map(({ amount, currencyCode }: Data) => [
          currencyCode,
          Math.round(Number(amount) * 100),
        ]),
      ),
    ).toEqual(Object.fromEntries(cents));
  });

  test('what needs attention is listed by kind and age, in pages, at no call', async () => {
    const page = `query ($after: String) { attention(first: 30, after: $after, kinds: [ACTION_REQUIRED, CLOSE_DATE_PASSED, NOT_SUBMITTED]) {
      totalCount asOf nodes { kind since message subject { id ... on Opportunity { lifeCycle { reviewStatus } } } }
      pageInfo { hasNextPage endCursor } } }`;
    const found: Data[] = [];
    let total = 0;
    for (let after: string | null = null, isLast = false; !isLast; ) {
      const { data, calls, errors } = await gw.query(page, { after });
      expect(errors).toBeUndefined();
      expect(calls).toEqual({});
      found.push(...data.attention.nodes);
      total = data.attention.totalCount;
      after = data.attention.pageInfo.endCursor;
      isLast = !data.attention.pageInfo.hasNextPage;
    }
    expect(found).toHaveLength(total);
    expect(new Set(found.map(({ kind, subject }) => `${kind} ${subject.id}`)).size).toBe(total);
    const required = found.filter(({ kind }) => kind === 'ACTION_REQUIRED');
    expect(new Set(required.map(({ subject }) => subject.id))).toEqual(
      new Set(
        records.filter(({ LifeCycle }) => LifeCycle.ReviewStatus === 'Action Required').map(({ Id }) => Id),
      ),
    );
    expect(found.slice(0, required.length)).toEqual(required);
    expect(required[0].message).toMatch(/^AWS asks for changes to O\d+ \(.+\)\. Make them/);
    const since = required.map(({ since }) => Date.parse(since));
    expect(since).toEqual(since.toSorted((a, b) => a - b));
  });

  test('the subject of attention costs a call only for what lists lack', async () => {
    const { calls } = await gw.query(
      '{ attention(first: 2, kinds: [ACTION_REQUIRED]) { nodes { subject { ... on Opportunity { project { title } } } } } }',
    );
    expect(calls).toEqual({ GetOpportunity: 2 });
  });

  test('what is selected of a lead costs no call for an opportunity that needs attention', async () => {
    const { data, calls } =
      await gw.query(`{ attention(first: 2, kinds: [ACTION_REQUIRED]) { nodes { subject { id
      ... on Opportunity { customer { account { companyName } } } ... on Lead { customer { companyName } } } } } }`);
    for (const { subject } of data.attention.nodes)
      expect(subject.customer.account.companyName).toEqual(expect.any(String));
    expect(calls).toEqual({});
  });

  test('an opportunity is found by the partner’s identifier with one call, as a router asks for it, too', async () => {
    const { Id, PartnerOpportunityIdentifier: identifier } = records.find(
      (record) => record.PartnerOpportunityIdentifier,
    );
    const look =
      'query ($id: String!) { opportunityByPartnerIdentifier(partnerOpportunityIdentifier: $id) { id } }';
    const { data, calls } = await gw.query(look, { id: identifier });
    expect(data.opportunityByPartnerIdentifier).toEqual({ id: Id });
    expect(calls).toEqual({ ListOpportunities: 1 });
    const missing = await gw.query(look, { id: 'no such' });
    expect([missing.data.opportunityByPartnerIdentifier, missing.errors]).toEqual([null, undefined]);
    expect(missing.calls).toEqual({ ListOpportunities: 1 });
    const entities = await gw.query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Opportunity { id } } }',
      {
        r: [{ __typename: 'Opportunity', partnerOpportunityIdentifier: identifier }],
      },
    );
    expect(entities.data._entities).toEqual([{ id: Id }]);
  });

  test('an identifier that has moved to another opportunity is found there', async () => {
    await gw.emulator.patchRecord('O5000020', { PartnerOpportunityIdentifier: 'moves' }, { touch: true });
    const look = '{ opportunityByPartnerIdentifier(partnerOpportunityIdentifier: "moves") { id } }';
    expect((await gw.query(look)).data.opportunityByPartnerIdentifier).toEqual({ id: 'O5000020' });
    await gw.emulator.patchRecord('O5000020', { PartnerOpportunityIdentifier: 'other' }, { touch: true });
    await gw.emulator.patchRecord('O5000021', { PartnerOpportunityIdentifier: 'moves' }, { touch: true });
    expect((await gw.query(look)).data.opportunityByPartnerIdentifier).toEqual({ id: 'O5000021' });
  });
});

describe('upsertOpportunity', () => {
  test('creates an opportunity once and patches it from then on', async () => {
    await using gw = await indexed();
    const variables = { input: { partnerOpportunityIdentifier: 'crm-1', create, patch } };
    const first = await gw.query(upsert, variables);
    expect(first.data.upsertOpportunity).toMatchObject({ created: true, changedFields: [], userErrors: [] });
    const { id } = first.data.upsertOpportunity;
    const second = await gw.query(upsert, variables);
    expect(second.data.upsertOpportunity).toMatchObject({
      id,
      created: false,
      changedFields: ['lifeCycle.nextSteps'],
      userErrors: [],
    });
    expect(second.calls).toMatchObject({ UpdateOpportunity: 1 });
    const third = await gw.query(upsert, variables);
    expect(third.data.upsertOpportunity).toMatchObject({ id, created: false, changedFields: [] });
    expect(third.calls.UpdateOpportunity).toBeUndefined();
    expect((await gw.emulator.record(id)).PartnerOpportunityIdentifier).toBe('crm-1');
  });

  test('creates no second one if AWS’s answer to the first is lost, nor from another gateway', async () => {
    await using gw = await indexed();
    const variables = { input: { partnerOpportunityIdentifier: 'crm-2', create } };
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'CreateOpportunity', times: 10 });
    await gw.query(upsert, variables);
    await gw.emulator.control('DELETE', 'faults');
    const { gatewayOn } = await import('./kit.ts');
    await using other = await gatewayOn(gw.emulator.url, { INDEX: 'on', SYNC_INTERVAL_MS: '3600000' });
    await untilIndexed(other);
    const [one, two] = await Promise.all([gw.query(upsert, variables), other.query(upsert, variables)]);
    expect(one.data.upsertOpportunity.id).toBe(two.data.upsertOpportunity.id);
    const { data } = await other.query('{ opportunities(filter: { search: "crm-2" }) { totalCount } }');
    expect(data.opportunities.totalCount).toBeLessThanOrEqual(1);
  });

  test('another create for the same identifier, before AWS lists the first, is an error with advice', async () => {
    await using gw = await indexed();
    await gw.emulator.control('POST', 'settings', { listLagMs: 600_000 });
    const send = async (server: TestGateway, title: string) =>
      (
        await server.query(upsert, {
          input: {
            partnerOpportunityIdentifier: 'crm-3',
            create: { ...create, project: { ...create.project, title } },
          },
        })
      ).data.upsertOpportunity;
    expect((await send(gw, 'One title')).created).toBe(true);
    const { gatewayOn } = await import('./kit.ts');
    await using other = await gatewayOn(gw.emulator.url, { INDEX: 'on', SYNC_INTERVAL_MS: '3600000' });
    await untilIndexed(other);
    expect((await send(other, 'Another title')).userErrors).toEqual([
      {
        code: 'IDEMPOTENCY_CONFLICT',
        path: ['input', 'partnerOpportunityIdentifier'],
        message: expect.stringContaining('"crm-3" before, and lists none yet'),
      },
    ]);
  });

  test.each([
    ['no create', {}, 'NOT_FOUND', ['input', 'partnerOpportunityIdentifier']],
    [
      'a create that AWS refuses',
      { create: { ...create, project: {} } },
      'REQUIRED_FIELD_MISSING',
      ['input', 'create', 'project', 'title'],
    ],
  ])('of %s the errors are at the caller’s paths', async (_, more, code, path) => {
    await using gw = await indexed();
    const { data } = await gw.query(upsert, { input: { partnerOpportunityIdentifier: 'crm-4', ...more } });
    expect(data.upsertOpportunity.id).toBeNull();
    expect(data.upsertOpportunity.userErrors).toContainEqual(expect.objectContaining({ code, path }));
  });

  test.each([
    [
      'another identifier in it',
      { create: input },
      'input.create.partnerOpportunityIdentifier: got "crm-4711"',
    ],
    ['a token', { create: { ...create, clientToken: 'mine' } }, 'input.create.clientToken: got a token'],
    [
      'a submission',
      { create: { ...create, submit: { involvementType: 'CO_SELL' } } },
      'input.create.submit',
    ],
  ])('a create with %s is refused before a call', async (_, more, message) => {
    await using gw = await indexed();
    const { errors, calls } = await gw.query(upsert, {
      input: { partnerOpportunityIdentifier: 'crm-5', ...more },
    });
    expect(errors?.[0]?.message).toContain(message);
    expect(calls).toEqual({});
  });

  test('needs the index', async () => {
    await using gw = await gateway();
    const { errors, calls } = await gw.query(upsert, {
      input: { partnerOpportunityIdentifier: 'a', create },
    });
    expect(errors?.[0]?.extensions.code).toBe('INDEX_OFF');
    expect(calls).toEqual({});
  });
});
