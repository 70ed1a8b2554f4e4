import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startEmulator } from '../emulator/server.ts';
import { collector, type Span } from './collector.ts';
import { temporaryFolder } from './jobs/stores.ts';
import { emulatorControl, gateway } from './kit.ts';
import { post, startProgram } from './program.ts';

const root = join(import.meta.dirname, '..');
const page = { query: 'query Board { opportunities(first: 2) { nodes { marketing { source } } } }' };
const attribute = ({ attributes }: Span, name: string) => {
  const value = attributes.find(({ key }) => key === name)?.value;
  return value?.stringValue ?? value?.intValue;
};

describe('traces', () => {
  test('a trace continues the caller’s trace with the request, the operation and the AWS calls', async () => {
    using traces = await collector();
    const program = startProgram({
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      OTEL_SERVICE_NAME: 'pcg-test',
    });
    const url = await program.address('GraphQL');
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await post(url, page, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    const file = new URL('/bulk/bulk-0000000000000000000000.csv', url);
    await fetch(file, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
    program.child.kill('SIGTERM');
    expect((await program.exited).code).toBe(0);

    const spans = traces.spans();
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    const [request, operation] = ['POST /graphql', 'query Board'].map((name) =>
      spans.find((span) => span.name === name),
    );
    const calls = spans.filter(({ name }) => name.startsWith('PartnerCentralSelling/'));
    expect(request?.parentSpanId).toBe('b7ad6b7169203331');
    expect(operation?.parentSpanId).toBe(request?.spanId);
    expect(calls.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
      ['PartnerCentralSelling/ListOpportunities', operation?.spanId],
      ['PartnerCentralSelling/GetOpportunity', operation?.spanId],
      ['PartnerCentralSelling/GetOpportunity', operation?.spanId],
    ]);
    expect(request && attribute(request, 'http.response.status_code')).toBe(200);
    const download = spans.find(({ name }) => name === 'GET /bulk/:file');
    expect(download?.parentSpanId).toBe('b7ad6b7169203331');
    expect(download && attribute(download, 'http.response.status_code')).toBe(404);
    expect(traces.received.join('')).toContain('pcg-test');
  });

  test('a trace that the caller does not sample is not recorded', async () => {
    using traces = await collector();
    const program = startProgram({ OTEL_EXPORTER_OTLP_ENDPOINT: traces.url });
    await post(await program.address('GraphQL'), page, {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
    });
    program.child.kill('SIGTERM');
    await program.exited;
    expect(traces.spans()).toEqual([]);
  });

  test.each([
    ['is unreachable', undefined],
    ['never answers', () => {}],
    ['answers with an error', (socket: Socket) => socket.end('HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n')],
    ['answers nonsense', (socket: Socket) => socket.end('nonsense')],
    ['breaks connections', (socket: Socket) => socket.destroy()],
  ])('a gateway serves requests and exits although its trace collector %s', async (_how, onConnection) => {
    const server = createServer(onConnection).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    if (!onConnection) server.close();
    const program = startProgram({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    const answer = await post(await program.address('GraphQL'), page);
    expect(await answer.json()).toMatchObject({ data: { opportunities: { nodes: expect.any(Array) } } });
    program.child.kill('SIGTERM');
    expect((await program.exited).code).toBe(0);
    server.close();
  });
});

test('a log line has no trace id without tracing', async () => {
  await using gw = await gateway();
  await gw.query('{ __typename }');
  const [line] = gw.logged.filter((line) => line.includes('"msg":"operation"'));
  expect(JSON.parse(line ?? '')).not.toHaveProperty('traceId');
});

describe('metrics', () => {
  const namesIn = (text: string) => [...text.matchAll(/^([a-z_]+)[{ ]/gm)].map(([, name]) => name);

  /** The metrics of a gateway that keeps an index, and has received an event. */
  async function metricsOfEvents(): Promise<string> {
    const program = startProgram({ METRICS_PORT: '0' });
    const [emulator, metrics] = await Promise.all(['emulator', 'metrics'].map(program.address));
    const touched = `${emulator}/_emulator/opportunities/O5000003?touch=true`;
    await fetch(touched, { method: 'PATCH', body: '{}' });
    const handled = /^partner_central_events_total.*"handled"\} 1/m;
    let text = '';
    while (!handled.test(text)) text = await (await fetch(metrics ?? '')).text();
    program.child.kill('SIGTERM');
    await program.exited;
    return text;
  }

  /** The metrics of a gateway after successful, failed and rejected requests, and their names. */
  async function collectMetrics() {
    using folder = temporaryFolder();
    const program = startProgram({
      METRICS_PORT: '0',
      INDEX: 'on',
      SYNC_INTERVAL_MS: '3600000',
      JOBS_FILE: folder.file,
    });
    const [url, emulator, metrics] = await Promise.all(
      ['GraphQL', 'emulator', 'metrics'].map(program.address),
    );
    await post(url ?? '', page);
    await post(url ?? '', page);
    const fault = { kind: 'expired-token', operation: 'GetOpportunity', times: 1 };
    await fetch(`${emulator}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
    await post(url ?? '', { query: '{ opportunity(id: "O5000001") { marketing { source } } }' });
    await fetch(url ?? '', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' });
    await fetch(new URL('/bulk/update', url), {
      method: 'POST',
      headers: { 'content-type': 'application/jsonl', 'x-upstream-dry-run': '1' },
      body: '{"id":"O5000001","patch":{}}',
    });
    // A request is counted when its response has been sent, which may be a moment after the caller has received it.
    const counted = /^http_server_request_duration_count.*"415"/m;
    const built = /^partner_central_index_size/m;
    const nothingWaits = /^partner_central_quota_waiting.*class="read"\} 0$/m;
    let text = '';
    while (![counted, built, nothingWaits].every((state) => state.test(text)))
      text = await (await fetch(metrics ?? '')).text();
    const elsewhere = await fetch((metrics ?? '').replace('/metrics', '/'));
    program.child.kill('SIGTERM');
    await program.exited;
    const names = new Set([...namesIn(text), ...namesIn(await metricsOfEvents())]);
    return { text, names, elsewhere: elsewhere.status };
  }

  test('an index that cannot be built grows old in the metrics, so that the alert sees it', async () => {
    const upstream = await startEmulator();
    const { injectFault } = emulatorControl(upstream.url);
    await injectFault({ kind: 'expired-token', operation: 'ListOpportunities', times: 1_000 });
    const program = startProgram({ METRICS_PORT: '0', INDEX: 'on', UPSTREAM_ENDPOINT: upstream.url });
    const metrics = await program.address('metrics');
    let text = '';
    while (!/^partner_central_index_age\{account="main"\} [\d.]+[1-9]/m.test(text))
      text = await (await fetch(metrics ?? '')).text();
    expect(text).not.toMatch(/^partner_central_index_size\{/m);
    program.child.kill('SIGTERM');
    await program.exited;
    await upstream.stop();
  });

  test('the metrics have a port of their own, and include every metric that the dashboard and the alerts use', async () => {
    const { text, names, elsewhere } = await collectMetrics();
    expect(elsewhere).toBe(404);
    const samples = text.split('\n').filter((line) => !/_bucket|_sum|^#/.test(line));
    for (const line of [
      'http_server_request_duration_count{http_request_method="POST",http_route="/graphql",http_response_status_code="200"} 3',
      'http_server_request_duration_count{http_request_method="POST",http_route="/graphql",http_response_status_code="415"} 1',
      'http_server_request_duration_count{http_request_method="POST",http_route="/bulk/:kind",http_response_status_code="200"} 1',
      'partner_central_jobs_store_errors_total{store="file",operation="write"} 0',
      'partner_central_deferred_edits{account="main",status="waiting"} 0',
      'graphql_operation_duration_count{account="main",graphql_operation_type="query",outcome="ok"} 2',
      'graphql_operation_duration_count{account="main",graphql_operation_type="query",outcome="failed"} 1',
      'partner_central_call_duration_count{account="main",operation="GetOpportunity",outcome="ok"} 2',
      'partner_central_call_duration_count{account="main",operation="GetOpportunity",outcome="UPSTREAM_UNAVAILABLE"} 1',
      'partner_central_records_cached_total{account="main"} 3',
      'partner_central_quota_remaining{account="main",class="write"} 10000',
      'partner_central_quota_waiting{account="main",class="read"} 0',
      'partner_central_held_back{account="main"} 0',
      'partner_central_index_size{account="main"} 250',
    ])
      expect(samples).toContain(line);
    // The calls of the index and of what it watches are among them.
    for (const line of [
      /^partner_central_quota_wait_count\{account="main",class="read"\} [1-9]\d*$/,
      /^partner_central_quota_remaining\{account="main",class="read"\} 999\d\d$/,
    ])
      expect(samples).toContainEqual(expect.stringMatching(line));

    const dashboard = readFileSync(join(root, 'deploy/grafana/dashboard.json'), 'utf8');
    const alerts = readFileSync(join(root, 'deploy/prometheus/alerts.yaml'), 'utf8');
    const used = [
      ...`${dashboard}${alerts}`.matchAll(
        /\b(?:http_server|graphql_operation|partner_central|nodejs|process)_[a-z_]+/g,
      ),
    ]
      .map(([name]) => name)
      .filter((name) => name !== 'graphql_operation_type');
    expect(used.length).toBeGreaterThan(20);
    expect([...new Set(used)].filter((name) => !names.has(name))).toEqual([]);
  });

  test('every alert has a summary, a description and a severity', () => {
    const { groups } = parse(readFileSync(join(root, 'deploy/prometheus/alerts.yaml'), 'utf8'));
    for (const { alert, expr, annotations, labels } of groups[0].rules) {
      expect(alert).toMatch(/^PartnerCentral/);
      expect(expr.length).toBeGreaterThan(0);
      expect(annotations).toEqual({ summary: expect.any(String), description: expect.any(String) });
      expect(['warning', 'critical']).toContain(labels.severity);
    }
  });
});
