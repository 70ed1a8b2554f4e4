/** Row-level views: a caller who sees some of the opportunities cannot tell the others from those that do not exist. */
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, itemsOf, nextSteps, operation, readJob, untilJob } from './bulk-kit.ts';
import { input, submittable } from './create-input.ts';
import type { Answer, Data } from './kit.ts';
import { eventStream } from './streams.ts';
import { by, everyone, north, south, type ViewedGateway, viewed } from './view-kit.ts';

let close: () => PromiseLike<void>;
let plain: ViewedGateway;
let caching: ViewedGateway;
let indexed: ViewedGateway;

beforeAll(async () => {
  const started = await viewed({}, { CACHE_FRESH_MS: '600000', PLANS_FROM_USE: '1' }, { INDEX: 'on' });
  [plain, caching, indexed] = started.gateways;
  close = () => started[Symbol.asyncDispose]();
});
afterAll(() => close());

const ids = { seen: 'O5000007', hidden: 'O5000150', absent: 'O5999999' };

/** Operations about an opportunity that `north` sees, does not see, or that does not exist. */
const about: Record<string, string> = {
  'a summary': '{ opportunity(id: "$id") { id lifeCycle { stage } } }',
  'a whole record':
    '{ opportunity(id: "$id") { id project { title } awsSummary { lifeCycle { stage } } tags { key } history(first: 1) { nodes { at } } } }',
  'a snapshot':
    '{ node(id: "engagement/eng-0000000000000a/resource/Opportunity/$id/template/DealSummary/snapshot/1") { id } }',
  'two at once':
    '{ a: opportunity(id: "$id") { id lastModifiedDate } b: opportunity(id: "O5000008") { id lastModifiedDate } }',
  'a node': '{ node(id: "$id") { id ... on Opportunity { project { title } } } }',
  nodes: '{ nodes(ids: ["O5000001", "$id", "O5000002"]) { id } }',
  entities:
    '{ _entities(representations: [{ __typename: "Opportunity", id: "$id" }, { __typename: "Opportunity", id: "O5000003" }]) { ... on Opportunity { id lifeCycle { stage } } } }',
  'an ARN': `{ _entities(representations: [{ __typename: "Opportunity", arn: "arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/$id" }]) { ... on Opportunity { id } } }`,
  'a list by ids':
    '{ opportunities(first: 5, filter: { ids: ["$id"] }) { nodes { id project { title } } pageInfo { hasNextPage endCursor } } }',
  update:
    'mutation { updateOpportunity(input: { id: "$id", patch: { lifeCycle: { nextSteps: "Call" } } }) { changed conflict { changedFields } opportunity { id } userErrors { code message path } } }',
  'an outdated update':
    'mutation { updateOpportunity(input: { id: "$id", expectedLastModifiedDate: "2020-01-01T00:00:00Z", onConflict: FAIL, patch: { lifeCycle: { nextSteps: "Call" } } }) { changed conflict { changedFields current { id } } userErrors { code message path } } }',
  'a deferred update':
    'mutation { updateOpportunity(input: { id: "$id", onLocked: DEFER, patch: { customer: { account: { companyName: "A" } } } }) { changed pendingEdit { id } userErrors { code message path } } }',
  assign:
    'mutation { assignOpportunity(input: { id: "$id", firstName: "A", lastName: "B", email: "a@example.com" }) { opportunity { id } userErrors { code message path } } }',
  associate:
    'mutation { associateOpportunity(input: { id: "$id", relatedEntityType: Solutions, relatedEntityIdentifier: "S-1234567" }) { opportunity { id } userErrors { code message path } } }',
  disassociate:
    'mutation { disassociateOpportunity(input: { id: "$id", relatedEntityType: Solutions, relatedEntityIdentifier: "S-1234567" }) { userErrors { code message path } } }',
  'all associations':
    'mutation { setOpportunityAssociations(input: { id: "$id", solutions: ["S-1234567"] }) { complete steps { outcome } userErrors { code message path } } }',
  submit:
    'mutation { submitOpportunity(input: { id: "$id", involvementType: CO_SELL, waitMs: 0 }) { submitted steps { name outcome calls } userErrors { code message path } } }',
  tags: 'mutation { setTags(input: { id: "$id", tags: [{ key: "a", value: "b" }] }) { changed userErrors { code message path } } }',
  clone:
    'mutation { cloneOpportunity(input: { id: "$id", overrides: { partnerOpportunityIdentifier: "CRM-100x" } }) { id userErrors { code message path } } }',
  'cancelling an edit':
    'mutation { cancelDeferredEdit(input: { id: "edit-$id-00000000-0000-5000-8000-000000000000" }) { edit { id } userErrors { code message path } } }',
};

