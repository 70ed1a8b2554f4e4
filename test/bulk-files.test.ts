/** Files of bulk jobs, uploaded and downloaded over real sockets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteStores } from '../src/jobs/sqlite-store.ts';
import { inAYear, input } from './create-input.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { raw } from './raw.ts';
import { tokens } from './tokens.ts';
import { until } from './until.ts';

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;
type Format = keyof typeof types;

/** Uploads a file, and returns the status and the answer. */
async function upload(
  gw: TestGateway,
  path: string,
  format: Format,
  body: string | Buffer,
  headers: Record<string, string> = {},
) {
  const answer = await raw(
    `${gw.url}/bulk/${path}`,
    'POST',
    { 'content-type': types[format], ...headers },
    body,
  );
  const text = String(answer.body);
  return { status: answer.status, headers: answer.headers, body: JSON.parse(text) as Data };
}

async function download(gw: TestGateway, path: string): Promise<string> {
  const answer = await fetch(`${gw.url}${path}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

/** The records of a JSON Lines file; the last one has their number. */
async function records(gw: TestGateway, path: string): Promise<Data[]> {
  const lines = (await download(gw, path)).trimEnd().split('\n');
  const all = lines.map((line) => JSON.parse(line) as Data);
  expect(all.at(-1)).toMatchObject({ end: { rows: all.length - 1 } });
  return all.slice(0, -1);
}

const statusOf = async (gw: TestGateway, id: string) =>
  (await gw.query(`{ bulkJob(id: "${id}") { status } }`)).data.bulkJob.status;
const untilDone = (gw: TestGateway, id: string) => until(async () => (await statusOf(gw, id)) === 'DONE');
const jobs = async (gw: TestGateway) => (await gw.query('{ bulkJobs { nodes { id } } }')).data.bulkJobs.nodes;
const nextSteps = async (gw: TestGateway, id: string) => (await gw.emulator.record(id)).LifeCycle.NextSteps;

describe('a file of items', () => {
  test('CSV is uploaded, carried out, downloaded with its results, corrected and sent again', async () => {
    await using gw = await gateway();
    const file = [
      'id,lifeCycle.nextSteps,lifeCycle.targetCloseDate',
      'O5000001,=Call,',
      'O5000002,Meet,31.12.2099',
      'O5000003,,',
      'O5000004',
    ].join('\r\n');
    const { status, body, headers } = await upload(gw, 'update?name=Spring', 'csv', file);
    const { id } = body.job;
    expect(status).toBe(202);
    expect(body).toEqual({
      job: {
        id: expect.stringMatching(/^bulk-/),
        kind: 'UPDATE',
        name: 'Spring',
        status: 'QUEUED',
        total: 4,
        failed: 2,
        createdAt: expect.any(String),
        startAfter: null,
        estimatedEnd: expect.any(String),
      },
      links: { jsonl: `/bulk/${id}.jsonl`, csv: `/bulk/${id}.csv` },
    });
    expect(headers.location).toBe(`/bulk/${id}.csv`);
    await untilDone(gw, id);
    expect(await nextSteps(gw, 'O5000001')).toBe('=Call');

    const results = await download(gw, `/bulk/${id}.csv`);
    expect(results.replace(/^\ufeff/, '').split('\r\n')).toEqual([
      '#row,#outcome,#opportunity,#errors,id,lifeCycle.nextSteps,lifeCycle.targetCloseDate',
      "1,DONE,O5000001,,O5000001,'=Call,",
      '2,FAILED,,"lifeCycle.targetCloseDate: Date: got ""31.12.2099"", expected a day such as ""2026-02-04""",O5000002,Meet,\'31.12.2099',
      '3,SKIPPED,O5000003,,O5000003,,',
      '4,FAILED,,"Line 5: The row has 1 cells, expected 3 as in the header.",O5000004,,',
      'end of 4 rows,,,,,,',
      '',
    ]);
    const corrected = results.replace("'31.12.2099", inAYear);
    const again = await upload(gw, 'update', 'csv', corrected);
    expect(again.body.job).toMatchObject({ total: 4, failed: 0 });
    await untilDone(gw, again.body.job.id);
    expect((await gw.emulator.record('O5000002')).LifeCycle).toMatchObject({
      NextSteps: 'Meet',
      TargetCloseDate: inAYear,
    });
    const outcomes = (await records(gw, again.body.links.jsonl)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['SKIPPED', 'DONE', 'SKIPPED', 'SKIPPED']);
  });

  test('JSON Lines creates, submits and upserts as the mutations do, with defaults and results', async () => {
    await using gw = await gateway({ INDEX: 'on' });
    await until(async () => !(await gw.query('{ opportunities { totalCount } }')).errors);
    const created = await upload(gw, 'create', 'jsonl', `${JSON.stringify(input)}\n{"project":{}}\n`);
    await untilDone(gw, created.body.job.id);
    const [good, bad] = await records(gw, created.body.links.jsonl);
    expect(good).toMatchObject({
      index: 0,
      outcome: 'DONE',
      id: expect.stringMatching(/^O/),
      userErrors: [],
      input,
    });
    expect(bad).toMatchObject({ index: 1, outcome: 'FAILED', id: null, input: { project: {} } });
    expect(bad.userErrors.length).toBeGreaterThan(3);

    const submit = JSON.stringify({ id: 'O5000001', involvementType: 'CO_SELL' });
    const submitted = await upload(gw, 'submit', 'jsonl', `${submit}\n{"id":"${good.id}"}`, {
      'content-type': 'application/x-ndjson; charset=utf-8',
    });
    await untilDone(gw, submitted.body.job.id);
    const [accepted, refused] = await records(gw, submitted.body.links.jsonl);
    expect(accepted).toMatchObject({ outcome: 'DONE', input: { visibility: 'FULL' } });
    expect(refused.userErrors).toMatchObject([{ code: 'REQUIRED_FIELD_MISSING', path: [] }]);

    const file = 'partnerOpportunityIdentifier,lifeCycle.nextSteps\ncrm-4711,Sign\ncrm-4712,Call\n';
    const upserted = await upload(gw, 'upsert', 'csv', file);
    await untilDone(gw, upserted.body.job.id);
    expect((await records(gw, upserted.body.links.jsonl)).map(({ outcome }) => outcome)).toEqual([
      'DONE',
      'FAILED',
    ]);
  });

  test('its results are readable while the job runs, and by outcome', async () => {
    await using gw = await gateway();
    await gw.emulator.hold('UpdateOpportunity');
    const file = 'id,lifeCycle.nextSteps\nO5000001,Call\nO5000002,Call\nO5000003\n';
    const { body } = await upload(gw, 'update', 'csv', file);
    await gw.emulator.untilHeld();
    const outcomes = (await records(gw, body.links.jsonl)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['QUEUED', 'QUEUED', 'FAILED']);
    expect(await records(gw, `${body.links.jsonl}?outcomes=FAILED`)).toMatchObject([{ outcome: 'FAILED' }]);
    expect(await download(gw, `${body.links.csv}?outcomes=FAILED`)).toMatch(
      /\r\n3,FAILED,.*\r\nend of 1 rows so far/s,
    );
    await gw.emulator.release();
    await untilDone(gw, body.job.id);
  });

  test('a repeated upload with a token or a key is the same job, and another file under it is a conflict', async () => {
    await using gw = await gateway();
    const file = 'id,lifeCycle.nextSteps\nO5000001,Call\n';
    const ids = new Set();
    for (const path of ['update?clientToken=t', 'update?clientToken=t'])
      ids.add((await upload(gw, path, 'csv', file)).body.job.id);
    expect(ids.size).toBe(1);
    const key = { 'idempotency-key': '"k"' };
    const first = await upload(gw, 'update', 'csv', file, key);
    const second = await upload(gw, 'update', 'csv', file, key);
    expect(second.body.job.id).toBe(first.body.job.id);
    const other = await upload(gw, 'update', 'csv', file.replace('Call', 'Meet'), key);
    expect(other).toMatchObject({
      status: 409,
      body: { errors: [{ extensions: { code: 'IDEMPOTENCY_CONFLICT' } }] },
    });
    expect(await jobs(gw)).toHaveLength(2);
  });

  test('a dry run reports which items are wrong, and creates nothing', async () => {
    await using gw = await gateway();
    const file = '{"id":"O5000001","patch":{}}\n{"id":"O5000002","patch":{"lifeCycle":{"stage":"WON"}}}\n';
    const { status, body } = await upload(gw, 'update', 'jsonl', file, { 'x-upstream-dry-run': '1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: 2,
      failed: 1,
      failures: [
        {
          index: 1,
          userErrors: [
            {
              path: ['patch', 'lifeCycle', 'stage'],
              field: 'lifeCycle.stage',
              code: 'INVALID_ENUM_VALUE',
              allowedValues: expect.arrayContaining(['LAUNCHED']),
            },
          ],
        },
      ],
    });
    expect(await jobs(gw)).toEqual([]);
  });
});

describe('what is refused', () => {
  let shared: TestGateway;
  beforeAll(async () => {
    shared = await gateway();
  });
  afterAll(() => shared[Symbol.asyncDispose]());

  const row = '{"id":"O5000001","patch":{}}\n';
  const small = { BULK_MAX_BYTES: '1000' };
  test.each<[string, string, string, string | Buffer, Record<string, string>, number, string, string]>([
    [
      'another media type',
      'update',
      'application/json',
      row,
      {},
      415,
      'BAD_REQUEST',
      'expected one of "application/jsonl"',
    ],
    ['a form', 'update', 'text/plain', row, {}, 415, 'BAD_REQUEST', 'Content-Type'],
    [
      'another charset',
      'update',
      'text/csv; charset=windows-1252',
      'id\n',
      {},
      415,
      'BAD_REQUEST',
      'in UTF-8',
    ],
    [
      'a compressed body',
      'update',
      'text/csv',
      'id\n',
      { 'content-encoding': 'gzip' },
      415,
      'BAD_REQUEST',
      'gzip',
    ],
    ['an unknown kind', 'delete', 'text/csv', 'id\n', {}, 404, 'NOT_FOUND', '/bulk/delete'],
    ['an unknown column', 'update', 'text/csv', 'id,stage\n', {}, 400, 'BAD_USER_INPUT', '"stage"'],
    ['an empty file', 'update', 'application/jsonl', '', {}, 400, 'BAD_USER_INPUT', 'body'],
    ['a header alone', 'update', 'text/csv', 'id\n', {}, 400, 'BAD_USER_INPUT', 'body'],
    ['too many items', 'update', 'application/jsonl', row.repeat(10_001), {}, 400, 'BAD_USER_INPUT', '10'],
    [
      'a wrong time',
      'update?startAfter=soon',
      'text/csv',
      'id\nO1\n',
      {},
      400,
      'BAD_USER_INPUT',
      'query.startAfter',
    ],
    ['a name twice', 'update?name=a&name=b', 'text/csv', 'id\nO1\n', {}, 400, 'BAD_USER_INPUT', 'query.name'],
    [
      'a long name',
      `update?name=${'n'.repeat(101)}`,
      'text/csv',
      'id\nO1\n',
      {},
      400,
      'BAD_USER_INPUT',
      'query.name',
    ],
    ['an upsert without the index', 'upsert', 'application/jsonl', row, {}, 503, 'INDEX_OFF', 'INDEX'],
  ])('%s', async (_name, path, type, body, headers, status, code, message) => {
    const answer = await upload(shared, path, 'csv', body, { 'content-type': type, ...headers });
    expect(answer.status).toBe(status);
    expect(answer.body.errors).toHaveLength(1);
    expect(answer.body.errors[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code },
    });
    expect(await jobs(shared)).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['whose length is declared', {}],
    ['whose length is not declared', { 'transfer-encoding': 'chunked' }],
  ])('a file that is too long, %s', async (_name, headers) => {
    await using gw = await gateway(small);
    const answer = await upload(gw, 'update', 'jsonl', row.repeat(50), headers);
    expect(answer).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 1_000, setting: 'BULK_MAX_BYTES' } }] },
    });
    expect(await jobs(gw)).toEqual([]);
  });

  test('callers without a token, a scope or the right host name', async () => {
    const { env, bearer } = await tokens();
    await using gw = await gateway({ ...env, ALLOWED_HOSTS: 'crm.example.com' });
    const submit = `${JSON.stringify({ ...input, submit: { involvementType: 'CO_SELL' } })}\n`;
    const refused = async (path: string, body: string, headers: Record<string, string>) => {
      const answer = await upload(gw, path, 'jsonl', body, headers);
      return [answer.status, answer.body.errors[0].extensions.code, answer.body.errors[0].message];
    };
    expect(await refused('update', row, {})).toMatchObject([401, 'UNAUTHENTICATED', expect.any(String)]);
    const some = await bearer('opportunities:read opportunities:write');
    expect(await refused('update', row, some)).toMatchObject([
      403,
      'FORBIDDEN',
      expect.stringContaining('jobs:write'),
    ]);
    const more = await bearer('opportunities:write jobs:write');
    expect(await refused('create', submit, more)).toMatchObject([
      403,
      'FORBIDDEN',
      expect.stringMatching(/"submit" in line 1.*opportunities:submit/),
    ]);
    expect(await refused('update', row, { ...more, host: 'evil.example' })).toMatchObject([
      421,
      'MISDIRECTED_REQUEST',
      expect.any(String),
    ]);
    const { status, body } = await upload(gw, 'update', 'jsonl', row, more);
    expect(status).toBe(202);
    const answer = await fetch(`${gw.url}${body.links.csv}`, { headers: more });
    expect([answer.status, (await answer.json()).errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
  });

  test('a page of a foreign origin cannot send a file, since its preflight is not allowed', async () => {
    await using gw = await gateway({ CORS_ORIGINS: 'https://crm.example.com' });
    const ask = async (origin: string) => {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      };
      const answer = await fetch(`${gw.url}/bulk/update`, { method: 'OPTIONS', headers });
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await ask('https://crm.example.com')).toBe('https://crm.example.com');
    expect(await ask('https://evil.example')).toBeNull();
  });

  test('files of results that are not there, and outcomes that no item has', async () => {
    await using gw = await gateway();
    const { body } = await upload(gw, 'update', 'jsonl', row);
    const { id } = body.job;
    for (const [file, status, code] of [
      [`${id}.xlsx`, 404, 'NOT_FOUND'],
      ['bulk-0123456789abcdef012345.csv', 404, 'NOT_FOUND'],
      [`${id}.csv?outcomes=LOST`, 400, 'BAD_USER_INPUT'],
    ] as const) {
      const answer = await fetch(`${gw.url}/bulk/${file}`);
      expect([answer.status, (await answer.json()).errors[0].extensions.code]).toEqual([status, code]);
    }
  });

  test('uploads for AWS while the state of jobs would end with the process', async () => {
    await using gw = await gateway({ UPSTREAM: 'aws', INDEX: 'off' });
    const answer = await upload(gw, 'update', 'jsonl', row);
    expect(answer).toMatchObject({
      status: 503,
      body: {
        errors: [{ message: expect.stringContaining('JOBS_FILE'), extensions: { code: 'JOBS_UNAVAILABLE' } }],
      },
    });
  });
});

describe('hostile files', () => {
  /** A job that only has to be created. */
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const row = `O5000001,"${'x'.repeat(2_000)}"\n`;
  const binary = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7_919) % 256));

  test.each<[string, Format, string | Buffer, number, number]>([
    [
      'a quote that is not closed',
      'csv',
      `id,lifeCycle.nextSteps\nO5000001,"x\n${row.repeat(9_000)}`,
      9_001,
      1,
    ],
    ['a file of 19 MB without a line feed', 'jsonl', Buffer.alloc(19_000_000, 'x'), 1, 1],
    [
      'a binary file',
      'jsonl',
      binary,
      binary.toString('latin1').split('\n').length,
      binary.toString('latin1').split('\n').length,
    ],
  ])('%s costs its own line', async (_name, format, body, total, failed) => {
    await using gw = await gateway();
    const answer = await upload(gw, `update?startAfter=${tomorrow}`, format, body);
    expect(answer.body.job).toMatchObject({ total, failed });
  });

  /** Starts an upload, and returns its socket. */
  function begin(gw: TestGateway, body: string) {
    const headers = { 'content-type': types.jsonl, 'content-length': '1000000' };
    const upload = request(`${gw.url}/bulk/update`, { method: 'POST', headers });
    upload.on('error', () => {});
    upload.write(body);
    return upload;
  }

  test('a client that disconnects in the middle leaves no job and no item', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bulk-files-'));
    const file = join(folder, 'jobs.db');
    {
      await using gw = await gateway({ JOBS_FILE: file });
      const half = begin(gw, '{"id":"O5000001","patch":{}}\n'.repeat(500));
      const has = async () => (await jobs(gw)).length;
      expect(await has()).toBe(0);
      half.destroy();
      await until(() => gw.logged.some((line) => line.includes('upload abandoned')));
      expect(await has()).toBe(0);
    }
    const stores = openSqliteStores({ file, clock: { setTimer: () => () => {} }, now: Date.now });
    expect(await stores.storeOf('main:Sandbox').scan('', { limit: 10 })).toEqual([]);
    stores.close();
    rmSync(folder, { recursive: true });
  });

  test('a client that sends too slowly is answered, and leaves no job', async () => {
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '500' });
    const slow = begin(gw, '{"id":"O5000001","patch":{}}\n');
    const status = await new Promise((resolve) => {
      slow.on('response', ({ statusCode }) => resolve(statusCode));
      slow.on('close', () => resolve('closed'));
    });
    expect(status).toBe(408);
    expect(await jobs(gw)).toEqual([]);
  });
});
