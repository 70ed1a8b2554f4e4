/** Exports: jobs that write a selection of opportunities to a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { tokens } from './tokens.ts';
import { until } from './until.ts';

/** The most opportunities of an export, which a test lowers. */
const limit = vi.hoisted(() => ({ maxExported: 100_000 }));
vi.mock('../src/jobs/bulk/model.ts', async (original) => ({
  ...(await original<typeof import('../src/jobs/bulk/model.ts')>()),
  get maxExported() {
    return limit.maxExported;
  },
}));

const mutation = `mutation Export($input: ExportOpportunitiesInput!) {
  exportOpportunities(input: $input) { calls job { id kind status total estimatedEnd } userErrors { message } }
}`;

async function start(gw: TestGateway, input: object, headers: Record<string, string> = {}): Promise<Data> {
  const { data, errors } = await gw.query(mutation, { input }, headers);
  expect(errors).toBeUndefined();
  return data.exportOpportunities;
}

const jobOf = async (gw: TestGateway, id: string): Promise<Data> =>
  (await gw.query(`{ bulkJob(id: "${id}") { status total done failed } }`)).data.bulkJob;

async function finished(gw: TestGateway, id: string): Promise<Data> {
  let job: Data;
  await until(async () => {
    job = await jobOf(gw, id);
    return job.status === 'DONE';
  });
  return job;
}

async function lines(gw: TestGateway, id: string): Promise<Data[]> {
  const text = await (await fetch(`${gw.url}/bulk/${id}.jsonl`)).text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
const csv = async (gw: TestGateway, id: string) => (await fetch(`${gw.url}/bulk/${id}.csv`)).text();

afterEach(() => {
  limit.maxExported = 100_000;
});

describe('an export', () => {
  test('of more opportunities than an export may have fails as a whole, and reports the limit', async () => {
    await using gw = await gateway();
    limit.maxExported = 249;
    const { job } = await start(gw, { detail: 'DETAILS' });
    expect(await finished(gw, job.id)).toEqual({ status: 'DONE', total: 1, done: 0, failed: 1 });
    const [item, end] = await lines(gw, job.id);
    expect(item.userErrors).toMatchObject([
      {
        code: 'TOO_MANY_VALUES',
        path: ['filter'],
        message: 'More than 249 opportunities match. Narrow the filter, by createdDate for example.',
      },
    ]);
    expect(end).toEqual({ end: { rows: 1, status: 'DONE' } });
    expect((await gw.emulator.calls()).GetOpportunity).toBeUndefined();
  });

  test('of summaries costs a call for each hundred, and has every opportunity once, oldest first', async () => {
    await using gw = await gateway();
    const { job, calls } = await start(gw, {});
    expect(job).toMatchObject({ kind: 'EXPORT', estimatedEnd: null });
    expect(calls).toBeNull();
    expect(await finished(gw, job.id)).toEqual({ status: 'DONE', total: 250, done: 250, failed: 0 });
    const all = await lines(gw, job.id);
    expect(all.pop()).toEqual({ end: { rows: 250, status: 'DONE' } });
    expect(new Set(all.map(({ id }) => id)).size).toBe(250);
    const dates = all.map(({ createdDate }) => createdDate);
    expect(dates).toEqual([...dates].sort());
    expect(all[0]).toMatchObject({ customer: { account: { companyName: expect.any(String) } } });
  });

  test('of details has whole records of the filter, in the values of the graph', async () => {
    await using gw = await gateway();
    const filter = { ids: ['O5000001', 'O5000002', 'O5000003'] };
    const { job, calls } = await start(gw, { filter, detail: 'DETAILS' });
    expect(calls).toBe(4);
    expect(await finished(gw, job.id)).toMatchObject({ total: 3, done: 3 });
    const [record] = (await lines(gw, job.id)).filter(({ id }) => id === 'O5000001');
    const { data } = await gw.query(
      '{ opportunity(id: "O5000001") { id lastModifiedDate primaryNeedsFromAws lifeCycle { stage nextSteps } project { title expectedCustomerSpend { amount currencyCode } } } }',
    );
    expect(record).toMatchObject(data.opportunity);
  });

  test('is priced without a call by a dry run, and by the index', async () => {
    await using gw = await gateway({ INDEX: 'on' });
    await until(async () => !(await gw.query('{ opportunities { totalCount } }')).errors);
    const price = async (selection: object) =>
      (await gw.query(mutation, { input: selection }, { 'x-upstream-dry-run': '1' })).extensions.upstream
        .dryRun.calls;
    expect(await price({ detail: 'DETAILS' })).toEqual({ ListOpportunities: 3, GetOpportunity: 250 });
    expect(await price({})).toEqual({ ListOpportunities: 3 });
    expect(await price({ filter: { search: 'a' } })).toEqual({});
    expect((await gw.query('{ bulkJobs { nodes { id } } }')).data.bulkJobs.nodes).toEqual([]);
    expect((await start(gw, { detail: 'DETAILS' })).calls).toBe(253);
  });

  test('is readable while it runs, and reads each record once', async () => {
    await using gw = await gateway();
    const ids = Array.from({ length: 40 }, (_, index) => `O50000${String(index + 1).padStart(2, '0')}`);
    await gw.emulator.hold('GetOpportunity', 30);
    const { job } = await start(gw, { filter: { ids }, detail: 'DETAILS' });
    await gw.emulator.untilHeld(20);
    const half = await lines(gw, job.id);
    expect(half.at(-1)).toEqual({ end: { rows: 40, status: 'RUNNING' } });
    expect(half[0]).toMatchObject({ outcome: 'QUEUED', customer: expect.anything() });
    await gw.emulator.release();
    await finished(gw, job.id);
    const log = await gw.emulator.log();
    expect(log.filter(({ operation }) => operation === 'GetOpportunity').length).toBeLessThanOrEqual(40);
    expect((await lines(gw, job.id)).filter(({ outcome }) => outcome)).toEqual([]);
  });

  test('waits while AWS is away, reports that, and goes on', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'error', times: 1_000, operation: 'ListOpportunities' });
    const { job } = await start(gw, {});
    const waiting = async () =>
      (await gw.query(`{ bulkJob(id: "${job.id}") { waitingFor } }`)).data.bulkJob.waitingFor;
    await until(async () => (await waiting()) === 'AWS');
    expect(await jobOf(gw, job.id)).toMatchObject({ status: 'RUNNING', total: 0 });
  });

  test('goes on after a restart, and reads only what is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'export-'));
    const env = { JOBS_FILE: join(folder, 'jobs.db'), DRAIN_TIMEOUT_MS: '0' };
    const emulator = await startEmulator({});
    const ids = Array.from({ length: 40 }, (_, index) => `O50000${String(index + 1).padStart(2, '0')}`);
    let id = '';
    {
      await using gw = await gatewayOn(emulator.url, env);
      id = (await start(gw, { filter: { ids }, detail: 'DETAILS' })).job.id;
      await until(async () => (await jobOf(gw, id)).done >= 20);
    }
    await using gw = await gatewayOn(emulator.url, env);
    await gw.emulator.clearCalls();
    const { done } = await jobOf(gw, id);
    expect(await finished(gw, id)).toEqual({ status: 'DONE', total: 40, done: 40, failed: 0 });
    expect((await gw.emulator.calls()).ListOpportunities).toBeUndefined();
    expect(done).toBeGreaterThanOrEqual(20);
    expect(
      (await lines(gw, id))
        .slice(0, -1)
        .map((record) => record.id)
        .sort(),
    ).toEqual(ids);
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  test('needs its scopes, and no writes', async () => {
    const { env, bearer } = await tokens();
    await using gw = await gateway({ ...env, CATALOG: 'AWS' });
    const refused = await gw.query(mutation, { input: {} }, await bearer('opportunities:read'));
    expect(refused.errors?.[0]).toMatchObject({
      message: expect.stringContaining('jobs:write'),
      extensions: { code: 'FORBIDDEN' },
    });
    const { errors, data } = await gw.query(
      mutation,
      { input: {} },
      await bearer('opportunities:read jobs:write'),
    );
    expect(errors).toBeUndefined();
    expect(data.exportOpportunities.job.kind).toBe('EXPORT');
  });
});

