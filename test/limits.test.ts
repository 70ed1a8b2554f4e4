import { describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { type Answer, type Data, gateway, gatewayOn } from './kit.ts';
import { editableIds } from './load.ts';
import { tamperingProxy } from './tampering.ts';
import { stopTime } from './time.ts';

const codes = ({ status, errors }: Answer) => [status, errors?.[0]?.extensions.code];
const invalid = [400, 'GRAPHQL_VALIDATION_FAILED'];
const repeat = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join(' ');
const ids = (count: number) => Array.from({ length: count }, (_, n) => `O5${String(n + 1).padStart(6, '0')}`);
const refs = (count: number) => ids(count).map((id) => ({ __typename: 'Opportunity', id }));

describe('the checks of graphql-cop against a gateway in production', () => {
  const production = { NODE_ENV: 'production' };

  test.each([
    ['a hundred aliases of one field', `{ ${repeat(101, (n) => `a${n}: __typename`)} }`, invalid],
    ['five hundred repetitions of a field', `{ ${repeat(500, () => '__typename')} }`, invalid],
    ['ten directives on one field', `{ __typename ${repeat(10, () => '@aa')} }`, invalid],
    ['a cycle of fragments', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }', invalid],
    ['a string that is not an operation', 'qwerty cop { abc }', [400, 'GRAPHQL_PARSE_FAILED']],
    ['introspection', '{ __schema { queryType { name } } }', invalid],
    [
      'circular introspection',
      '{ __schema { types { fields { type { fields { type { name } } } } } } }',
      invalid,
    ],
    [
      'fragments that double their fields forty times',
      `{ ...F0 } ${repeat(40, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F40 on Query { __typename }`,
      invalid,
    ],
    [
      'a selection that is too deep',
      `{ node(id: "O1") { ${repeat(13, () => '... on Node {')} id ${'}'.repeat(13)} } }`,
      invalid,
    ],
  ])('a gateway in production rejects %s', async (_, query, expected) => {
    await using gw = await gateway(production);
    const answer = await gw.query(query);
    expect(codes(answer)).toEqual(expected);
    expect(JSON.stringify(answer.errors ?? [])).not.toMatch(/Did you mean|exception|stacktrace/);
    expect(answer.extensions).toBeUndefined();
  });

  test('a gateway in production rejects batches, mutations over GET or in forms, the explorer and tracing', async () => {
    await using gw = await gateway(production);
    const url = `${gw.url}/graphql`;
    const json = { 'content-type': 'application/json' };
    const batch = await fetch(url, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(Array(10).fill({ query: '{ __typename }' })),
    });
    expect(batch.status).toBe(400);
    const mutation = encodeURIComponent('mutation { __typename }');
    expect((await fetch(`${url}?query=${mutation}`)).status).toBe(405);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(url, { method: 'POST', headers: form, body: `query=${mutation}` })).status).toBe(415);
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).not.toContain('<html');
    const traced = await fetch(url, {
      method: 'POST',
      headers: { ...json, 'apollo-federation-include-trace': 'ftv1' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await traced.json()).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('a document', () => {
  test('a document may be as deep and have as many aliases as the settings allow', async () => {
    await using gw = await gateway({ MAX_DEPTH: '3', MAX_ALIASES: '2' });
    expect(
      codes(await gw.query('{ opportunity(id: "O5000002") { customer { account { duns } } } }')),
    ).toEqual(invalid);
    expect(codes(await gw.query('{ opportunity(id: "O5000002") { lifeCycle { stage } } }'))).toEqual([
      200,
      undefined,
    ]);
    const aliases = (count: number) =>
      `{ ${repeat(count, (n) => `a${n}: opportunity(id: "O5000002") { id }`)} }`;
    expect(codes(await gw.query(aliases(2)))).toEqual([200, undefined]);
    expect(codes(await gw.query(aliases(3)))).toEqual(invalid);
  });

  test('a document with exponential fragments or thousands of fields is rejected', async () => {
    await using gw = await gateway();
    const bomb = `{ ...f0 } ${repeat(14, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f14 on Query { quota { read { waiting } } }`;
    expect((await gw.query(bomb)).status).toBe(400);
    expect((await gw.query(`{ ${repeat(6_000, (n) => `a${n}: __typename`)} }`)).status).toBe(400);
  });
});

describe('an operation that needs too many upstream calls', () => {
  const entities = (fields: string) =>
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Opportunity { ${fields} } } }`;

  test('an operation that needs too many upstream calls is refused with their number, before any is made', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '50' });
    const answer = await gw.query('{ opportunities(first: 60) { nodes { marketing { source } } } }');
    expect(codes(answer)).toEqual([400, 'OPERATION_TOO_EXPENSIVE']);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ upstreamCalls: 61, limit: 50 });
    expect(answer.calls).toEqual({});
    const many = await gw.query(entities('id marketing { source }'), { refs: refs(51) });
    expect(many.errors?.[0]?.extensions).toMatchObject({ upstreamCalls: 51 });
  });

  test('records of different lists count as different calls, and those of identical lists count once', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '50' });
    const list = (name: string, company: string) =>
      `${name}: opportunities(first: 30, filter: { customerCompanyNames: ["${company}"] }) { nodes { marketing { source } } }`;
    const different = await gw.query(`{ ${list('a', 'Acme')} ${list('b', 'Bond')} }`);
    expect(different.errors?.[0]?.extensions).toMatchObject({ upstreamCalls: 62 });
    expect((await gw.query(`{ ${list('a', 'Acme')} ${list('b', 'Acme')} }`)).errors).toBeUndefined();
  });

  test('an operation is refused without planning if its arguments alone require too many calls', async () => {
    await using gw = await gateway({ MAX_RECORDS: '10000' });
    const { status, errors, calls } = await gw.query(entities('id'), { refs: refs(9_000) });
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toMatchObject({ upstreamCalls: 450, limit: 300 });
    expect(calls).toEqual({});
  });

  test('an operation is not refused if batching or the cache keep it below the limit', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '10', CACHE_FRESH_MS: '60000' });
    const summaries = await gw.query(entities('id lifeCycle { stage }'), { refs: refs(200) });
    expect([summaries.errors, summaries.calls]).toEqual([undefined, { ListOpportunities: 10 }]);
    expect(codes(await gw.query('{ opportunities(first: 100) { nodes { id } } }'))).toEqual([200, undefined]);
    expect(codes(await gw.query(entities('id marketing { source }'), { refs: refs(10) }))).toEqual([
      200,
      undefined,
    ]);
    // Cached records cost nothing, so as many others can be selected in addition.
    expect(codes(await gw.query(entities('id marketing { source }'), { refs: refs(20) }))).toEqual([
      200,
      undefined,
    ]);
    expect(codes(await gw.query(entities('id marketing { source }'), { refs: refs(31) }))).toEqual([
      400,
      'OPERATION_TOO_EXPENSIVE',
    ]);
  });

  test('an operation above the limit can be estimated by a dry run, and runs without a limit', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '5' });
    const query = '{ opportunities(first: 6) { nodes { marketing { source } } } }';
    const { extensions } = await gw.query(query, {}, { 'x-upstream-dry-run': '1' });
    expect(extensions.upstream.dryRun.calls).toEqual({ ListOpportunities: 1, GetOpportunity: 6 });
    await using free = await gateway({ MAX_UPSTREAM_CALLS: '0' });
    expect(codes(await free.query(query))).toEqual([200, undefined]);
  });
});

describe('the limit of upstream calls', () => {
  /** Lists of so many ids each, no id in two of them, of which nothing is selected that costs more. */
  const listsOfIds = (lists: number, perList: number) => {
    const names = Array.from({ length: lists }, (_, n) => `f${n}`);
    const variables = Object.fromEntries(
      names.map((name, n) => [name, { ids: ids(lists * perList).slice(n * perList, (n + 1) * perList) }]),
    );
    const fields = names.map(
      (name) => `${name}: opportunities(filter: $${name}) { pageInfo { hasNextPage } }`,
    );
    const declared = names.map((name) => `$${name}: OpportunityFilter`);
    return { query: `query (${declared.join(', ')}) { ${fields.join(' ')} }`, variables };
  };
  const dry = { 'x-upstream-dry-run': '1' };
  const exceeded = (limit: number) => ({
    code: 'LIMIT_EXCEEDED',
    limit,
    setting: 'MAX_UPSTREAM_CALLS',
    got: limit + 1,
  });

  test('ninety lists of two hundred ids are refused as 900 calls, which is what they make without the limit', async () => {
    using time = stopTime();
    const { query, variables } = listsOfIds(90, 200);
    await using gw = await gateway({ MAX_ROOT_FIELDS: '90' });
    const { status, errors, calls } = await gw.query(query, variables);
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'OPERATION_TOO_EXPENSIVE',
      upstreamCalls: 900,
      limit: 300,
    });
    expect(calls).toEqual({});
    await using free = await gateway({ MAX_ROOT_FIELDS: '90', MAX_UPSTREAM_CALLS: '900' });
    expect((await free.query(query, variables, dry)).extensions.upstream.dryRun).toMatchObject({
      calls: { ListOpportunities: 900 },
      limit: 900,
    });
    const answer = await time.run(free.query(query, variables));
    expect([answer.errors, answer.calls]).toEqual([undefined, { ListOpportunities: 900 }]);
  });

  const update = (id: string, fields: string) =>
    `updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "New" } } }) { ${fields} }`;
  test.each<[string, string, object]>([
    ['a page of summaries', '{ opportunities(first: 100) { nodes { id } } }', {}],
    ['a page of details', '{ opportunities(first: 30) { nodes { marketing { source } } } }', {}],
    ['a list of ids', listsOfIds(2, 45).query, listsOfIds(2, 45).variables],
    ['aliases', `{ ${repeat(25, (n) => `a${n}: opportunity(id: "${ids(25)[n]}") { id }`)} }`, {}],
    ['one record under two aliases', '{ a: node(id: "O5000002") { id } b: node(id: "O5000002") { id } }', {}],
    [
      'entities',
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Opportunity { id arn } } }',
      { refs: refs(70) },
    ],
    ['patches', `mutation { a: ${update('O5000001', 'changed')} b: ${update('O5000002', 'changed')} }`, {}],
    ['a patch that selects the record', `mutation { ${update('O5000002', 'opportunity { id }')} }`, {}],
  ])('a dry run of %s returns the number of calls that the operation makes', async (_, query, variables) => {
    await using gw = await gateway();
    const { dryRun } = (await gw.query(query, variables, dry)).extensions.upstream;
    const { errors, calls } = await gw.query(query, variables);
    expect(errors).toBeUndefined();
    expect(calls).toEqual(dryRun.calls);
  });

  test('an operation makes no more calls than the limit if AWS lacks what it was planned with', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '20' });
    const unknown = Array.from({ length: 200 }, (_, n) => ({ __typename: 'Opportunity', id: `O9${n}` }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Opportunity { id } } }';
    const { data, errors, calls } = await gw.query(query, { r: unknown });
    // Ten lookups of twenty, and then each is read, because a list can lag.
    expect(calls).toEqual({ ListOpportunities: 10, GetOpportunity: 10 });
    expect(data._entities).toEqual(Array(200).fill(null));
    expect(errors).toHaveLength(190);
    expect(errors?.[0]?.extensions).toEqual(exceeded(20));
    expect(errors?.[0]?.message).toBe(
      'This operation needs more than 20 upstream calls, the limit (MAX_UPSTREAM_CALLS). Request fewer items.',
    );
  });

  test('an operation makes no more calls than the limit if AWS’s pages are nearly empty', async () => {
    await using direct = await gateway();
    await using proxy = await tamperingProxy(direct.emulator.url);
    await using gw = await gatewayOn(proxy.url, { MAX_UPSTREAM_CALLS: '30' });
    let pages = 0;
    proxy.tamper(({ answer }) => {
      const summaries = answer.OpportunitySummaries as object[];
      return { ...answer, OpportunitySummaries: pages++ % 4 === 3 ? summaries.slice(0, 1) : [] };
    });
    const fields = [
      'IDENTIFIER',
      'CUSTOMER_COMPANY_NAME',
      'LAST_MODIFIED_DATE',
      'CREATED_DATE',
      'TARGET_CLOSE_DATE',
    ];
    const list = (field: string) =>
      `${field}: opportunities(first: 3, sort: { sortBy: ${field}, sortOrder: ASCENDING }) {
        nodes { id } pageInfo { hasNextPage endCursor } }`;
    // Each of them would need about twelve calls.
    const { data, errors = [], calls } = await gw.query(`{ ${fields.map(list).join(' ')} }`);
    expect(calls).toEqual({ ListOpportunities: 30 });
    for (const { extensions } of errors) expect(extensions).toEqual(exceeded(30));
    const answered = Object.values(data as Record<string, Data>).filter((connection) => connection !== null);
    expect(answered.length + errors.length).toBe(fields.length);
    for (const { nodes, pageInfo } of answered) {
      expect([1, 2, 3]).toContain(nodes.length);
      expect(pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) });
    }
  });

  test('a call that is repeated counts once', async () => {
    using time = stopTime();
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '1' });
    await gw.emulator.injectFault({ kind: 'error', times: 2 });
    const { errors, calls } = await time.until(
      gw.query('{ opportunity(id: "O5000002") { marketing { source } } }'),
    );
    expect([errors, calls]).toEqual([undefined, { GetOpportunity: 3 }]);
  });

  test.each(['drop-after', 'error-after', 'drop-before'])(
    'the outcome of a write that has been sent is found out beyond the limit (%s)',
    async (kind) => {
      await using gw = await gateway({ MAX_UPSTREAM_CALLS: '2' });
      await gw.emulator.injectFault({ kind, operation: 'UpdateOpportunity' });
      const { data, errors } = await gw.query(
        `mutation { ${update('O5000002', 'changed userErrors { code }')} }`,
      );
      expect(errors).toBeUndefined();
      expect(data.updateOpportunity).toEqual({ changed: true, userErrors: [] });
      expect((await gw.emulator.record('O5000002')).LifeCycle.NextSteps).toBe('New');
    },
  );

  test('a write that has not been sent is refused at the limit, and the one before it is made', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '4' });
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'UpdateOpportunity' });
    const before = await gw.emulator.record('O5000001');
    const { data, errors } = await gw.query(
      `mutation { a: ${update('O5000002', 'changed')} b: ${update('O5000001', 'changed')} }`,
    );
    expect(data).toEqual({ a: { changed: true }, b: null });
    expect(errors).toMatchObject([{ path: ['b'], extensions: exceeded(4) }]);
    expect(await gw.emulator.record('O5000001')).toEqual(before);
  });

  test('a payload that cannot be read at the limit still has what was written', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '4' });
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'UpdateOpportunity' });
    const { data, errors } = await gw.query(
      `mutation ($input: CreateOpportunityInput!) {
        a: ${update('O5000002', 'changed')}
        b: createOpportunity(input: $input) { clientToken opportunity { id } userErrors { code } }
      }`,
      { input },
    );
    expect(errors).toMatchObject([{ path: ['b', 'opportunity'], extensions: exceeded(4) }]);
    expect(data.b).toEqual({ clientToken: expect.any(String), opportunity: null, userErrors: [] });
  });
});

describe('an operation that is larger than the settings allow', () => {
  const limitOf = ({ status, errors }: Answer) => ({ status, ...errors?.[0]?.extensions });
  const lists = (count: number, first: number, fields = 'id') =>
    `{ ${repeat(count, (n) => `a${n}: opportunities(first: ${first}) { nodes { ${fields} } }`)} }`;

  test.each<[string, string, object, object]>([
    [
      'more fields at its root, fragments and repetitions merged',
      `{ ...F ...F ${repeat(3, (n) => `a${n}: __typename`)} } fragment F on Query { a0: __typename b: __typename }`,
      {},
      { limit: 3, setting: 'MAX_ROOT_FIELDS', got: 4 },
    ],
    ['more records in pages', lists(2, 6), {}, { limit: 10, setting: 'MAX_RECORDS', got: 12 }],
    [
      'more representations',
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Opportunity { id } } }',
      { refs: refs(11) },
      { limit: 10, setting: 'MAX_RECORDS', got: 11 },
    ],
    [
      'records with so many fields that each counts twice',
      lists(
        1,
        6,
        ['id', 'arn', 'catalog', 'createdDate', 'lastModifiedDate', '__typename']
          .map((field, n) => repeat(9, (m) => `n${n}${m}: ${field}`))
          .join(' '),
      ),
      {},
      { limit: 10, setting: 'MAX_RECORDS', got: 12 },
    ],
    ['a longer document', `# ${'x'.repeat(100_000)}\n{ __typename }`, {}, { limit: 100_000, got: 100_017 }],
  ])(
    '%s: refused before a call, with the limit, its setting and what it got',
    async (_, query, variables, limit) => {
      await using gw = await gateway({ MAX_ROOT_FIELDS: '3', MAX_RECORDS: '10' });
      const answer = await gw.query(query, variables);
      expect(limitOf(answer)).toEqual({ status: 400, code: 'LIMIT_EXCEEDED', ...limit });
      expect(answer.calls).toEqual({});
      const dryRun = await gw.query(query, variables, { 'x-upstream-dry-run': '1' });
      expect(limitOf(dryRun)).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    },
  );

  test('what reaches the limits exactly is executed', async () => {
    await using gw = await gateway({ MAX_ROOT_FIELDS: '2', MAX_RECORDS: '10' });
    expect(codes(await gw.query(lists(2, 5)))).toEqual([200, undefined]);
  });

  test('a response that is too long is an error in its place, and in the log', async () => {
    await using gw = await gateway({ MAX_RESPONSE_BYTES: '10000' });
    for (const first of [20, 100]) {
      const answer = await gw.query(
        lists(1, first, `project { ${repeat(10, (n) => `n${n}: customerBusinessProblem`)} }`),
      );
      const { status, code, limit, setting } = limitOf(answer) as Record<string, unknown>;
      expect({ status, code, limit, setting }).toEqual({
        status: 400,
        code: 'LIMIT_EXCEEDED',
        limit: 10_000,
        setting: 'MAX_RESPONSE_BYTES',
      });
      expect(answer.data).toBeUndefined();
    }
    const lines = gw.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'operation');
    expect(lines.map(({ outcome, codes: logged }) => [outcome, logged])).toEqual(
      Array(2).fill(['failed', ['LIMIT_EXCEEDED']]),
    );
  });

  test('a mutation whose response is too long has been executed, and reports that', async () => {
    await using gw = await gateway({ MAX_RESPONSE_BYTES: '10000' });
    const [id] = await editableIds(gw, 1);
    await gw.emulator.patchRecord(id ?? '', { Project: { CustomerBusinessProblem: 'x'.repeat(2_000) } });
    const fields = `project { ${repeat(10, (n) => `n${n}: customerBusinessProblem`)} }`;
    const answer = await gw.query(
      `mutation { updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "Call" } } }) { changed opportunity { ${fields} } } }`,
    );
    expect(limitOf(answer)).toMatchObject({ status: 200, code: 'LIMIT_EXCEEDED' });
    expect(answer.errors?.[0]?.message).toContain('The mutation has been executed');
    expect((await gw.emulator.record(id ?? '')).LifeCycle.NextSteps).toBe('Call');
  });

  test('a value in a message is cut to a hundred characters, and a message to a thousand', async () => {
    await using gw = await gateway();
    const long = 'x'.repeat(50_000);
    const query =
      'query ($v: OpportunityFilter, $n: Int) { opportunities(first: $n, filter: $v) { nodes { id } } }';
    for (const variables of [
      { v: { ids: [long], createdDate: { after: long } } },
      { v: { [long]: 1 } },
      { n: long },
      { v: { ids: [[long]], [`${long}"quoted"`]: long } },
    ]) {
      const { status, errors = [] } = await gw.query(query, variables);
      expect(status).toBe(400);
      for (const { message } of errors) expect(message.length).toBeLessThan(1_010);
    }
  });

  test('at most five errors of variables are reported, and no work is done for more', async () => {
    await using gw = await gateway();
    const { errors } = await gw.query(
      'query ($v: OpportunityFilter) { opportunities(filter: $v) { nodes { id } } }',
      { v: Object.fromEntries(ids(5_000).map((id) => [id, 1])) },
    );
    expect(errors).toHaveLength(6);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(6).fill('BAD_USER_INPUT'));
  });
});

