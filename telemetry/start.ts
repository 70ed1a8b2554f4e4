/**
 * OpenTelemetry's SDK for the gateway: Prometheus metrics on their own port, and traces to a collector. Only `main.ts`
 * loads this, and only if a setting enables it; the rest of `src` uses only the API.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metrics, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { MetricsExporter } from './exporter.ts';
import { watchProcess, watchVersion } from './process.ts';

export type TelemetryOptions = {
  /** The gateway's. */
  version: string;
  /** Where `/metrics` is served; port 0 takes any free port. */
  metrics?: { host: string; port: number } | undefined;
  /** The collector's base URL, as in `OTEL_EXPORTER_OTLP_ENDPOINT`, and the share of traces to sample. */
  traces?: { endpoint: string; sampled: number } | undefined;
};

/**
 * Starts and registers the exporters in the options. Call it before the gateway creates its instruments.
 *
 * OpenTelemetry's own environment variables also apply: `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` identify the
 * service, `OTEL_EXPORTER_OTLP_HEADERS` can have a collector's key.
 *
 * @throws the error of the metrics server, such as `EADDRINUSE`
 */
export async function startTelemetry({ version, metrics: served, traces }: TelemetryOptions) {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'partner-central-graphql', 'service.version': version }))
    .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] }));
  const closers: (() => Promise<void>)[] = [];
  let metricsUrl: string | undefined;

  if (served) {
    const exporter = new MetricsExporter({ preventServerStart: true, withoutScopeInfo: true });
    const provider = new MeterProvider({ resource, readers: [exporter] });
    metrics.setGlobalMeterProvider(provider);
    const unwatch = watchProcess(provider.getMeter('process'));
    watchVersion(provider.getMeter('process'), version);
    const server = createServer((request, response) => {
      response.setHeader('x-content-type-options', 'nosniff').setHeader('cache-control', 'no-store');
      const isMetrics = request.url?.split('?')[0] === '/metrics' && request.method === 'GET';
      if (isMetrics) exporter.getMetricsRequestHandler(request, response);
      else response.writeHead(404).end();
    });
    server.listen(served.port, served.host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    metricsUrl = `http://${served.host.includes(':') ? `[${served.host}]` : served.host}:${port}/metrics`;
    closers.push(async () => {
      unwatch();
      server.close();
      server.closeAllConnections();
      await provider.shutdown();
    });
  }

  if (traces) {
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    const url = `${traces.endpoint.replace(/\/$/, '')}/v1/traces`;
    const provider = new TracerProvider({
      resource,
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(traces.sampled) }),
      spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
    });
    trace.setGlobalTracerProvider(provider);
    closers.push(() => provider.shutdown());
  }

  return {
    /** The URL of the metrics, if they are served. */
    metricsUrl,
    /** Flushes pending data, for a second at most: an unreachable collector must not delay the exit. */
    async stop(): Promise<void> {
      const timeout = new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref());
      await Promise.race([Promise.allSettled(closers.map((close) => close())), timeout]);
    },
  };
}
