/**
 * OpenTelemetry spans (request → operation → upstream call) and metrics. Uses the API only: without the SDK in
 * `telemetry/`, everything here is a no-op. Attributes never contain values from callers or AWS, except names.
 */
import type { IncomingHttpHeaders } from 'node:http';
import {
  type Attributes,
  type BatchObservableCallback,
  type Context,
  isSpanContextValid,
  type Meter,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const scope = 'partner-central-graphql';
/** A proxy until an SDK is registered. */
const tracer = trace.getTracer(scope);
/** Histogram buckets in seconds: from a cached response to one that waited for the quota until its deadline. */
const boundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60];

/** An attempt of an upstream call. */
export type Attempt = { operation: string; callClass: string; waitedMs: number };

/** The state of an account: its quota by class, and whether calls of any AWS operation are suspended. */
export type AccountState = {
  remaining: Record<string, number>;
  waiting: Record<string, number>;
  isSuspended: boolean;
  /** The index: its opportunities, once it can answer, and how long ago AWS was asked for changes. */
  index?: { size: number | undefined; ageSeconds: number } | undefined;
};

/** The parent of a request's spans; the root without tracing. */
export type TraceContext = Context;
export const rootTrace: TraceContext = ROOT_CONTEXT;

function createInstruments(meter: Meter) {
  const seconds = (name: string, description: string) =>
    meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: boundaries } });
  const counter = (name: string, description: string) => meter.createCounter(name, { description });
  const gauge = (name: string, description: string) => meter.createObservableGauge(name, { description });
  return {
    requests: seconds('http.server.request.duration', 'Requests, by route and status.'),
    operations: seconds('graphql.operation.duration', 'Operations, by type and outcome.'),
    calls: seconds('partner_central.call.duration', 'AWS call attempts, by operation and outcome.'),
    waits: seconds('partner_central.quota.wait', 'How long attempts waited for the quota, by class.'),
    cached: counter('partner_central.records.cached', 'Records and pages served without an AWS call.'),
    unknownEnumValues: counter(
      'partner_central.enum.unknown',
      'AWS enum values unknown to this release, by enum: time for an upgrade.',
    ),
    plans: counter(
      'graphql.plans',
      'Operations that had a plan, by outcome: answered, or why graphql-js executed them after all: error, null, value, size.',
    ),
    submissions: counter(
      'partner_central.submissions',
      'Submissions of opportunities, by outcome: submitted, pending (AWS or the time), refused (by this gateway or AWS).',
    ),
    ignoredMessages: counter(
      'partner_central.replication.ignored',
      "Messages on the replicas' channel that were not in this release's format.",
    ),
    subscriptions: meter.createUpDownCounter('graphql.subscriptions', {
      description: 'Open subscriptions, by account and transport.',
    }),
    endedSubscriptions: counter(
      'graphql.subscriptions.ended',
      'Subscriptions that have ended, by why: closed (by the client), complete, expired, replaced (its account), stopping, too slow.',
    ),
    remaining: gauge('partner_central.quota.remaining', 'Remaining daily quota, by account and class.'),
    waiting: gauge('partner_central.quota.waiting', 'Calls waiting for the quota, by account and class.'),
    indexSize: gauge('partner_central.index.size', 'Opportunities in the index, by account.'),
    indexAge: gauge(
      'partner_central.index.age',
      'Seconds since AWS was asked for changes that are all in the index, or since the start while it is built, by account.',
    ),
    suspended: gauge(
      'partner_central.held_back',
      '1 while calls of any operation are suspended because AWS is failing, else 0, by account.',
    ),
  };
}

/** A started span, and the context for its children. */
class OpenSpan {
  readonly span: Span;
  readonly context: Context;

  constructor(name: string, kind: SpanKind, parent: Context, attributes: Attributes = {}) {
    this.span = tracer.startSpan(name, { kind, attributes }, parent);
    // Without an SDK there is nothing that children could be below.
    const isValid = isSpanContextValid(this.span.spanContext());
    this.context = isValid ? trace.setSpan(parent, this.span) : parent;
  }

  /** Called once. `failure` is the error's code, if there is one. */
  end(attributes: Attributes, failure?: string): void {
    this.span.setAttributes(attributes);
    if (failure) this.span.setAttribute('error.type', failure).setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}

/** What is measured, with the context of its span. A class, since V8 takes literals that it has seen waiting for long-lived ones. */
class Measured<Args extends unknown[], Result> {
  readonly context: Context;
  readonly end: (...args: Args) => Result;

