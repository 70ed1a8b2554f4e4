/**
 * What the gateways of this process are doing, as they report to OpenTelemetry, and a time for them that a test moves: so that
 * a test waits for events, and load cannot change its outcome.
 */
import { INVALID_SPAN_CONTEXT, type Span, type Tracer, trace } from '@opentelemetry/api';
import { afterEach } from 'vitest';
import { type Clock, systemClock } from '../src/clock.ts';
import { fakeClock } from './clock.ts';

/** Counts of what has begun and has not ended. */
const open = { operations: 0, calls: 0 };
const askedOfRedis = new Set<Promise<unknown>>();

function startSpan(name: string): Span {
  const kind =
    name === 'graphql' ? 'operations' : name.startsWith('PartnerCentralSelling/') ? 'calls' : undefined;
  if (kind) open[kind] += 1;
  return Object.assign(trace.wrapSpanContext(INVALID_SPAN_CONTEXT), {
    end: () => {
      if (kind) open[kind] -= 1;
    },
  });
}
const tracer: Tracer = {
  startSpan,
  // Not the gateway's, but a router's in front of it.
  startActiveSpan: (name: string, ...more: unknown[]) =>
    (more.at(-1) as (span: Span) => never)(startSpan(name)),
};
trace.setGlobalTracerProvider({ getTracer: () => tracer });

let testsEnded = 0;
afterEach(() => {
  testsEnded += 1;
});

/** One turn of the event loop: all that can happen without time or the network has happened. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Turns at least once, and while a condition holds. @throws when the test has ended, which has not waited for it */
async function turnWhile(condition: () => boolean): Promise<void> {
  const before = testsEnded;
  do {
    await turn();
    if (testsEnded > before) throw new Error('The test ended while it waited for an event.');
  } while (condition());
}

/** Resolves when the gateways of this process execute so many operations, and all of these wait for something. */
export async function operationsInFlight(count: number): Promise<void> {
  await turnWhile(() => open.operations < count);
  await turn();
}

/** Redis while time is stopped: its script gets that time, and may take some of it. */
let stopped: { redisTime(): string; answered(): void } | undefined;

type Evaluate = (script: string, options: object) => Promise<unknown>;
type Client = { connect(): Promise<unknown>; eval: Evaluate };

/** The Redis client for `vi.mock`: the same, except that stopped time is Redis's time, too, and waits for its answers. */
export function redisOnStoppedTime<Module extends { createClient: unknown }>(redis: Module): Module {
  function ask<T>(answer: Promise<T>): Promise<T> {
    const asked = answer.finally(() => askedOfRedis.delete(asked));
    askedOfRedis.add(asked);
    return asked;
  }
  function createClient(options: { socket: object }): Client {
    // The client's own timer is real: on a busy machine it would end a connection while no time passes for the gateway.
    const patient = { ...options, socket: { ...options.socket, connectTimeout: 0 } };
    const client = (redis.createClient as (options: object) => Client)(stopped ? patient : options);
    const connect = client.connect.bind(client);
    const evaluate = client.eval.bind(client);
    client.connect = () => ask(connect());
    client.eval = async (script, more) => {
      const answer = await ask(
        evaluate(stopped ? script.replace("redis.call('TIME')", stopped.redisTime()) : script, more),
      );
      stopped?.answered();
      return answer;
    };
    return client;
  }
  return { ...redis, createClient };
}

const isAsking = () => open.calls + askedOfRedis.size > 0;

/** The turns of the event loop for which a batch may wait for more before it goes out. */
const quietTurns = 4;

/** Resolves when no gateway of this process waits for an answer of AWS or Redis, nor is about to ask. */
async function idle(): Promise<void> {
  for (let quiet = 0; quiet < quietTurns; quiet++) {
    await turn();
    if (!isAsking()) continue;
    await turnWhile(isAsking);
    quiet = 0;
  }
}

/** The moment at which time stops, as the gateways see it. */
const start = 1_000_000_000;

/**
 * Stops the time of all gateways in this process, of those that start later too: deadlines, the quota, retries, the cache.
 * `using time = stopTime()` lets it go on after the test.
 */
export function stopTime() {
  const fake = fakeClock({ now: start });
  const clock: Clock = {
    ...fake.clock,
    sleep(ms, signal) {
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        const abort = () => {
          cancel();
          reject(signal.reason);
        };
        const cancel = fake.clock.setTimer(() => {
          signal.removeEventListener('abort', abort);
          resolve();
        }, ms);
        signal.addEventListener('abort', abort, { once: true });
      });
    },
  };
  const real = { ...systemClock };
  Object.assign(systemClock, clock);
  const date = Date.now();
  const today = () => date + clock.now() - start;
  let redisMs = 0;
  askedOfRedis.clear();
  stopped = {
    redisTime: () => `{${Math.floor(today() / 1_000)}, ${(today() % 1_000) * 1_000}}`,
    answered: () => fake.pass(redisMs),
  };

  /** Moves time on, runs each timer at its time, and waits in between. */
  async function move(ms: number, settled: () => Promise<void>): Promise<void> {
    const end = clock.now() + ms;
    await settled();
    for (let at = fake.nextAt(); at !== undefined && at <= end; at = fake.nextAt()) {
      fake.runNext();
      await settled();
    }
    fake.pass(end - clock.now());
    await settled();
  }

  /** Moves time from timer to timer while `mayMove`, until a promise settles. */
  async function moveUntil<T>(promise: Promise<T>, mayMove: () => boolean): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    for (await idle(); !isSettled; await idle()) if (mayMove()) fake.runNext();
    return promise;
  }

  return {
    /** The same time as a date, for an emulator's clock. */
    date: today,
    /** Moves time on. No time passes while AWS or Redis has a question to answer. */
    advance: (ms: number) => move(ms, idle),
    /** Moves time on, whether or not AWS or Redis has answered. */
    pass: (ms: number) => move(ms, turn),
    /** Moves time from timer to timer while an operation waits for nothing else, until a promise settles. */
    until: <T>(promise: Promise<T>) => moveUntil(promise, () => open.operations > 0),
    /** The same for what is not part of an operation. */
    run: <T>(promise: Promise<T>) => moveUntil(promise, () => true),
    /** How long Redis takes to answer from now on. */
    redisTakes(ms: number): void {
      redisMs = ms;
    },
    [Symbol.dispose]: () => {
      stopped = undefined;
      Object.assign(systemClock, real);
    },
  };
}

export type StoppedTime = ReturnType<typeof stopTime>;
