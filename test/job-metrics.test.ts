/** What metrics report of work that outlives a request. */
import type { DatabaseSync } from 'node:sqlite';
import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { afterEach, expect, test, vi } from 'vitest';
import { startTelemetry } from '../telemetry/start.ts';
import { gatewayOfAccounts } from './accounts-kit.ts';
import { call, nextSteps, operation, untilJob } from './bulk-kit.ts';
import { temporaryFolder } from './jobs/stores.ts';
import { gateway } from './kit.ts';
import { until } from './until.ts';

const opened = vi.hoisted(() => ({ db: undefined as DatabaseSync | undefined }));
vi.mock('../src/jobs/sqlite-file.ts', async (original) => {
  const module = await original<typeof import('../src/jobs/sqlite-file.ts')>();
  return {
    openSqlite(options: Parameters<typeof module.openSqlite>[0]) {
      const file = module.openSqlite(options);
      opened.db = file.db;
      return file;
    },
  };
});

class Reader extends MetricReader {
  protected async onForceFlush() {}
  protected async onShutdown() {}
}

/** The values of metrics by name and attributes: `bulk.items{account=main,outcome=DONE}`. */
async function valuesOf(reader: Reader): Promise<Record<string, unknown>> {
  const { resourceMetrics } = await reader.collect();
  const all = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  return Object.fromEntries(
    all.flatMap(({ descriptor: { name }, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => {
        const labels = Object.entries(attributes).map(([label, text]) => `${label}=${text}`);
        return [`${name.replace('partner_central.', '')}{${labels.toSorted().join()}}`, value];
      }),
    ),
  );
}

const defer = `mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) { pendingEdit { id } } }`;

afterEach(() => metrics.disable());

test('metrics have the gauges of an account until it is removed', async () => {
  const telemetry = await startTelemetry({ version: '1.2.3', metrics: { host: '127.0.0.1', port: 0 } });
  await using gw = await gatewayOfAccounts({ north: {}, south: {} }, { INDEX: 'on' });
  /** The names of the gauges that an account has. */
  async function gaugesOf(account: string): Promise<string[]> {
    const text = await (await fetch(telemetry.metricsUrl as string)).text();
    const gauges = [...text.matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name);
    const isOf = (name: string | undefined) =>
      new RegExp(`^${name}\\{[^}]*account="${account}"`, 'm').test(text);
    return gauges.filter(isOf).map(String);
  }
  const gauges = [
    'partner_central_quota_remaining',
    ...['bulk_jobs', 'bulk_age', 'deferred_edits', 'deferred_age'].map((name) => `partner_central_${name}`),
  ];
  expect(await gaugesOf('south')).toEqual(expect.arrayContaining(gauges));
  await gw.replace({ north: {} });
  expect(await gaugesOf('south')).toEqual([]);
  expect(await gaugesOf('north')).toEqual(expect.arrayContaining(gauges));
  await telemetry.stop();
});

test('metrics count bulk items, deferred edits and failures of the store', async () => {
  const reader = new Reader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  using folder = temporaryFolder();
  await using gw = await gateway({ SYNC_INTERVAL_MS: '100', JOBS_FILE: folder.file });
  const setStatus = (id: string, status: string, more: object = {}) =>
    gw.emulator.patchRecord(id, { LifeCycle: { ReviewStatus: status, ...more } }, { touch: true });
  const [first, second] = ['O5000001', 'O5000003'];
  for (const id of [first, second]) {
    await setStatus(id, 'Submitted');
    await gw.query(defer, { input: { id, patch: nextSteps('Ours'), onLocked: 'DEFER' } });
  }
  const waits = 'deferred.edits{account=main,status=waiting}';
  await until(async () => (await valuesOf(reader))[waits] === 2);
  expect((await valuesOf(reader))['deferred.age{account=main}']).toBeGreaterThan(0);
  await setStatus(first, 'Approved');
  await setStatus(second, 'Approved', { NextSteps: 'Theirs' });
  await until(async () => (await valuesOf(reader))['deferred.edits{account=main,status=failed}'] === 1);
  const { job } = await call(gw, 'bulkUpdateOpportunities', {
    items: [
      { id: 'O5000002', patch: nextSteps('Once') },
      { id: 'O9999999', patch: nextSteps('Never') },
    ],
  });
  await untilJob(gw, job.id);
  opened.db?.exec('PRAGMA query_only = 1');
  const items = [{ id: 'O5000002', patch: nextSteps('Refused') }];
  const { errors } = await gw.query(operation('bulkUpdateOpportunities'), { input: { items } });
  expect(errors?.[0]?.extensions.code).toBe('JOBS_UNAVAILABLE');
  opened.db?.exec('PRAGMA query_only = 0');
  const values = await valuesOf(reader);
  expect(values).toMatchObject({
    [waits]: 0,
    'deferred.age{account=main}': 0,
    'deferred.settled{account=main,outcome=sent}': 1,
    'deferred.settled{account=main,outcome=failed}': 1,
    'bulk.items{account=main,outcome=DONE}': 1,
    'bulk.items{account=main,outcome=FAILED}': 1,
    'bulk.items{account=main,outcome=SKIPPED}': 0,
    'jobs.store.errors{operation=read,store=file}': 0,
    'jobs.store.size{store=file}': expect.any(Number),
  });
  expect(values['jobs.store.errors{operation=write,store=file}']).toBeGreaterThan(0);
  expect(values['jobs.store.size{store=file}']).toBeGreaterThan(0);
});