describe('an operation that needs more time than its request has', () => {
  const slow = { QUOTA_WRITES_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '5000' };
  const patches = (count: number) =>
    `mutation { ${repeat(count, (n) => `p${n}: updateOpportunity(input: { id: "O500000${n % 10}", patch: { lifeCycle: { nextSteps: "${n}" } } }) { changed }`)} }`;

  test('is refused before its first write, with calls and seconds', async () => {
    using _time = stopTime();
    await using gw = await gateway(slow);
    const { status, errors, calls } = await gw.query(patches(50));
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_EXPENSIVE', upstreamCalls: 50 });
    expect(errors?.[0]?.extensions.seconds).toBeGreaterThan(45);
    expect(errors?.[0]?.extensions.secondsLeft).toBe(5);
    expect(calls).toEqual({});
  });

  test('is not one that fits, nor one that is only priced', async () => {
    using time = stopTime();
    await using gw = await gateway(slow);
    const { data, errors } = await time.until(gw.query(patches(3)));
    expect(errors).toBeUndefined();
    expect(Object.keys(data)).toHaveLength(3);
    const priced = await time.until(gw.query(patches(50), {}, { 'x-upstream-dry-run': '1' }));
    expect(priced.extensions.upstream.dryRun.calls).toMatchObject({ UpdateOpportunity: 50 });
  });
});