  constructor(context: Context, end: (...args: Args) => Result) {
    this.context = context;
    this.end = end;
  }
}

/** @param clock milliseconds, for durations */
export function createTelemetry(clock: { now(): number }) {
  const meter = metrics.getMeter(scope);
  const instruments = createInstruments(meter);

  /** Starts to measure; the returned function returns the milliseconds since then. */
  function stopwatch(): () => number {
    const startedAt = clock.now();
    return () => clock.now() - startedAt;
  }

  return {
    /** A request, below the caller's span if it sent a `traceparent`. @param route its path, with names for what varies */
    request(method: string, route: string, headers: IncomingHttpHeaders) {
      const elapsedMs = stopwatch();
      const parent = propagation.extract(ROOT_CONTEXT, headers);
      const about = { 'http.request.method': method, 'http.route': route };
      const open = new OpenSpan(`${method} ${route}`, SpanKind.SERVER, parent, about);
      // A caller that disconnected before the response has no status.
      return new Measured(open.context, (status: number | undefined = 499) => {
        const attributes = { 'http.response.status_code': status };
        instruments.requests.record(elapsedMs() / 1_000, { ...about, ...attributes });
        open.end(attributes, status >= 499 ? String(status) : undefined);
      });
    },

    /** A GraphQL operation. Its end returns the milliseconds that it took. */
    operation(account: string, parent: Context) {
      const elapsedMs = stopwatch();
      const open = new OpenSpan('graphql', SpanKind.INTERNAL, parent);
      const end = (type: string, name: string | undefined, outcome: string, cached: number): number => {
        const ms = elapsedMs();
        const attributes = { 'graphql.operation.type': type };
        instruments.operations.record(ms / 1_000, { account, ...attributes, outcome });
        if (cached > 0) instruments.cached.add(cached, { account });
        open.span.updateName(name ? `${type} ${name}` : type);
        const failure = outcome === 'ok' ? undefined : outcome;
        open.end({ ...attributes, ...(name && { 'graphql.operation.name': name }) }, failure);
        return ms;
      };
      return new Measured(open.context, end);
    },

    /** An attempt of an upstream call, from the moment it is sent: after it has waited for the quota. */
    call(account: string, { operation, callClass, waitedMs }: Attempt, parent: Context) {
      const elapsedMs = stopwatch();
      instruments.waits.record(waitedMs / 1_000, { account, class: callClass });
      const open = new OpenSpan(`PartnerCentralSelling/${operation}`, SpanKind.CLIENT, parent, {
        'rpc.system': 'aws-api',
        'rpc.service': 'PartnerCentralSelling',
        'rpc.method': operation,
        'partner_central.waited_ms': Math.round(waitedMs),
      });
      return {
        /** @param outcome `ok`, or the fault's code */
        end(outcome: string) {
          instruments.calls.record(elapsedMs() / 1_000, { account, operation, outcome });
          open.end({}, outcome === 'ok' ? undefined : outcome);
        },
      };
    },

    /** An open subscription. */
    subscription(account: string, transport: string) {
      const elapsedMs = stopwatch();
      instruments.subscriptions.add(1, { account, transport });
      return {
        /** Returns the milliseconds for which it was open. */
        end(reason: string): number {
          instruments.subscriptions.add(-1, { account, transport });
          instruments.endedSubscriptions.add(1, { account, transport, reason });
          return elapsedMs();
        },
      };
    },

    /** Counts an AWS value that the schema does not have. */
    unknownEnumValue: (account: string, type: string) =>
      instruments.unknownEnumValues.add(1, { account, type }),

    /** Counts an operation that had a plan. @param outcome `answered`, or why the plan has left it to graphql-js */
    plan: (account: string, outcome: string) => instruments.plans.add(1, { account, outcome }),

    /** Counts an attempt to submit an opportunity. */
    submission: (account: string, outcome: 'submitted' | 'pending' | 'refused') =>
      instruments.submissions.add(1, { account, outcome }),

    /** Counts a message on the replicas' channel that could not be read. */
    ignoredMessage: (account: string) => instruments.ignoredMessages.add(1, { account }),

    /** Reports an account's state whenever metrics are collected, until the returned function is called. */
    watch(account: string, stateOf: () => AccountState): () => void {
      const { remaining, waiting, suspended, indexSize, indexAge } = instruments;
      const observe: BatchObservableCallback = (result) => {
        const state = stateOf();
        for (const [name, left] of Object.entries(state.remaining))
          result.observe(remaining, left, { account, class: name });
        for (const [name, calls] of Object.entries(state.waiting))
          result.observe(waiting, calls, { account, class: name });
        result.observe(suspended, state.isSuspended ? 1 : 0, { account });
        if (!state.index) return;
        if (state.index.size !== undefined) result.observe(indexSize, state.index.size, { account });
        result.observe(indexAge, state.index.ageSeconds, { account });
      };
      const observed = [remaining, waiting, suspended, indexSize, indexAge];
      meter.addBatchObservableCallback(observe, observed);
      return () => meter.removeBatchObservableCallback(observe, observed);
    },
  };
}

export type Telemetry = ReturnType<typeof createTelemetry>;

/** Counts the log lines that could not be written. Call it after OpenTelemetry's SDK has been registered. */
export function watchLog(dropped: () => number): void {
  metrics
    .getMeter(scope)
    .createObservableCounter('partner_central.log.dropped', {
      description: 'Log lines dropped because the output was slow, full or closed.',
    })
    .addCallback((result) => result.observe(dropped()));
}

/** A context's trace id for the log; undefined without tracing. */
export function traceIdOf(context: Context): string | undefined {
  const span = trace.getSpanContext(context);
  return span && isSpanContextValid(span) ? span.traceId : undefined;
}