test('a CSV export is edited and sent back, which changes only what was edited', async () => {
  await using gw = await gateway();
  const { job } = await start(gw, { filter: { ids: ['O5000001', 'O5000002'] }, detail: 'DETAILS' });
  await finished(gw, job.id);
  const file = await csv(gw, job.id);
  const [header = ''] = file.split('\r\n');
  expect(header.split(',').slice(0, 4)).toEqual(['id', '#row', '#outcome', 'expectedLastModifiedDate']);
  expect(header).toContain(',#customer.contacts[0].email,');
  expect(header).toContain(',#partnerOpportunityIdentifier');
  const before = (await gw.emulator.record('O5000002')).LifeCycle.NextSteps;
  expect(file).toContain(before);
  const body = file.replace(before, 'Workshop on Tuesday');
  const answer = await fetch(`${gw.url}/bulk/update`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body,
  });
  const upload = await answer.json();
  expect(upload.job).toMatchObject({ total: 2, failed: 0 });
  await finished(gw, upload.job.id);
  const results = await lines(gw, upload.job.id);
  expect(results.slice(0, 2).map(({ id, outcome, userErrors }) => [id, outcome, userErrors])).toEqual([
    ['O5000001', 'SKIPPED', []],
    ['O5000002', 'DONE', []],
  ]);
  expect((await gw.emulator.record('O5000002')).LifeCycle.NextSteps).toBe('Workshop on Tuesday');
});
