/** How long a call waits for those of others, which may do anything. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Priority } from '../../../src/upstream/quota/ring.ts';
import { type QuotaLimits, windowMs } from '../../../src/upstream/quota/windows.ts';
import { type Asked, aws, type Call, many, type World, world } from './world.ts';

/** CI runs a bounded number of each; `RUNS=n SEED=s` runs more. */
const { RUNS = '300', SEED } = process.env;
const runs = { numRuns: Number(RUNS), ...(SEED !== undefined && { seed: Number(SEED) }) };
const minutes = (count: number) => count * 60_000;

/** How many reads for writes may go first between two turns, as the governor documents it. */
const firstPlaces = ({ readsPerSecond, writesPerSecond }: QuotaLimits) =>
  Math.max(1, Math.floor(Math.min(writesPerSecond, readsPerSecond / 2)));

describe('a caller who asks for one record', () => {
  const anyLimits = fc.record({
    readsPerSecond: fc.integer({ min: 1, max: 24 }),
    readsPerDay: fc.constant(100_000),
    writesPerSecond: fc.integer({ min: 1, max: 30 }),
    writesPerDay: fc.constant(10_000),
    prospectingGetPerSecond: fc.constant(100),
    prospectingListPerSecond: fc.constant(50),
    prospectingStartPerSecond: fc.constant(2),
    createEngagementPerSecond: fc.constant(15),
  });
  const take = fc.record({
    do: fc.constant('take' as const),
    times: fc.integer({ min: 1, max: 12 }),
    caller: fc.constantFrom('a', 'b', 'c', 'd'),
    priority: fc.constantFrom<Priority>('write', 'interactive', 'background'),
    kind: fc.constantFrom('GetOpportunity', 'ListOpportunities', 'ListSolutions'),
    shared: fc.option(fc.nat(3), { nil: undefined }),
  });
  const ask = fc.record({
    do: fc.constant('ask' as const),
    shared: fc.option(fc.nat(3), { nil: undefined }),
  });
  const other = fc.oneof(
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 2_500 }) }),
    fc.record({ do: fc.constant('cancel' as const), which: fc.nat() }),
    fc.record({ do: fc.constant('throttle' as const), ms: fc.integer({ min: 0, max: 4_000 }) }),
  );
  const steps = fc.array(fc.oneof({ weight: 4, arbitrary: take }, { weight: 2, arbitrary: ask }, other), {
    minLength: 1,
    maxLength: 40,
    size: 'max',
  });

  /** Runs the steps to their end. Returns the calls that asked for one record, and the callers they found waiting. */
  async function run(gate: World, walked: typeof steps extends fc.Arbitrary<infer T> ? T : never) {
    const asked: { call: Call; ahead: number }[] = [];
    const calls: object[] = Array.from({ length: 4 }, () => ({}));
    /** A call that others may wait for; one that has been sent makes way for the next. */
    const sharedCall = (index: number | undefined): { call?: object } => {
      if (index === undefined) return {};
      const isSent = gate.calls.some(({ end, call }) => end === 'served' && call === calls[index]);
      if (isSent) calls[index] = {};
      return { call: calls[index] as object };
    };
    const patience = minutes(60);
    for (const step of walked) {
      if (step.do === 'take') {
        const { times, shared, ...more } = step;
        // One ticket for a shared call, as a request has only one.
        many(shared === undefined ? times : 1, () => gate.take({ ...more, ...sharedCall(shared), patience }));
      }
      if (step.do === 'ask') {
        const waiting = gate.waiting('read').filter(({ priority }) => priority !== 'background');
        const ahead = new Set(waiting.map(({ caller }) => caller)).size;
        const caller = `one ${asked.length}`;
        const call = gate.take({ caller, kind: 'GetOpportunity', ...sharedCall(step.shared), patience });
        asked.push({ call, ahead });
      }
      if (step.do === 'cancel') {
        const call = gate.calls[step.which % gate.calls.length];
        if (call && !call.caller.startsWith('one')) call.cancel();
      }
      if (step.do === 'throttle') gate.quota.throttled('read', step.ms);
      await gate.pass(step.do === 'pass' ? step.ms : 0);
    }
    await gate.pass(minutes(50));
    return asked;
  }

  /** The tokens that were spent while a call waited, each once, as the priorities of those who had it. */
  function spentBefore(gate: World, asked: Call): Priority[][] {
    const keyOf = (call: Call): object => call.call ?? call;
    const before = gate
      .served('read')
      .filter((call) => call.ended > asked.born && call.ended < asked.ended && keyOf(call) !== keyOf(asked));
    return [...Map.groupBy(before, keyOf).values()].map((token) => token.map(({ priority }) => priority));
  }

  test('waits for one turn of each caller who waits, in any order of calls, joins and cancellations, and for the first places of writes', async () => {
    let waits = 0;
    await fc.assert(
      fc.asyncProperty(anyLimits, steps, async (limits, walked) => {
        const gate = world(limits);
        for (const { call, ahead } of await run(gate, walked)) {
          expect(call.end).toBe('served');
          const tokens = spentBefore(gate, call);
          if (tokens.length > 0) waits += 1;
          const isWrite = (token: Priority[]) => token.includes('write');
          expect(tokens.filter((token) => !isWrite(token)).length).toBeLessThanOrEqual(ahead);
          expect(tokens.length).toBeLessThanOrEqual(ahead + firstPlaces(limits) * (ahead + 1));
          expect(tokens.filter((token) => token.every((priority) => priority === 'background'))).toEqual([]);
        }
        expect(gate.timers()).toBe(0);
      }),
      runs,
    );
    expect(waits).toBeGreaterThan(Number(RUNS) / 10);
  });
});

