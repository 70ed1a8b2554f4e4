/** The quota governor on a fake clock: first the rules one by one, then all of them at once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Priority } from '../../../src/upstream/quota/ring.ts';
import {
  type CallClass,
  day,
  minute,
  type QuotaLimits,
  windowMs,
} from '../../../src/upstream/quota/windows.ts';
import { aws, type Call, ends, many, ranks, type World, world } from './world.ts';

describe('the window of a second', () => {
  test('a full window goes out at once, and the next call when the first of them is 1,040 ms old', async () => {
    const { take, pass, calls } = world();
    many(2, () => take({ callClass: 'write' }));
    many(11, () => take({ priority: 'write' }));
    await pass(0);
    expect(calls.filter(({ end }) => end === 'served')).toHaveLength(11);
    await pass(windowMs - 1);
    expect(calls.filter(({ end }) => end === 'waiting')).toHaveLength(2);
    await pass(1);
    expect(new Set(ends(calls))).toEqual(new Set(['served']));
  });

  test('windows of 1,040 ms leave 95 % of the quota usable', async () => {
    const { take, pass, served } = world();
    many(620, () => take({ priority: 'write', patience: 120_000 }));
    await pass(60_000);
    expect(served('read').length / 600).toBeGreaterThanOrEqual(0.95);
  });

  test('one read in ten of a window is kept for what a write needs', async () => {
    const { take, pass } = world();
    const readers = many(12, (i) => take({ caller: `reader ${i}` }));
    await pass(0);
    expect(readers.filter(({ end }) => end === 'served')).toHaveLength(9);
    const [first, next] = [take({ priority: 'write' }), take({ priority: 'write' })];
    await pass(0);
    expect(ends([first, next])).toEqual(['served', 'waiting']);
  });

  test('a window of which a tenth is less than one call keeps no reserve', async () => {
    const { take, pass } = world({ ...aws, readsPerSecond: 9 });
    const calls = many(9, () => take());
    await pass(0);
    expect(new Set(ends(calls))).toEqual(new Set(['served']));
  });
});

describe('the daily window', () => {
  const poor = { ...aws, writesPerDay: 2 };

  test('an exhausted daily quota refuses calls, and reports until when', async () => {
    const { take, pass, quota, now } = world(poor);
    take({ callClass: 'write' });
    await pass(5 * minute);
    take({ callClass: 'write' });
    const third = take({ callClass: 'write' });
    await pass(0);
    expect(third.fault).toMatchObject({
      code: 'QUOTA_EXHAUSTED',
      extensions: { retryAfterMs: day - 4 * minute },
    });
    expect(third.fault?.message).toBe('The daily write quota is exhausted.');
    const { write } = quota.snapshot();
    expect(write).toMatchObject({ remainingNow: 0, remaining24h: 0, nextCallAt: now() + day - 4 * minute });
    await pass(day - 4 * minute - 1);
    expect(ends([take({ callClass: 'write', patience: 1 })])).toEqual(['waiting']);
    await pass(1);
    expect(quota.snapshot().write.remaining24h).toBe(0);
  });

  test('a tenth of the daily reads is kept for what writes need', async () => {
    const { take, pass } = world({ ...aws, readsPerSecond: 100, readsPerDay: 20, writesPerSecond: 1 });
    const readers = many(20, () => take());
    await pass(0);
    expect(readers.filter(({ end }) => end === 'served')).toHaveLength(18);
    expect(readers.at(-1)?.fault?.code).toBe('QUOTA_EXHAUSTED');
    const checks = many(3, () => take({ priority: 'write' }));
    await pass(2_000);
    expect(ends(checks)).toEqual(['served', 'served', 'refused']);
  });

  test('a call that can wait for the next day is not refused', async () => {
    const { take, pass } = world(poor);
    many(2, () => take({ callClass: 'write' }));
    const patient = take({ callClass: 'write', patience: 2 * day });
    await pass(2 * day);
    expect(patient.end).toBe('served');
  });
});

describe('calls that wait', () => {
  const slow = { ...aws, readsPerSecond: 1 };
  const order = ({ calls }: World) =>
    calls.toSorted((a, b) => a.ended - b.ended).map(({ caller, priority }) => `${priority[0]}${caller}`);

  test('calls are served by priority, then each caller in turn, then in order of arrival', async () => {
    const gate = world(slow);
    many(3, () => gate.take({ caller: 'hog', priority: 'background' }));
    many(3, () => gate.take({ caller: 'hog' }));
    many(2, () => gate.take({ caller: 'b' }));
    gate.take({ caller: 'w', priority: 'write' });
    await gate.pass(2 * windowMs);
    gate.take({ caller: 'late' });
    await gate.pass(20_000);
    expect(order(gate)).toEqual(['ww', 'ihog', 'ib', 'ihog', 'ib', 'ilate', 'ihog', 'bhog', 'bhog', 'bhog']);
  });

  test('a single call waits for one window at most next to a caller with 500', async () => {
    const { take, pass } = world();
    many(500, () => take({ caller: 'hog', patience: 120_000 }));
    await pass(10);
    const one = take({ caller: 'modest' });
    await pass(60_000);
    expect(one.at - one.since).toBeLessThanOrEqual(windowMs);
  });

  test('calls of one caller take turns by kind', async () => {
    const { take, pass } = world(slow);
    many(20, () => take({ kind: 'get', patience: 120_000 }));
    await pass(windowMs / 2);
    const [list, next] = many(2, () => take({ kind: 'list', patience: 120_000 }));
    await pass(10 * windowMs);
    expect(list?.at).toBe((list?.since ?? 0) + 1.5 * windowMs);
    expect(next?.at).toBe((list?.at ?? 0) + 2 * windowMs);
  });

  test('a call of several callers is served at the first turn of any of them, once', async () => {
    const { take, pass, quota } = world(slow);
    const call = {};
    take({ caller: 'first' });
    many(5, () => take({ caller: 'hog', patience: 120_000 }));
    const joint = [take({ caller: 'hog', call, patience: 120_000 })];
    const own = take({ caller: 'guest', patience: 120_000 });
    await pass(0);
    joint.push(take({ caller: 'friend', call }), take({ caller: 'guest', call }));
    expect(quota.snapshot().read.waiting).toBe(7);
    await pass(3 * windowMs);
    expect(ends([...joint, own])).toEqual(Array(4).fill('served'));
    expect(new Set(joint.map(({ at }) => at)).size).toBe(1);
    expect(quota.snapshot().read).toMatchObject({ waiting: 4, remaining24h: 100_000 - 4 });
  });

  test('a call of several callers is refused to each of them who cannot wait for it, and made for the others', async () => {
    const { take, pass, quota } = world(slow);
    const call = {};
    take();
    const [short, long] = [take({ call, patience: 500 }), take({ call, caller: 'b' })];
    await pass(0);
    expect(short).toMatchObject({ end: 'refused', fault: { code: 'THROTTLED' } });
    await pass(windowMs);
    expect(long.end).toBe('served');
    const late = many(3, (n) => take({ call: {}, caller: `${n}`, patience: 500 }));
    await pass(0);
    expect(ends(late)).toEqual(Array(3).fill('refused'));
    expect(quota.isWaitedFor('read')).toBe(false);
  });

  test('a caller who leaves a call takes its turn away, and costs the others neither their turn nor the call', async () => {
    const { take, pass } = world(slow);
    const call = {};
    take();
    many(3, () => take({ caller: 'hog' }));
    const [starter, joiner] = [take({ caller: 'hog', call }), take({ caller: 'quick', call })];
    const next = take({ caller: 'next' });
    await pass(0);
    joiner.cancel();
    await pass(2 * windowMs);
    expect(ends([starter, joiner, next])).toEqual(['waiting', 'cancelled', 'served']);
    const again = take({ caller: 'quick', call });
    starter.cancel();
    await pass(2 * windowMs);
    expect(ends([starter, again])).toEqual(['cancelled', 'served']);
  });

  test('a caller who joins a call in the moment in which it is served gets no token of its own', async () => {
    const { take, pass, quota } = world(slow);
    const call = {};
    take({ call });
    await pass(0);
    const joiner = take({ call, caller: 'b' });
    await pass(0);
    expect(joiner.end).toBe('served');
    expect(quota.snapshot().read).toMatchObject({ waiting: 0, remaining24h: 100_000 - 1 });
  });

  test('a cancelled call costs nothing', async () => {
    const { take, pass, quota, timers } = world(slow);
    const [, second_, third] = many(3, () => take());
    await pass(0);
    const reason = new Error('The client went away.');
    const rejected = expect(
      quota.take({
        callClass: 'read',
        priority: 'interactive',
        caller: 'z',
        deadline: Infinity,
        signal: AbortSignal.abort(reason),
      }),
    ).rejects.toBe(reason);
    second_?.cancel(reason);
    await pass(windowMs);
    await rejected;
    expect([second_?.end, third?.end]).toEqual(['cancelled', 'served']);
    expect(quota.snapshot().read).toMatchObject({ waiting: 0, remaining24h: 100_000 - 2 });
    expect(timers()).toBe(0);
  });

  test('a call that cannot be served in time is refused at once, with the time to retry', async () => {
    const { take, pass } = world(slow);
    const calls = many(5, () => take({ patience: 2 * windowMs }));
    await pass(0);
    expect(ends(calls)).toEqual(['served', 'waiting', 'waiting', 'refused', 'refused']);
    expect(calls[4]?.fault).toMatchObject({ code: 'THROTTLED', extensions: { retryAfterMs: 3 * windowMs } });
    await pass(3 * windowMs);
    const back = take({ patience: 0 });
    await pass(0);
    expect(back.end).toBe('served');
  });

  test('a call is refused as soon as one ahead of it takes its last chance', async () => {
    const { take, pass } = world(slow);
    const [, reader] = many(2, () => take({ patience: 1_500 }));
    await pass(500);
    take({ priority: 'write' });
    await pass(0);
    expect(reader).toMatchObject({
      end: 'refused',
      fault: { extensions: { retryAfterMs: 2 * windowMs - 500 } },
    });
  });

  test('a gateway that stops refuses the calls that wait, and later ones', async () => {
    const { take, pass, quota, timers } = world(slow);
    const calls = many(2, () => take());
    await pass(0);
    quota.close();
    calls.push(take());
    await pass(0);
    expect(calls.map(({ fault }) => fault?.code)).toEqual([
      undefined,
      'UPSTREAM_UNAVAILABLE',
      'UPSTREAM_UNAVAILABLE',
    ]);
    expect(timers()).toBe(0);
  });
});

describe('AWS throttles although there was a token', () => {
  const perSecond = async ({ take, pass, served }: World, callClass: CallClass, seconds: number) => {
    const before = served(callClass).length;
    many(30, () => take({ callClass, priority: 'write', patience: seconds * windowMs - 1 }));
    await pass(seconds * windowMs);
    return (served(callClass).length - before) / seconds;
  };

  test('a throttled class pauses, continues at half its pace, and recovers', async () => {
    const gate = world();
    expect(await perSecond(gate, 'read', 1)).toBe(10);
    gate.quota.throttled('read');
    gate.quota.throttled('read');
    expect(gate.quota.snapshot().read).toMatchObject({ remainingNow: 0, nextCallAt: gate.now() + windowMs });
    expect(await perSecond(gate, 'read', 1)).toBe(0);
    expect(await perSecond(gate, 'read', 1)).toBe(5);
    await gate.pass(10_000);
    expect(await perSecond(gate, 'read', 1)).toBe(10);
  });

  test('a throttled class of one call a second gets longer windows, and the other class is unaffected', async () => {
    const gate = world();
    gate.quota.throttled('write', 3_000);
    expect(await perSecond(gate, 'read', 1)).toBe(10);
    expect(await perSecond(gate, 'write', 1)).toBe(0);
    await gate.pass(3_000 - 2 * windowMs);
    const [first, next] = many(2, () => gate.take({ callClass: 'write' }));
    await gate.pass(2 * windowMs);
    // At half the pace it would be 2,080 ms, but after 2,000 a tenth has come back.
    expect(Number(next?.at) - Number(first?.at)).toBe(2_000);
    await gate.pass(20_000);
    expect(await perSecond(gate, 'write', 3)).toBe(1);
  });

  test('calls that a pause makes too late are refused at once, for as long as AWS asked', async () => {
    const { take, pass, quota } = world();
    const calls = many(12, () => take({ patience: 5_000 }));
    await pass(0);
    quota.throttled('read', 8_000);
    await pass(0);
    expect(calls.at(-1)?.fault).toMatchObject({ code: 'THROTTLED', extensions: { retryAfterMs: 8_000 } });
  });
});

/** Reads, writes, and one of the operations that AWS counts by themselves. */
type TestedClass = 'read' | 'write' | 'createEngagement';

