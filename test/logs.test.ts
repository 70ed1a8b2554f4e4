import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { everyField } from '../bench/tools/queries.ts';
import { startEmulator } from '../emulator/server.ts';
import { errorForLog } from '../src/fault.ts';
import { collector } from './collector.ts';
import { input } from './create-input.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { post, startProgram } from './program.ts';
import { gatewaySchema } from './schema.ts';

const lines = (gw: TestGateway, message: string): Data[] =>
  gw.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);
const patch = `mutation Save($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed userErrors { code } } }`;

describe('an operation', () => {
  test('an operation is logged in one line, with its caller, name, duration, cost and outcome', async () => {
    await using gw = await gateway();
    const query = 'query Board { opportunities(first: 3) { nodes { marketing { source } } } }';
    await gw.query(query, {}, { 'x-request-id': 'r-7' });
    expect(lines(gw, 'operation')).toEqual([
      expect.objectContaining({
        level: 30,
        requestId: 'r-7',
        caller: 'anonymous:127.0.0.1',
        operation: 'query',
        operationName: 'Board',
        outcome: 'ok',
        ms: expect.any(Number),
        calls: { ListOpportunities: 1, GetOpportunity: 3 },
        cached: 0,
        waitedMs: expect.any(Number),
        remaining24h: { read: 99_996, write: 10_000 },
      }),
    ]);
  });

  test.each([
    ['{ opportunity(id: ', { operation: 'unknown', outcome: 'failed', codes: ['GRAPHQL_PARSE_FAILED'] }],
    ['{ colour }', { operation: 'unknown', outcome: 'failed', codes: ['GRAPHQL_VALIDATION_FAILED'] }],
    [
      '{ a: opportunity(id: "O5000002") { id } b: opportunity(id: "x") { id } }',
      { operation: 'query', outcome: 'partial', codes: ['BAD_USER_INPUT'] },
    ],
  ])('a failed operation (%s) is logged with its outcome and error codes', async (query, expected) => {
    await using gw = await gateway();
    await gw.query(query);
    expect(lines(gw, 'operation')).toEqual([expect.objectContaining(expected)]);
  });

  test('an operation with a long name is logged with its first 100 characters, in whichever line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'names-'));
    const file = join(folder, 'manifest.json');
    writeFileSync(file, JSON.stringify({ known: '{ __typename }' }));
    await using gw = await gateway({ TRUSTED_DOCUMENTS: 'log', TRUSTED_DOCUMENTS_FILE: file });
    rmSync(folder, { recursive: true });
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'GetOpportunity' });
    await gw.query(`query ${'N'.repeat(10_000)} { opportunity(id: "O5000002") { marketing { source } } }`);
    const named = gw.logged.map((line) => JSON.parse(line)).filter((line) => line.operationName);
    expect(named.map(({ msg }) => msg).sort()).toEqual([
      expect.stringMatching(/^AWS denied GetOpportunity/),
      'not a trusted document',
      'operation',
    ]);
    for (const { operationName } of named) expect(operationName).toBe('N'.repeat(100));
  });

  test('an error at a long path is logged with the first steps of it, each cut', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', { Project: { Title: { text: 'x' } } });
    const alias = 'a'.repeat(50_000);
    await gw.query(`{ ${alias}: opportunity(id: "O5000002") { project { title } } }`);
    expect(lines(gw, 'internal error')).toMatchObject([{ path: ['a'.repeat(100), 'project', 'title'] }]);
    expect(gw.logged.every((line) => line.length < 5_000)).toBe(true);
  });

  test('a failed authentication is logged without the credentials', async () => {
    await using gw = await gateway({ ROUTER_SECRET: 's'.repeat(40) });
    await gw.query('{ quota { read { waiting } } }', {}, { 'x-router-secret': 'planted' });
    expect(lines(gw, 'authentication failed')).toEqual([
      expect.objectContaining({ code: 'UNAUTHENTICATED' }),
    ]);
    expect(gw.logged.join('')).not.toContain('planted');
  });
});

describe('an error for the log', () => {
  test('has no line of the message, even one that looks like a frame', () => {
    const error = new Error('Acme Robotics\n    at Acme Robotics');
    const { at } = errorForLog(error);
    expect(at.join()).not.toContain('Acme');
    expect(at[0]).toContain('logs.test.ts');
  });

  test('is bounded, regardless of the input', () => {
    const error = Object.assign(new Error('x'), { name: 'N'.repeat(10_000) });
    error.stack = `Error: x${'\n    at f'.repeat(10_000)}${'x'.repeat(10_000)}`;
    expect(JSON.stringify(errorForLog(error)).length).toBeLessThan(5_000);
    for (const odd of [
      undefined,
      null,
      'text',
      7,
      Object.assign(new Error('x'), { name: 7, stack: undefined }),
    ])
      expect(errorForLog(odd).at).toEqual([]);
  });
});