/** What a caller can observe of an answer: all but its request's id, and the quota, which is the account's. */
function observable({ status, headers, data, errors, extensions }: Answer, id: string) {
  const { upstream } = extensions ?? {};
  const { quota: _, waitedMs: __, ...cost } = upstream?.dryRun ?? upstream ?? {};
  const all = { status, calls: headers.get('x-upstream-calls'), data, errors, cost };
  return JSON.parse(JSON.stringify(all).replaceAll(id, 'ID'));
}

describe.each([
  ['with an index', () => indexed],
  ['without a cache', () => plain],
  ['with a cache', () => caching],
])('an opportunity outside of the view, %s,', (_name, gatewayOf) => {
  test.each(Object.entries(about))('is as one that does not exist: %s', async (_what, document) => {
    const gw = gatewayOf();
    // Others have it in the cache, and what belongs to it.
    const fields =
      'id project { title } awsSummary { lifeCycle { stage } } tags { key } history(first: 1) { nodes { at } }';
    for (const id of [ids.hidden, 'O5000008'])
      await gw.query(`{ opportunity(id: "${id}") { ${fields} } }`, {}, everyone);
    const before = await gw.emulator.record(ids.hidden);
    const ask = async (id: string, more = {}) =>
      observable(await gw.query(document.replaceAll('$id', id), {}, { ...north, ...more }), id);
    for (const more of [{}, {}, { 'x-upstream-dry-run': '1' }, { 'cache-control': 'no-cache' }]) {
      const absent = await ask(ids.absent, more);
      expect(await ask(ids.hidden, more)).toEqual(absent);
    }
    expect(await gw.emulator.record(ids.hidden)).toEqual(before);
  });
});