describe('properties', () => {
  const anyLimits = fc.record({
    readsPerSecond: fc.integer({ min: 1, max: 24 }),
    readsPerDay: fc.integer({ min: 1, max: 60 }),
    writesPerSecond: fc.integer({ min: 1, max: 3 }),
    writesPerDay: fc.integer({ min: 1, max: 10 }),
    prospectingGetPerSecond: fc.constant(100),
    prospectingListPerSecond: fc.constant(50),
    prospectingStartPerSecond: fc.constant(2),
    createEngagementPerSecond: fc.integer({ min: 1, max: 4 }),
  });
  const callClass = fc.constantFrom<TestedClass>('read', 'write', 'createEngagement');
  const take = fc.record({
    do: fc.constant('take' as const),
    times: fc.integer({ min: 1, max: 12 }),
    callClass,
    priority: fc.constantFrom<Priority>('write', 'interactive', 'background'),
    caller: fc.constantFrom('a', 'b', 'c', 'd'),
    patience: fc.oneof(fc.integer({ min: 0, max: 6_000 }), fc.constantFrom(30_000, 30 * 60 * minute)),
  });
  const pass = fc.record({
    do: fc.constant('pass' as const),
    ms: fc.oneof(fc.integer({ min: 0, max: 2_500 }), fc.constantFrom(windowMs, minute, day / 4)),
  });
  const cancel = fc.record({ do: fc.constant('cancel' as const), which: fc.nat() });
  const throttle = fc.record({
    do: fc.constant('throttle' as const),
    callClass,
    ms: fc.integer({ min: 0, max: 4_000 }),
  });
  const steps = fc.array(
    fc.oneof({ weight: 6, arbitrary: take }, { weight: 4, arbitrary: pass }, cancel, throttle),
    { minLength: 1, maxLength: 40, size: 'max' },
  );
  type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never;

  const walk = async (gate: World, step: Step) => {
    if (step.do === 'take') many(step.times, () => gate.take(step));
    if (step.do === 'cancel') gate.calls[step.which % gate.calls.length]?.cancel();
    if (step.do === 'throttle') gate.quota.throttled(step.callClass, step.ms);
    await gate.pass(step.do === 'pass' ? step.ms : 0);
  };

  /** The windows that a call must fit into: how many calls, in how long, counting which. */
  const windowsOf = (limits: QuotaLimits, of: TestedClass, priority: Priority) => {
    const all = () => true;
    const ordinary = (call: Call) => call.priority !== 'write';
    if (of === 'createEngagement')
      return [{ most: limits.createEngagementPerSecond, ms: windowMs, counts: all, unit: 1 }];
    const whole = [
      { most: limits[`${of}sPerSecond`], ms: windowMs, counts: all, unit: 1 },
      { most: limits[`${of}sPerDay`], ms: day, counts: all, unit: minute },
    ];
    if (of === 'write' || priority === 'write') return whole;
    const kept = [
      Math.min(limits.readsPerSecond / 10, limits.writesPerSecond),
      Math.min(limits.readsPerDay / 10, limits.writesPerDay),
    ].map(Math.floor);
    const rest = whole.map((window, i) => ({
      ...window,
      most: window.most - (kept[i] ?? 0),
      counts: ordinary,
    }));
    return [...whole, ...rest];
  };

  /** Whether a call could go out now, judged only by what was served. */
  const hasToken = (gate: World, limits: QuotaLimits, of: TestedClass, priority: Priority) =>
    windowsOf(limits, of, priority).every(({ most, ms, counts, unit }) => {
      const spentUntil = ({ at }: Call) => (unit === 1 ? at : (Math.floor(at / unit) + 1) * unit) + ms;
      return gate.served(of).filter((call) => counts(call) && spentUntil(call) > gate.now()).length < most;
    });

  /** One more call than the limit always takes at least as long as the window. */
  const expectWithinLimits = (gate: World, limits: QuotaLimits) => {
    for (const of of ['read', 'write'] as const)
      for (const { most, ms, counts } of windowsOf(limits, of, 'interactive')) {
        const times = gate
          .served(of)
          .filter(counts)
          .map(({ at }) => at)
          .sort((a, b) => a - b);
        for (let i = most; i < times.length; i++)
          expect((times[i] ?? 0) - (times[i - most] ?? 0)).toBeGreaterThanOrEqual(ms);
      }
  };

  /** Whether a call may be served although another one of a higher priority waits: a read that has its turn. */
  const maySkip = (call: Call, other: Call) =>
    call.callClass === 'read' && call.priority === 'interactive' && other.priority === 'write';

  const expectInOrder = (gate: World) => {
    for (const of of ['read', 'write'] as const) {
      const served = gate.served(of).sort((a, b) => a.ended - b.ended);
      for (const [index, call] of served.entries()) {
        const passedOver = gate.calls.filter(
          (other) => other.callClass === of && other.born < call.ended && other.ended > call.ended,
        );
        for (const other of passedOver) {
          if (!maySkip(call, other))
            expect(ranks[other.priority]).toBeGreaterThanOrEqual(ranks[call.priority]);
          if (other.priority === call.priority && other.caller === call.caller)
            expect(other.born).toBeGreaterThan(call.born);
          // Another caller's call that has seen this caller served must have had its own caller's turn since.
          if (ranks[other.priority] > ranks[call.priority] || other.caller === call.caller) continue;
          const peers = served.slice(0, index);
          const before = peers.findLast(({ caller }) => caller === call.caller);
          if (!before || other.born > before.ended) continue;
          const turns = peers.filter((peer) => peer.caller === other.caller && peer.ended > before.ended);
          expect(turns).not.toEqual([]);
        }
      }
    }
  };

  test('in any order of events the limits hold, no token lies idle, and the order of service is kept', async () => {
    await fc.assert(
      fc.asyncProperty(anyLimits, steps, async (limits, walked) => {
        const gate = world(limits);
        const throttled = walked.some((step) => step.do === 'throttle');
        for (const step of walked) {
          await walk(gate, step);
          for (const of of ['read', 'write'] as const) {
            const first = gate.waiting(of).sort((a, b) => ranks[a.priority] - ranks[b.priority])[0];
            if (first && !throttled) expect(hasToken(gate, limits, of, first.priority)).toBe(false);
          }
          for (const call of gate.calls)
            expect(call.end === 'waiting' ? gate.now() : call.at).toBeLessThanOrEqual(call.deadline);
        }
        await gate.pass(3 * day);
        expect(gate.calls.filter(({ end }) => end === 'waiting')).toEqual([]);
        expectWithinLimits(gate, limits);
        expectInOrder(gate);
        expect(gate.timers()).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  test('in any order of events a refusal has good reason, comes at the first moment, and is true', async () => {
    let refusals = 0;
    const anyEnd = fc.constantFrom('stays away', 'comes back', 'comes back too early');
    await fc.assert(
      fc.asyncProperty(anyLimits, steps, anyEnd, async (limits, walked, then) => {
        const gate = world(limits);
        const refused = () => gate.calls.filter(({ end }) => end === 'refused');
        for (const step of walked) {
          await walk(gate, step);
          if (refused().length > 0) {
            // Only a new call, or AWS, can take a call's last chance. The passing of time is foreseen.
            expect(['take', 'throttle']).toContain(step.do);
            break;
          }
        }
        const call = refused().at(-1);
        if (!call) return;
        refusals += 1;
        const { callClass, priority, fault, deadline, at } = call;
        const retryAfterMs = Number(fault?.extensions.retryAfterMs);
        expect(at + retryAfterMs).toBeGreaterThan(deadline);

        if (then === 'stays away') {
          const waited = gate.calls.filter(({ end }) => end === 'waiting');
          await gate.pass(3 * day);
          expect(waited.filter(({ end }) => end !== 'served')).toEqual([]);
          const instead = waited.filter((other) => other.callClass === callClass && other.at <= deadline);
          const isLower = (other: Call) => ranks[other.priority] > ranks[priority] && !maySkip(other, call);
          expect(instead.filter(isLower)).toEqual([]);
          const own = instead.filter((other) => other.priority === priority && other.caller === call.caller);
          expect(own.filter((other) => other.born > call.born)).toEqual([]);
          return;
        }
        // A call of a lower priority would take the token that no other needs at that moment.
        if (gate.waiting(callClass).some((other) => ranks[other.priority] > ranks[priority])) return;
        await gate.pass(then === 'comes back' ? retryAfterMs : retryAfterMs - 1);
        const back = gate.take({ callClass, priority, caller: 'back', patience: day });
        await gate.pass(0);
        expect(back.end).toBe(then === 'comes back' ? 'served' : 'waiting');
        await gate.pass(1);
        expect(back.end).toBe('served');
      }),
      { numRuns: 600 },
    );
    expect(refusals).toBeGreaterThan(100);
  });
});