describe('a mutation', () => {
  const save = (gw: TestGateway, id: string, change: object, headers = {}) =>
    gw.query(patch, { input: { id, patch: change } }, headers);

  test('a mutation is logged with its caller, opportunity and fields, at any log level', async () => {
    await using gw = await gateway({ LOG_LEVEL: 'error' });
    const change = { lifeCycle: { nextSteps: 'Call' } };
    await save(gw, 'O5000002', change, { 'x-request-id': 'r-8' });
    expect(lines(gw, 'mutation')).toEqual([
      expect.objectContaining({
        audit: true,
        requestId: 'r-8',
        caller: 'anonymous:127.0.0.1',
        mutation: 'updateOpportunity',
        account: 'main',
        subject: 'O5000002',
        fields: ['lifeCycle.nextSteps'],
        outcome: 'written',
      }),
    ]);
    expect(lines(gw, 'operation')).toEqual([]);
  });

  test('a mutation that is refused, changes nothing or fails is logged with its fields and outcome', async () => {
    await using gw = await gateway();
    await save(gw, 'O5000002', { lifeCycle: { nextSteps: 'x'.repeat(300) } });
    await save(gw, 'O404', { lifeCycle: { nextSteps: 'x' } });
    await save(gw, 'O5000002', {});
    await save(gw, 'odd', { lifeCycle: { nextSteps: 'x' } });
    await gw.emulator.injectFault({ kind: 'error', operation: 'GetOpportunity', times: 10 });
    await save(gw, 'O5000002', { lifeCycle: { nextSteps: 'x' } });
    expect(lines(gw, 'mutation').map(({ fields, outcome }) => [fields.join(), outcome])).toEqual([
      ['lifeCycle.nextSteps', 'INVALID_STRING_FORMAT'],
      ['lifeCycle.nextSteps', 'NOT_FOUND'],
      ['', 'unchanged'],
      ['lifeCycle.nextSteps', 'BAD_USER_INPUT'],
      ['lifeCycle.nextSteps', 'UPSTREAM_UNAVAILABLE'],
    ]);
  });

  test('a create is logged with the id of the new opportunity', async () => {
    await using gw = await gateway();
    const create = `mutation ($input: CreateOpportunityInput!) {
      createOpportunity(input: $input) { opportunity { id } userErrors { path message } } }`;
    const { data } = await gw.query(create, { input });
    const [line] = lines(gw, 'mutation');
    expect(line).toMatchObject({ mutation: 'createOpportunity', outcome: 'written' });
    expect(line.subject).toBe(data.createOpportunity.opportunity.id);
    expect(line.fields).toContain('customer.account.companyName');
  });

  test('a dry run of a mutation is not logged as a mutation', async () => {
    await using gw = await gateway();
    await save(gw, 'O5000002', { lifeCycle: { nextSteps: 'x' } }, { 'x-upstream-dry-run': '1' });
    expect(lines(gw, 'mutation')).toEqual([]);
  });
});

/** Markers that must not appear in any output, as words and as digits. */
const word = 'PLANTED';
const digits = '987654321';
const secrets = new RegExp(`${word}|${digits}`, 'i');

/** Every member that AWS's model marks as sensitive, and others that are personal or commercial. */
const sensitiveRecord = {
  PartnerOpportunityIdentifier: word,
  Customer: {
    Account: {
      Industry: word,
      OtherIndustry: word,
      CompanyName: word,
      WebsiteUrl: `https://${word}.example`,
      AwsAccountId: `${digits}000`,
      Duns: digits,
      Address: { City: word, PostalCode: word, StateOrRegion: word, StreetAddress: word, CountryCode: word },
    },
    Contacts: [
      {
        Email: `${word}@example.com`,
        FirstName: word,
        LastName: word,
        BusinessTitle: word,
        Phone: `+${digits}`,
      },
    ],
  },
  Project: {
    Title: word,
    CustomerBusinessProblem: `${word} `.repeat(5),
    CustomerUseCase: word,
    OtherSolutionDescription: word,
    OtherCompetitorNames: word,
    AdditionalComments: word,
    ExpectedCustomerSpend: [
      { Amount: digits, CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: word, EstimationUrl: word },
    ],
  },
  LifeCycle: { NextSteps: word, ReviewComments: word, NextStepsHistory: [{ Time: word, Value: word }] },
  Marketing: { CampaignName: word, UseCases: [word] },
  SoftwareRevenue: { Value: { Amount: digits, CurrencyCode: word } },
  OpportunityTeam: [{ Email: `${word}@example.com`, FirstName: word }],
  Unheard: { Of: word },
};

