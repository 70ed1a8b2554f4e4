/**
 * What the gateway tells OpenTelemetry: spans (request → operation → upstream call) and figures. It speaks to the API only;
 * without the SDK of `telemetry/` nothing here does anything. No attribute holds what a caller or AWS sent, names aside.
 */
import type { IncomingHttpHeaders } from 'node:http';
import {
  type Context,
  isSpanContextValid,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const scope = 'partner-central-graphql';
/** In seconds: from an answer out of memory to one that has waited for its turn until the end. */
const boundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60];

/** A span that is under way, and what lies below it. */
export type OpenSpan = {
  context: Context;
  /** Called once. `failure` is the code of what went wrong, if anything did. */
  end(attributes: Record<string, string | number>, failure?: string): void;
};

/** An attempt that goes out to AWS. */
export type Attempt = { operation: string; callClass: string; waitedMs: number };

/** How an account's quota stands, by class, and whether calls to AWS are suspended. */
export type AccountState = {
  remaining: Record<string, number>;
  waiting: Record<string, number>;
  isSuspended: boolean;
};

/** Where a request's spans hang; with nobody who listens, the root. */
export type TraceContext = Context;
export const rootTrace: TraceContext = ROOT_CONTEXT;

/** @param clock milliseconds, for durations */
export function createTelemetry(clock: { now(): number }) {
  const tracer = trace.getTracer(scope);
  const meter = metrics.getMeter(scope);
  const seconds = (name: string, description: string) =>
    meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: boundaries } });

  const requests = seconds('http.server.request.duration', 'Requests to /graphql, by status.');
  const operations = seconds('graphql.operation.duration', 'Operations, by type and outcome.');
  const calls = seconds(
    'partner_central.call.duration',
    'Tries that went out to AWS, by operation and outcome.',
  );
  const waits = seconds('partner_central.quota.wait', 'What tries waited for the quota, by class.');
  const cached = meter.createCounter('partner_central.records.cached', {
    description: 'Records and pages that were shown without a call.',
  });

  const unknown = meter.createCounter('partner_central.enum.unknown', {
    description: 'Values of AWS that this release does not know, by enum: time for an upgrade.',
  });
  const ignored = meter.createCounter('partner_central.replication.ignored', {
    description: "Messages on the replicas' channel that were not in this release's format.",
  });

  function openSpan(
    name: string,
    kind: SpanKind,
    parent: Context,
    attributes = {},
  ): OpenSpan & { span: Span } {
    const span = tracer.startSpan(name, { kind, attributes }, parent);
    return {
      span,
      context: trace.setSpan(parent, span),
      end(more, failure) {
        span.setAttributes(more);
        if (failure) span.setAttribute('error.type', failure).setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  return {
    /** A request to `/graphql`, below the span of a caller who sent a `traceparent`. */
    request(method: string, headers: IncomingHttpHeaders) {
      const startedAt = clock.now();
      const { context, end } = openSpan(
        `${method} /graphql`,
        SpanKind.SERVER,
        propagation.extract(ROOT_CONTEXT, headers),
        { 'http.request.method': method, 'http.route': '/graphql' },
      );
      return {
        context,
        /** @param status undefined: the caller has gone before it was answered */
        end(status: number | undefined) {
          const told = { 'http.response.status_code': status ?? 499 };
          requests.record((clock.now() - startedAt) / 1_000, { 'http.request.method': method, ...told });
          end(
            told,
            status === undefined || status >= 500 ? String(told['http.response.status_code']) : undefined,
          );
        },
      };
    },

    operation(account: string, parent: Context) {
      const began = clock.now();
      const { context, end, span } = openSpan('graphql', SpanKind.INTERNAL, parent);
      return {
        context,
        end(type: string, name: string | undefined, outcome: string, shownFromMemory: number) {
          const ms = clock.now() - began;
          operations.record(ms / 1_000, { account, 'graphql.operation.type': type, outcome });
          if (shownFromMemory > 0) cached.add(shownFromMemory, { account });
          span.updateName(name ? `${type} ${name}` : type);
          end(
            { 'graphql.operation.type': type, ...(name && { 'graphql.operation.name': name }) },
            outcome === 'ok' ? undefined : outcome,
          );
          return ms;
        },
      };
    },

    /** A try that goes out to AWS now, after it has waited for its turn. */
    call(account: string, { operation, callClass, waitedMs }: Attempt, parent: Context) {
      const began = clock.now();
      waits.record(waitedMs / 1_000, { account, class: callClass });
      const { end } = openSpan(`PartnerCentralSelling/${operation}`, SpanKind.CLIENT, parent, {
        'rpc.system': 'aws-api',
        'rpc.service': 'PartnerCentralSelling',
        'rpc.method': operation,
        'partner_central.waited_ms': Math.round(waitedMs),
      });
      return {
        /** @param outcome `ok`, or the fault's code */
        end(outcome: string) {
          calls.record((clock.now() - began) / 1_000, { account, operation, outcome });
          end({}, outcome === 'ok' ? undefined : outcome);
        },
      };
    },

    /** A value of AWS that the schema does not know. */
    unknownEnumValue: (account: string, type: string) => unknown.add(1, { account, type }),

    /** A message on the replicas' channel that could not be read. */
    ignoredMessage: (account: string) => ignored.add(1, { account }),

    /** Reports an account's state whenever metrics are collected. Returns what ends that. */
    watch(account: string, stateOf: () => AccountState): () => void {
      const remaining = meter.createObservableGauge('partner_central.quota.remaining', {
        description: "What is left of the day's quota, by account and class.",
      });
      const waiting = meter.createObservableGauge('partner_central.quota.waiting', {
        description: 'Calls that wait for the quota, by account and class.',
      });
      const heldBack = meter.createObservableGauge('partner_central.held_back', {
        description: '1 while calls are suspended because AWS fails, else 0, by account.',
      });
      const observe: Parameters<typeof meter.addBatchObservableCallback>[0] = (result) => {
        const state = stateOf();
        for (const [name, left] of Object.entries(state.remaining))
          result.observe(remaining, left, { account, class: name });
        for (const [name, calls] of Object.entries(state.waiting))
          result.observe(waiting, calls, { account, class: name });
        result.observe(heldBack, state.isSuspended ? 1 : 0, { account });
      };
      const observed = [remaining, waiting, heldBack];
      meter.addBatchObservableCallback(observe, observed);
      return () => meter.removeBatchObservableCallback(observe, observed);
    },
  };
}

export type Telemetry = ReturnType<typeof createTelemetry>;

/** The trace that a context belongs to, for the log; undefined where nobody traces. */
export function traceIdOf(context: Context): string | undefined {
  const span = trace.getSpanContext(context);
  return span && isSpanContextValid(span) ? span.traceId : undefined;
}