/** A caller who always has so many calls waiting, until a time. Returns them as they are made. */
function press(gate: World, asked: Asked, atOnce: number, until: number): Call[] {
  const calls: Call[] = [];
  const again = async (): Promise<void> => {
    while (gate.now() < until) {
      const call = gate.take({ patience: minutes(60), ...asked });
      calls.push(call);
      await call.done;
    }
  };
  for (let n = 0; n < atOnce; n++) void again();
  return calls;
}

const slowest = (calls: Call[]) => Math.max(...calls.map(({ at, since }) => at - since));

describe('reads for writes', () => {
  const table: [readsPerSecond: number, writesPerSecond: number][] = [
    [10, 1],
    [20, 2],
    [100, 10],
    [9, 1],
    [4, 2],
  ];
  const limits = ([readsPerSecond, writesPerSecond]: (typeof table)[number]): QuotaLimits => ({
    ...aws,
    readsPerSecond,
    writesPerSecond,
  });

  test.each(table)(
    'are as fast as the quota of writes beside readers who use up all of %i reads and %i writes a second',
    async (...row) => {
      const gate = world(limits(row));
      const [, writesPerSecond] = row;
      const seconds = 20;
      const until = gate.now() + seconds * windowMs;
      for (const caller of 'abcdefgh') press(gate, { caller }, 30, until);
      await gate.pass(0);
      const reads = press(gate, { caller: 'writer', priority: 'write' }, writesPerSecond, until);
      await gate.pass(seconds * windowMs);
      expect(reads.filter(({ end }) => end === 'served').length).toBeGreaterThanOrEqual(
        (seconds - 1) * writesPerSecond,
      );
      for (const { cancel } of gate.calls) cancel();
    },
  );

  test.each(table)(
    'of patches that change nothing leave a reader its turns, with %i reads and %i writes a second',
    async (...row) => {
      const gate = world(limits(row));
      const [readsPerSecond, writesPerSecond] = row;
      const seconds = 60;
      const until = gate.now() + seconds * windowMs;
      press(gate, { caller: 'writer', priority: 'write' }, 50, until);
      await gate.pass(0);
      const readers = [...'abc'].map((caller) => press(gate, { caller }, 50, until));
      const single = press(gate, { caller: 'single' }, 1, until);
      await gate.pass(seconds * windowMs);
      // First places aside, each of the five callers has a fifth.
      const turns = readsPerSecond - Math.min(writesPerSecond, readsPerSecond / 2);
      const served = (calls: Call[]) => calls.filter(({ end }) => end === 'served');
      for (const calls of readers)
        expect(served(calls).length).toBeGreaterThanOrEqual((seconds - 2) * (turns / 5));
      expect(slowest(served(single))).toBeLessThanOrEqual((Math.ceil(5 / turns) + 1) * windowMs);
      for (const { cancel } of gate.calls) cancel();
    },
  );
});

test('a caller who joins the call of one with hundreds of calls waits no longer than for a call of its own', async () => {
  const gate = world();
  const calls = Array.from({ length: 500 }, () => ({}));
  for (const call of calls) gate.take({ caller: 'hog', call, patience: minutes(5) });
  await gate.pass(10);
  const joined = gate.take({ caller: 'joiner', call: calls[499] as object });
  const own = gate.take({ caller: 'other' });
  await gate.pass(minutes(1));
  expect(slowest([joined, own])).toBeLessThanOrEqual(windowMs);
  expect(gate.served('read').filter(({ call }) => call === calls[499])).toHaveLength(2);
});