/** All opportunities of a caller, page by page; with the number of each page's, and all reads. */
async function listed({ query }: Pick<ViewedGateway, 'query'>, args = 'first: 20') {
  const found: string[] = [];
  const sizes: number[] = [];
  let reads = 0;
  for (let after = ''; ; ) {
    const { data, errors, calls } = await query(
      `{ opportunities(${args}${after}) { nodes { id } edges { cursor } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.opportunities;
    found.push(...nodes.map(({ id }: Data) => id));
    sizes.push(nodes.length);
    reads += calls.ListOpportunities ?? 0;
    if (!pageInfo.hasNextPage) return { ids: found.toSorted(), sizes, reads };
    after = `, after: "${pageInfo.endCursor}"`;
  }
}
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => `O${5_000_000 + first + n}`);

describe('a list', () => {
  const callers: [string, Record<string, string>, string[]][] = [
    ['one prefix', north, range(1, 99)],
    ['another', south, range(100, 199)],
    ['several values of the claim', by(['north', 'south', 'nowhere']), range(1, 199)],
    ['overlapping prefixes', by('north-east'), range(80, 99)],
    ['the empty prefix', everyone, range(1, 250)],
    ['a value without prefixes', by('nowhere'), []],
    ['a value that every object inherits', by('constructor'), []],
    ['an empty value', by(''), []],
    ['no value', by(undefined), []],
    ['a value of another kind', by({ north: true }), []],
  ];

  test.each(callers)('has what a caller sees, all of it, with %s', async (_name, headers, expected) => {
    for (const gw of [plain, caching, indexed]) {
      const { ids: found, sizes } = await listed(gw.as(headers));
      expect(found).toEqual(expected);
      expect(sizes.slice(0, -1).every((size) => size === 20)).toBe(true);
    }
    const { data } = await indexed.query(
      '{ opportunities { totalCount } pipeline(groupBy: STAGE) { count } search: opportunities(filter: { search: "crm-1" }) { totalCount } }',
      {},
      headers,
    );
    const counted = data.pipeline.reduce((sum: number, { count }: Data) => sum + count, 0);
    expect([data.opportunities.totalCount, counted, data.search.totalCount]).toEqual(
      Array.from({ length: 3 }, () => expected.length),
    );
  });

  test('without an index costs a call for each hundred that AWS lists, at most twenty a page; with one, none', async () => {
    expect((await listed(plain.as(by('nowhere')), 'first: 5')).reads).toBe(3);
    expect((await listed(plain.as(north), 'first: 100')).reads).toBe(3);
    expect((await listed(plain.as(everyone), 'first: 100')).reads).toBe(3);
    expect((await listed(indexed.as(north), 'first: 20')).reads).toBe(0);
  });

  test('finds by the partner’s identifier what the caller sees, at the same cost as what is not there', async () => {
    const ask = async (identifier: string) => {
      const query = `{ opportunityByPartnerIdentifier(partnerOpportunityIdentifier: "${identifier}") { id } }`;
      const answer = await indexed.query(query, {}, north);
      return observable(answer, identifier);
    };
    expect((await ask('CRM-10007')).data).toEqual({ opportunityByPartnerIdentifier: { id: 'O5000007' } });
    expect(await ask('CRM-10150')).toEqual(await ask('CRM-99999'));
  });

  test('of tasks has those of the opportunities that the caller sees', async () => {
    const submit =
      'mutation { submitOpportunity(input: { id: "O5000001", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }, waitMs: 0 }) { userErrors { message } } }';
    expect((await plain.query(submit, {}, north)).data.submitOpportunity.userErrors).toEqual([]);
    const ask = async (headers: Record<string, string>): Promise<Data[]> =>
      (
        await plain.query(
          '{ tasks(first: 100) { nodes { id ... on EngagementFromOpportunityTask { opportunity { id } } } } }',
          {},
          headers,
        )
      ).data.tasks.nodes;
    const all = await ask(everyone);
    const seen = await ask(north);
    const isSeen = ({ opportunity }: Data) => range(1, 99).includes(opportunity?.id);
    expect(seen).toEqual(all.filter(isSeen));
    expect(seen.length).toBeGreaterThan(0);
    const node = (headers: Record<string, string>) =>
      plain.query('query ($id: ID!) { node(id: $id) { id } }', { id: seen[0].id }, headers);
    expect((await node(north)).data.node).toEqual({ id: seen[0].id });
    expect((await node(south)).data.node).toBeNull();
    expect(await ask(south)).toEqual([]);
  });
});

describe('a write', () => {
  const { partnerOpportunityIdentifier: _, ...content } = input;
  const create =
    'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id opportunity { id } userErrors { code message path field } } }';
  const update =
    'mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) { changed opportunity { partnerOpportunityIdentifier } userErrors { code message path field } } }';

  test('to what the caller sees is made as without a rule', async () => {
    const patch = { lifeCycle: { nextSteps: 'Call in the view' } };
    const { data, calls } = await plain.query(update, { input: { id: 'O5000002', patch } }, north);
    expect(data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
    expect(calls).toEqual({ GetOpportunity: 2, UpdateOpportunity: 1 });
    const assign =
      'mutation { assignOpportunity(input: { id: "O5000002", firstName: "A", lastName: "B", email: "a@example.com" }) { userErrors { message } } }';
    const assigned = await plain.query(assign, {}, north);
    expect(assigned.data.assignOpportunity.userErrors).toEqual([]);
    // An opportunity that is not read anyway has to be found in the view.
    expect(assigned.calls).toEqual({ GetOpportunity: 1, AssignOpportunity: 1 });
  });

  test.each([
    ['outside of the view', 'CRM-101-new'],
    ['that is missing', undefined],
  ])('may not create an opportunity with an identifier %s', async (_what, partnerOpportunityIdentifier) => {
    const variables = { input: { ...content, partnerOpportunityIdentifier } };
    const { data, calls } = await plain.query(create, variables, north);
    const [error] = data.createOpportunity.userErrors;
    expect(error).toMatchObject({
      code: 'INVALID_VALUE',
      path: ['input', 'partnerOpportunityIdentifier'],
      field: 'partnerOpportunityIdentifier',
    });
    expect(error.message).toBe(
      `Your identifier: expected one that begins with "CRM-100", got ${partnerOpportunityIdentifier ? '"CRM-101-new"' : 'nothing'}.`,
    );
    expect(calls).toEqual({});
  });

  test('may not refer to what the caller does not see, for AWS checks whether it exists', async () => {
    const send = async (id: string) => {
      const project = { ...input.project, relatedOpportunityIdentifier: id };
      const renewal = { opportunityType: 'FLAT_RENEWAL', partnerOpportunityIdentifier: 'CRM-100-renewal' };
      return plain.query(create, { input: { ...content, ...renewal, project } }, north);
    };
    const absent = observable(await send(ids.absent), ids.absent);
    expect(absent.data.createOpportunity).toMatchObject({
      id: null,
      userErrors: [{ code: 'INVALID_VALUE', field: 'project.relatedOpportunityIdentifier' }],
    });
    expect(observable(await send(ids.hidden), ids.hidden)).toEqual(absent);
    const { data } = await send(ids.seen);
    expect(data.createOpportunity.userErrors).toEqual([]);
    await plain.emulator.hideRecord(data.createOpportunity.id);
  });

  test('creates an opportunity inside of the view, which its caller sees at once', async () => {
    const variables = { input: { ...content, partnerOpportunityIdentifier: 'CRM-100-new' } };
    const { data } = await plain.query(create, variables, north);
    expect(data.createOpportunity).toMatchObject({ id: expect.any(String), userErrors: [] });
    const { id } = data.createOpportunity;
    expect(data.createOpportunity.opportunity).toEqual({ id });
    expect((await plain.query(`{ opportunity(id: "${id}") { id } }`, {}, south)).data.opportunity).toBeNull();
    await plain.emulator.hideRecord(id);
  });

  test.each(['CRM-10150', null, ''])('may not move an opportunity out of the view, to %j', async (to) => {
    const patch = { partnerOpportunityIdentifier: to };
    const { data, calls } = await plain.query(update, { input: { id: 'O5000002', patch } }, north);
    expect(data.updateOpportunity).toMatchObject({
      changed: false,
      userErrors: [{ code: 'INVALID_VALUE', path: ['input', 'patch', 'partnerOpportunityIdentifier'] }],
    });
    expect(calls.UpdateOpportunity).toBeUndefined();
    expect(await plain.emulator.record('O5000002')).toMatchObject({
      PartnerOpportunityIdentifier: 'CRM-10002',
    });
  });

  test('upserts inside of the view only', async () => {
    const upsert =
      'mutation ($input: UpsertOpportunityInput!) { upsertOpportunity(input: $input) { id created userErrors { code path } } }';
    const send = async (partnerOpportunityIdentifier: string, more: object) =>
      (await indexed.query(upsert, { input: { partnerOpportunityIdentifier, ...more } }, north)).data
        .upsertOpportunity;
    const patch = { lifeCycle: { nextSteps: 'Upserted' } };
    expect(await send('CRM-10150', { patch })).toEqual(await send('CRM-99999', { patch }));
    expect(await send('CRM-10150', { patch, create: content })).toMatchObject({
      id: null,
      userErrors: [{ code: 'INVALID_VALUE', path: ['input', 'create', 'partnerOpportunityIdentifier'] }],
    });
    expect(await send('CRM-10002', { patch })).toMatchObject({ id: 'O5000002', userErrors: [] });
  });

  test('is not sent to what has left the view, while AWS still returns it as it was', async () => {
    const id = 'O5000020';
    const leave = { input: { id, patch: { partnerOpportunityIdentifier: 'CRM-101-left' } } };
    // The emulator remembers for so long how it was.
    await caching.emulator.control('POST', 'settings', { listLagMs: 3_600_000 });
    const left = await caching.query(update, leave, everyone);
    expect(left.data.updateOpportunity.userErrors).toEqual([]);
    expect(left.data.updateOpportunity.opportunity.partnerOpportunityIdentifier).toBe('CRM-101-left');
    await caching.emulator.control('POST', 'settings', { readLagMs: 3_600_000 });
    const assign = `assignOpportunity(input: { id: "${id}", firstName: "A", lastName: "B", email: "a@example.com" }) { userErrors { code } }`;
    const { data, calls } = await caching.query(`mutation { a: ${assign} b: ${assign} }`, {}, north);
    await caching.emulator.control('POST', 'settings', { readLagMs: 0, listLagMs: 0 });
    const notFound = { userErrors: [{ code: 'NOT_FOUND' }] };
    expect(data).toEqual({ a: notFound, b: notFound });
    expect(calls.GetOpportunity).toBeGreaterThan(0);
    expect(calls.AssignOpportunity).toBeUndefined();
    const back = { input: { id, patch: { partnerOpportunityIdentifier: 'CRM-10020' } } };
    expect((await caching.query(update, back, everyone)).data.updateOpportunity.userErrors).toEqual([]);
  });

  test('is not sent to what a repeated create returns, if that has left the view', async () => {
    const variables = {
      input: { ...content, partnerOpportunityIdentifier: 'CRM-100-again', clientToken: 'again' },
    };
    const { id } = (await plain.query(create, variables, north)).data.createOpportunity;
    const leave = { input: { id, patch: { partnerOpportunityIdentifier: 'CRM-101-again' } } };
    expect((await plain.query(update, leave, everyone)).data.updateOpportunity.userErrors).toEqual([]);
    const both = `mutation ($input: CreateOpportunityInput!) {
      createOpportunity(input: $input) { id }
      assignOpportunity(input: { id: "${id}", firstName: "A", lastName: "B", email: "a@example.com" }) { userErrors { code } }
    }`;
    const { data, calls } = await plain.query(both, variables, north);
    expect(data.createOpportunity).toEqual({ id });
    expect(data.assignOpportunity.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect(calls.AssignOpportunity).toBeUndefined();
    await plain.emulator.hideRecord(id);
  });

  test('of two callers at once keeps each to what it sees', async () => {
    const send = (headers: Record<string, string>, project: object) =>
      plain.query(update, { input: { id: 'O5000150', patch: { project } } }, headers);
    await plain.emulator.patchRecord('O5000150', {
      LifeCycle: { ReviewStatus: 'Pending Submission', Stage: 'Qualified' },
    });
    await plain.emulator.hold('GetOpportunity');
    const answers = Promise.all([
      send(everyone, { title: 'One' }),
      send(north, { customerUseCase: 'Energy' }),
      send(south, { customerBusinessProblem: 'A problem that is described in enough words.' }),
    ]);
    await plain.emulator.untilHeld();
    await plain.emulator.control('DELETE', 'faults');
    await plain.emulator.release();
    const [all, other, own] = await answers;
    expect(all.data.updateOpportunity.userErrors).toEqual([]);
    expect(own.data.updateOpportunity.userErrors).toEqual([]);
    expect(other.data.updateOpportunity).toMatchObject({
      opportunity: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });
});

describe('what has no partner identifier', () => {
  const documents = [
    '{ engagements { nodes { id } } }',
    '{ opportunity(id: "O5000001") { engagements { title } } }',
    '{ leads { nodes { id } } }',
    '{ engagementInvitations(direction: RECEIVER) { nodes { id } } }',
    '{ attention { nodes { subject { ... on Lead { id } } } } }',
    'mutation { ensureEngagementSharing(input: { engagementId: "eng-00000000000001" }) { changed } }',
    'mutation { acceptEngagementInvitation(input: { id: "engi-0000000000001" }) { accepted } }',
  ];

  test.each(documents)('is refused before a call: %s', async (document) => {
    const { status, errors, headers } = await indexed.query(document, {}, north);
    expect([status, errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(errors?.[0]?.message).toMatch(/is not for callers who see only some of the opportunities: /);
    // Not those that the emulator counts: the index may make one of its own meanwhile.
    expect(headers.get('x-upstream-calls')).toBe('0');
    expect((await indexed.query(document, {}, everyone)).status).toBe(200);
  });

  test('is what is open: the history of an opportunity that the caller sees, and its snapshots', async () => {
    const history = async (id: string, headers: Record<string, string>): Promise<Data[] | undefined> => {
      const query = `{ opportunity(id: "${id}") { history { nodes { at snapshot { id resourceId } } } } }`;
      return (await plain.query(query, {}, headers)).data.opportunity?.history.nodes;
    };
    const shared = { seen: 'O5000076', hidden: 'O5000103' };
    const seen = await history(shared.seen, north);
    expect(seen).toEqual(await history(shared.seen, everyone));
    expect(await history(shared.hidden, north)).toBeUndefined();
    const ids = [seen, await history(shared.hidden, everyone)].map((entries) => entries?.[0]?.snapshot.id);
    const nodes =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ResourceSnapshot { resourceId payload { __typename } } } }';
    for (const gw of [plain, indexed])
      expect((await gw.query(nodes, { ids }, north)).data.nodes).toEqual([
        { resourceId: shared.seen, payload: { __typename: 'OpportunitySummaryView' } },
        null,
      ]);
    // Others have read this revision, which is kept.
    const hidden = ids[1] as string;
    const ask = (id: string, more: object) =>
      indexed.query('query ($id: ID!) { node(id: $id) { id } }', { id }, { ...north, ...more });
    await indexed.query('query ($id: ID!) { node(id: $id) { id } }', { id: hidden }, everyone);
    for (const more of [{}, { 'x-upstream-dry-run': '1' }]) {
      const absent = hidden.replace(shared.hidden, 'O5999999');
      expect(observable(await ask(hidden, more), hidden)).toEqual(
        observable(await ask(absent, more), absent),
      );
    }
  });

  test('is not among what needs attention', async () => {
    const query =
      '{ attention(first: 100) { totalCount missingKinds nodes { kind message subject { __typename } } } }';
    const { data } = await indexed.query(query, {}, north);
    expect(data.attention.missingKinds.toSorted()).toEqual(['INVITATION_EXPIRING', 'LEAD_UNTOUCHED']);
    const all = (await indexed.query(query, {}, everyone)).data.attention;
    expect(all.missingKinds).toEqual([]);
    expect(data.attention.totalCount).toBeGreaterThan(0);
    expect(data.attention.totalCount).toBeLessThan(all.totalCount);
    for (const { message } of data.attention.nodes) expect(message).toMatch(/O50000\d\d/);
  });
});

describe('changes', () => {
  const feed =
    'query ($since: String) { opportunityChanges(since: $since, first: 20) { changes { id cursor } cursor hasMore } }';
  async function drain(gw: ViewedGateway, headers: Record<string, string>, from: string | null = null) {
    const found: string[] = [];
    const cursors: string[] = [];
    for (let since = from; ; ) {
      const { data, errors } = await gw.query(feed, { since }, headers);
      expect(errors).toBeUndefined();
      const { changes, cursor, hasMore } = data.opportunityChanges;
      found.push(...changes.map(({ id }: Data) => id));
      cursors.push(cursor, ...changes.map((one: Data) => one.cursor));
      since = cursor;
      if (!hasMore) return { ids: found.toSorted(), cursor: since, cursors };
    }
  }
  /** What a cursor contains. */
  const content = (cursor: string) => inflateRawSync(Buffer.from(cursor, 'base64url')).toString();
  /** A look-up of an identifier that no opportunity has makes the gateway ask for changes. */
  const poll = () =>
    indexed.query(
      '{ opportunityByPartnerIdentifier(partnerOpportunityIdentifier: "-") { id } }',
      {},
      everyone,
    );
  const touch = (gw: ViewedGateway, id: string) =>
    gw.emulator.patchRecord(id, { LifeCycle: { NextSteps: `Changed ${id}` } }, { touch: true });

  test.each([
    ['with an index', () => indexed],
    ['without one', () => plain],
  ])(
    'are in the feed if the caller sees them, %s, and its cursors have no others',
    async (_name, gatewayOf) => {
      const gw = gatewayOf();
      if (gw === indexed) await poll();
      const { ids: found, cursor, cursors } = await drain(gw, north);
      expect(found).toEqual(range(1, 99));
      for (const one of cursors) expect(content(one)).not.toMatch(/O5000[12]\d\d/);
      for (const id of ['O5000011', 'O5000160', 'O5000012', 'O5000170']) await touch(gw, id);
      // A look-up has the gateway poll.
      if (gw === indexed) await poll();
      const next = await drain(gw, north, cursor);
      expect(next.ids).toEqual(['O5000011', 'O5000012']);
      for (const one of next.cursors) expect(content(one)).not.toMatch(/O5000[12]\d\d/);
      expect((await drain(gw, by('nowhere'))).ids).toEqual([]);
    },
  );

  test('are reported to the subscribers who see them', async () => {
    await poll();
    const query = 'subscription { opportunityChanged { id opportunity { id lifeCycle { nextSteps } } } }';
    const streams = await Promise.all(
      [north, south, by(['north', 'south'])].map((headers) => eventStream(indexed.url, { query }, headers)),
    );
    for (const id of ['O5000165', 'O5000015']) await touch(indexed, id);
    await poll();
    const ids = async ({ next }: (typeof streams)[number], count: number) => {
      const received = [];
      while (received.length < count)
        received.push((await next())?.data.data.opportunityChanged.opportunity.id);
      return received.toSorted();
    };
    const [a, b, both] = streams as [(typeof streams)[0], (typeof streams)[0], (typeof streams)[0]];
    expect(await ids(a, 1)).toEqual(['O5000015']);
    expect(await ids(b, 1)).toEqual(['O5000165']);
    expect(await ids(both, 2)).toEqual(['O5000015', 'O5000165']);
    for (const { close: stop } of streams) stop();
  });

  test('of a task are not reported once its opportunity has left the view', async () => {
    await plain.emulator.control('POST', 'settings', { submissionTask: 'in-progress' });
    const create = 'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }';
    const submit =
      'mutation ($id: ID!) { submitOpportunity(input: { id: $id, involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }, waitMs: 0 }) { task { id } userErrors { message } } }';
    const content = { ...submittable, partnerOpportunityIdentifier: 'CRM-100-task' };
    const { data } = await plain.query(create, { input: content }, north);
    const { id } = data.createOpportunity;
    const started = await plain.query(submit, { id }, north);
    expect(started.data.submitOpportunity.userErrors).toEqual([]);
    const taskId = started.data.submitOpportunity.task.id;
    const subscription = { query: `subscription { taskFinished(ids: ["${taskId}"]) { id } }` };
    const streams = await Promise.all(
      [north, south].map((headers) => eventStream(plain.url, subscription, headers)),
    );
    const all = await eventStream(plain.url, subscription, everyone);
    await plain.emulator.patchRecord(id, { PartnerOpportunityIdentifier: 'CRM-102-task' }, { touch: true });
    await plain.emulator.control('POST', 'clock', { advanceMs: 60_000 });
    expect((await all.next())?.data.data.taskFinished.id).toBe(taskId);
    for (const { rest } of streams) {
      const [first] = await rest();
      expect(first?.data.data?.taskFinished ?? null).toBeNull();
      expect(first?.data.errors[0].extensions.code).toBe('NOT_FOUND');
    }
    await plain.emulator.control('POST', 'settings', { submissionTask: 'complete' });
    await plain.emulator.hideRecord(id);
  });

  test('of invitations and engagements cannot be subscribed to', async () => {
    for (const query of [
      'subscription { engagementChanged { id } }',
      'subscription { engagementInvitationChanged { id } }',
    ]) {
      const { next } = await eventStream(indexed.url, { query }, north);
      expect((await next())?.data.errors[0].extensions.code).toBe('FORBIDDEN');
    }
  });
});

describe('a bulk job', () => {
  const update = (id: string) => ({ id, patch: nextSteps(`By a job ${id}`) });

  test('acts within the view of its creator, and is seen by the creator alone, and by those who see everything', async () => {
    const gw = plain.as(north);
    const items = ['O5000002', 'O5000150', 'O5999999'].map(update);
    const { job } = await call(gw, 'bulkUpdateOpportunities', { items });
    await untilJob(gw, job.id);
    const found = await itemsOf(gw, job.id);
    expect(found.map(({ outcome, userErrors: [error] }) => [outcome, error?.code])).toEqual([
      ['DONE', undefined],
      ['FAILED', 'NOT_FOUND'],
      ['FAILED', 'NOT_FOUND'],
    ]);
    expect((await plain.emulator.record('O5000150')).LifeCycle.NextSteps).not.toBe('By a job O5000150');
    // Others read its errors, so that these do not have the prefixes of its creator.
    const leaving = { id: 'O5000002', patch: { partnerOpportunityIdentifier: 'CRM-101-left' } };
    const other = await call(gw, 'bulkUpdateOpportunities', { items: [leaving] });
    await untilJob(gw, other.job.id);
    expect((await itemsOf(gw, other.job.id))[0]?.userErrors).toMatchObject([
      {
        code: 'INVALID_VALUE',
        message:
          'Your identifier: expected one within the view of the caller who made this change, got "CRM-101-left".',
      },
    ]);

    const visible = async (headers: Record<string, string>) => {
      const { data } = await plain.query(
        'query ($id: ID!) { bulkJob(id: $id) { id } node(id: $id) { id } bulkJobs(first: 100) { nodes { id } } }',
        { id: job.id },
        headers,
      );
      const file = await fetch(`${plain.url}/bulk/${job.id}.jsonl`, { headers });
      const isListed = data.bulkJobs.nodes.some(({ id }: Data) => id === job.id);
      return [data.bulkJob !== null, data.node !== null, isListed, file.status];
    };
    const [seen, hidden] = [
      [true, true, true, 200],
      [false, false, false, 404],
    ];
    expect(await visible(north)).toEqual(seen);
    expect(await visible(by(['north', 'south'], 'ada'))).toEqual(seen);
    expect(await visible(everyone)).toEqual(seen);
    expect(await visible(by('north', 'carl'))).toEqual(hidden);
    expect(await visible(by('south', 'ada'))).toEqual(hidden);
    expect(await visible(by('north-east', 'ada'))).toEqual(hidden);
    for (const name of ['pauseBulkJob', 'resumeBulkJob', 'cancelBulkJob'] as const) {
      const { data } = await plain.query(operation(name), { input: { id: job.id } }, south);
      expect(data[name].userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    const remove =
      'mutation ($id: ID!) { deleteBulkJob(input: { id: $id }) { deletedId userErrors { code } } }';
    const { data } = await plain.query(remove, { id: job.id }, south);
    expect(data.deleteBulkJob).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
    const { errors } = await plain.query(
      `subscription { bulkJobProgress(id: "${job.id}") { id } }`,
      {},
      { ...south, accept: 'application/json' },
    );
    expect(errors).toBeDefined();
  });

  test('of everyone is not seen by a caller who sees some', async () => {
    const { job } = await call(plain.as(by('all', 'ada')), 'bulkUpdateOpportunities', {
      items: [update('O5000003')],
    });
    await untilJob(plain.as(everyone), job.id);
    expect(await readJob(plain.as(north), job.id)).toBeNull();
  });

  test('exports what its creator sees', async () => {
    const mutation =
      'mutation { exportOpportunities(input: { detail: SUMMARY }) { job { id } calls userErrors { message } } }';
    const { data } = await plain.query(mutation, {}, north);
    const { id } = data.exportOpportunities.job;
    await untilJob(plain.as(north), id);
    const text = await (await fetch(`${plain.url}/bulk/${id}.jsonl`, { headers: north })).text();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(
      lines
        .slice(0, -1)
        .map((line) => line.id)
        .toSorted(),
    ).toEqual(range(1, 99));
    expect((await indexed.query(mutation, {}, north)).data.exportOpportunities.calls).toBe(1);
  });

  test('with the token of another view is another job', async () => {
    const send = (region: string) =>
      call(plain.as(by(region)), 'bulkUpdateOpportunities', {
        clientToken: 'same',
        items: [update('O5000003')],
      });
    const [a, again, b] = [await send('north'), await send('north'), await send('south')];
    expect(again.job.id).toBe(a.job.id);
    expect(b.job.id).not.toBe(a.job.id);
  });
});

test('an Idempotency-Key stands for the requests of one view', async () => {
  const mutation =
    'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "Keyed" } } }) { opportunity { id } userErrors { code } } }';
  const send = async (region: string) =>
    (await plain.query(mutation, {}, { ...by(region), 'idempotency-key': 'k-1' })).data.updateOpportunity;
  expect(await send('south')).toEqual({ opportunity: null, userErrors: [{ code: 'NOT_FOUND' }] });
  expect(await send('north')).toEqual({ opportunity: { id: 'O5000002' }, userErrors: [] });
  expect(await send('south')).toEqual({ opportunity: null, userErrors: [{ code: 'NOT_FOUND' }] });
});