test('no customer data reaches the debug log, the metrics or the traces, even after failures', async () => {
  const emulator = await startEmulator();
  await using gw = await gatewayOn(emulator.url);
  using traces = await collector();
  const program = startProgram({
    UPSTREAM_ENDPOINT: emulator.url,
    LOG_LEVEL: 'debug',
    METRICS_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
    REQUEST_TIMEOUT_MS: '4000',
    QUOTA_READS_PER_SECOND: '1000',
    QUOTA_WRITES_PER_SECOND: '1000',
    CACHE_FRESH_MS: '0',
  });
  const url = await program.address('GraphQL');
  const metrics = await program.address('metrics');
  const ask = (query: string, variables: object = {}) => post(url, { query, variables });

  // Data in AWS.
  const { control } = gw.emulator;
  await control('PATCH', 'opportunities/O5000002', sensitiveRecord);
  await control('PATCH', 'opportunities/O5000003', { Project: { Title: { a: word } } });
  await control('PATCH', 'opportunities/O5000004', { Customer: word });
  const everything = everyField(gatewaySchema(), 'Opportunity');
  const one = (id: string) =>
    ask(`{ opportunity(id: "${id}") { ${everything} editability { reason lockedFields } } }`);
  expect(await (await one('O5000002')).text()).toMatch(secrets);
  for (const id of ['O5000003', 'O5000004']) await one(id);
  await ask(`{ opportunities(filter: { customerCompanyNames: ["${word}"] }) { nodes { ${everything} } } }`);

  // Data from callers.
  const change = {
    lifeCycle: { nextSteps: word },
    project: { additionalComments: word },
    customer: { account: { duns: digits } },
  };
  for (const id of ['O5000001', 'O5000002', 'O5000003', 'O5000004', word])
    await ask(patch, { input: { id, patch: change } });
  const create = `mutation ($input: CreateOpportunityInput!) {
    createOpportunity(input: $input) { opportunity { id } userErrors { message } } }`;
  const named = { ...input, partnerOpportunityIdentifier: word, project: { ...input.project, title: word } };
  await ask(create, { input: named });
  await ask(create, {
    input: { ...named, marketing: { source: word }, lifeCycle: { targetCloseDate: word } },
  });
  await ask(`{ opportunity(id: "${word}") { ${word} } }`);
  await ask(`{ opportunity(id: "${word}"`);
  await ask(patch, { input: word });
  await post(url, { query: patch, variables: word, extensions: { persistedQuery: word } });
  await fetch(`${url}?query=${word}&variables=${word}`);
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{ ${word}` });
  await post(
    url,
    { query: '{ quota { read { waiting } } }' },
    {
      authorization: `Bearer ${word}`,
      cookie: word,
      'idempotency-key': word,
      'x-request-id': `${word} ${digits}`,
    },
  );

  // Failures.
  for (const kind of [
    'error',
    'html-503',
    'access-denied',
    'expired-token',
    'truncate',
    'drop-after',
    'error-after',
    'throttle',
  ]) {
    await gw.emulator.injectFault({ kind, times: 6 });
    await one('O5000002');
    await ask(patch, { input: { id: 'O5000002', patch: { lifeCycle: { nextSteps: `${word} ${kind}` } } } });
    await control('DELETE', 'faults');
  }

  const metricsText = await (await fetch(metrics)).text();
  program.child.kill('SIGTERM');
  const { out, err, code } = await program.exited;
  await emulator.stop();
  expect(code).toBe(0);

  // Log, metrics and traces have entries for these operations, and none contains a marker.
  expect(out).toContain('"mutation":"updateOpportunity"');
  expect(out).toContain('"msg":"internal error"');
  expect(metricsText).toContain('partner_central_call_duration_count');
  expect(traces.received.join('')).toContain('PartnerCentralSelling/UpdateOpportunity');
  for (const output of [out, err, metricsText, traces.received.join('')])
    expect(output.split('\n').filter((line) => secrets.test(line))).toEqual([]);
});
