/**
 * The circuit breaker for AWS: while an operation is failing, callers do not wait for it and calls do not add to AWS's
 * load. Each operation has a circuit of its own, because one of them can fail while the others work.
 */
import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import { MismatchedAnswer } from './answers.ts';
import { toFault } from './errors.ts';
import type { Operation } from './operations.ts';

/**
 * This many failures in a row mean that AWS is down. Half of all calls failing does not: retries can handle that, and
 * suspending calls would make it worse.
 */
const maxFailures = 20;
/** The failures must be of this many different calls: one record that AWS cannot return is not an outage for the others. */
const minCalls = 5;
/** The time for which calls are suspended before one of them is let through. */
export const holdMs = 5_000;
/** The timeout of a call that had less time than this does not count as a failure of AWS. */
const fairAttemptMs = 2_000;

type Log = { warn(message: string): void; info(message: string): void };

/** A call, with its input in AWS's names. */
export type BreakerCall = { operation: Operation; input: object };

/**
 * What a call is about: its identifiers, or else its whole input. A batch with a record that AWS cannot return is not a
 * different call each time that the other records in it change.
 */
function subjectsOf({ ClientToken: _, ...input }: Record<string, unknown>): string[] {
  const identifiers = Object.entries(input)
    .filter(([name]) => name.endsWith('Identifier'))
    .flatMap(([, value]) => value)
    .filter((value) => typeof value === 'string');
  return identifiers.length > 0 ? identifiers : [JSON.stringify(input)];
}

/**
 * Checks whether AWS itself failed: a server error, a broken connection, a timeout. Rejected and throttled calls do not
 * count, nor does an answer that does not fit: one record that AWS returns broken must not suspend all other calls.
 */
function isFailure(error: unknown, tookMs: number): boolean {
  if (error instanceof MismatchedAnswer) return false;
  const { code, isTransient } = toFault(error, '');
  return code === 'UPSTREAM_UNAVAILABLE' && isTransient && (!isTimeout(error) || tookMs >= fairAttemptMs);
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

export type Breaker = {
  /** @throws Fault UPSTREAM_UNAVAILABLE with `retryAfterMs` while calls of the operation are suspended */
  check(operation: Operation): void;
  /** Makes one call. @throws what the call throws, or the Fault of `check` without making it */
  run<T>(call: BreakerCall, attempt: () => Promise<T>): Promise<T>;
  /** Checks whether calls of any operation are suspended. */
  isOpen(): boolean;
};

function createCircuit(operation: Operation, log: Log, clock: Pick<Clock, 'now'>) {
  /** The failures since the last success: how many there were, of how many different calls, and about what. */
  let failures = 0;
  let calls = 0;
  let subjects = new Set<string>();
  /** While the circuit is open: when the next call may be let through. */
  let openUntil: number | undefined;
  /** The trial call that failed last waits twice as long, so that a call about something else is the next trial. */
  let failedTrial = { subjects, until: Number.NEGATIVE_INFINITY };

  const isOpen = (): boolean => openUntil !== undefined && clock.now() < openUntil;

  function assertAfter(time: number | undefined): void {
    if (time === undefined || clock.now() >= time) return;
    throw new Fault('UPSTREAM_UNAVAILABLE', 'AWS is currently failing; calls are suspended.', {
      retryAfterMs: Math.max(1, Math.ceil(time - clock.now())),
    });
  }
  const check = (): void => assertAfter(openUntil);

  function fail(about: string[]): void {
    failures += 1;
    if (calls < minCalls && !about.some((subject) => subjects.has(subject))) {
      calls += 1;
      for (const subject of about) subjects.add(subject);
    }
    if (failures < maxFailures || calls < minCalls) return;
    if (openUntil === undefined)
      log.warn(`Circuit opened: AWS is failing ${operation}; one trial call is made every few seconds.`);
    openUntil = clock.now() + holdMs;
  }

  function succeed(): void {
    failures = 0;
    calls = 0;
    subjects = new Set();
    if (openUntil !== undefined) log.info(`Circuit closed: AWS is responding to ${operation} again.`);
    openUntil = undefined;
  }

  async function run<T>(input: object, attempt: () => Promise<T>): Promise<T> {
    check();
    const about = () => subjectsOf(input as Record<string, unknown>);
    const isTrial = openUntil !== undefined;
    if (isTrial) {
      if (about().some((subject) => failedTrial.subjects.has(subject))) assertAfter(failedTrial.until);
      // Other calls are still rejected while the trial is in flight.
      openUntil = clock.now() + holdMs;
    }
    const startedAt = clock.now();
    try {
      const answer = await attempt();
      succeed();
      return answer;
    } catch (error) {
      if (isFailure(error, clock.now() - startedAt)) {
        fail(about());
        if (isTrial) failedTrial = { subjects: new Set(about()), until: clock.now() + 2 * holdMs };
      } else if (!isTimeout(error)) succeed();
      throw error;
    }
  }

  return { isOpen, check, run };
}

export function createBreaker(log: Log, clock: Pick<Clock, 'now'>): Breaker {
  const circuits = new Map<Operation, ReturnType<typeof createCircuit>>();
  function circuitOf(operation: Operation) {
    const circuit = circuits.get(operation) ?? createCircuit(operation, log, clock);
    circuits.set(operation, circuit);
    return circuit;
  }
  return {
    isOpen: () => [...circuits.values()].some((circuit) => circuit.isOpen()),
    check: (operation) => circuitOf(operation).check(),
    run: ({ operation, input }, attempt) => circuitOf(operation).run(input, attempt),
  };
}

/** For calls that are not sent. */
export const noBreaker: Breaker = { check() {}, run: (_call, attempt) => attempt(), isOpen: () => false };
