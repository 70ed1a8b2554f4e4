import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstPlacesOf } from '../../../src/upstream/quota/first-places.ts';
import { type Entry, priorities, Ring } from '../../../src/upstream/quota/ring.ts';
import { windowMs } from '../../../src/upstream/quota/windows.ts';

type Named = Entry & { label: string };
const entry = (label: string, more: Partial<Entry> = {}): Named => ({
  label,
  caller: label.charAt(0),
  priority: 'interactive',
  ...more,
});

/** Serves every call at one moment, and returns the labels of the entries that had their turn, in that order. */
function drain(ring: Ring<Named>, now = 0): string[] {
  const served: string[] = [];
  for (let next = ring.next(now); next; next = ring.next(now)) {
    expect(ring.serve(next, now)).toContain(next.entry);
    served.push(next.entry.label);
  }
  expect(ring.size).toBe(0);
  return served;
}

test('a ring serves by priority, then each caller in turn, then first come, first served', () => {
  const ring = new Ring<Named>();
  ring.enter(entry('background', { priority: 'background' }));
  for (const label of ['a1', 'a2', 'a3', 'b1', 'b2']) ring.enter(entry(label));
  ring.enter(entry('write', { priority: 'write', caller: 'b' }));
  expect(drain(ring)).toEqual(['write', 'a1', 'b1', 'a2', 'b2', 'a3', 'background']);
});

test('a caller has one turn per round, however many kinds of calls it makes, and its kinds share its turns', () => {
  const ring = new Ring<Named>();
  for (const kind of ['get', 'list', 'tasks'])
    for (const n of [1, 2]) ring.enter(entry(`a ${kind} ${n}`, { kind }));
  for (const label of ['b1', 'b2', 'b3']) ring.enter(entry(label));
  const [a, b] = [
    ['a get 1', 'a list 1', 'a tasks 1'],
    ['b1', 'b2', 'b3'],
  ];
  const rounds = a.flatMap((label, round) => [label, b[round]]);
  expect(drain(ring)).toEqual([...rounds, 'a get 2', 'a list 2', 'a tasks 2']);
});

test('entries of one call are served together, at the first turn of any of them, which costs the others no turn', () => {
  const ring = new Ring<Named>();
  const call = {};
  for (const label of ['a1', 'a2', 'b1']) ring.enter(entry(label));
  ring.enter(entry('a3', { call }));
  ring.enter(entry('c1', { call }));
  ring.enter(entry('c2'));
  ring.enter(entry('b2', { call }));
  expect(ring.size).toBe(5);
  expect(drain(ring)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2']);
});

test('an entry brings its priority to its call', () => {
  const ring = new Ring<Named>();
  const call = {};
  ring.enter(entry('a1', { priority: 'background', call }));
  ring.enter(entry('b1'));
  ring.enter(entry('b2', { call }));
  ring.enter(entry('b3', { priority: 'background' }));
  expect(drain(ring)).toEqual(['b1', 'b2', 'b3']);
});

test('an entry that leaves a call takes its turn away, and leaves the others theirs', () => {
  const ring = new Ring<Named>();
  const call = {};
  const joiner = entry('b1', { call });
  for (const each of [entry('a1'), entry('a2', { call }), joiner, entry('c1')]) ring.enter(each);
  ring.leave(joiner);
  expect(drain(ring)).toEqual(['a1', 'c1', 'a2']);
});

test('an entry that leaves a ring costs its caller no turn', () => {
  const ring = new Ring<Named>();
  const leaving = entry('a1');
  for (const each of [leaving, entry('b1'), entry('a2')]) ring.enter(each);
  ring.leave(leaving);
  expect([...ring].map(({ label }) => label)).toEqual(['b1', 'a2']);
  expect(drain(ring)).toEqual(['a2', 'b1']);
});

test('reads for writes go first as often as AWS accepts writes, and take their callers’ turns beyond that', () => {
  const ring = new Ring<Named>(firstPlacesOf({ readsPerSecond: 10, writesPerSecond: 2 }));
  for (const n of [1, 2, 3, 4]) ring.enter(entry(`w${n}`, { priority: 'write' }));
  for (const label of ['a1', 'a2', 'b1']) ring.enter(entry(label));
  expect(drain(ring)).toEqual(['w1', 'w2', 'a1', 'b1', 'w3', 'a2', 'w4']);
});

test('a first place is free again after a second, and until then the ring returns when that will be', () => {
  const ring = new Ring<Named>(firstPlacesOf({ readsPerSecond: 10, writesPerSecond: 1 }));
  ring.enter(entry('a1'));
  const serve = (now: number) => {
    const next = ring.next(now) ?? expect.unreachable('no entry waits');
    ring.serve(next, now);
    return { label: next.entry.label, isFirst: next.isFirst, until: next.until };
  };
  for (const label of ['w1', 'w2', 'w3']) ring.enter(entry(label, { priority: 'write' }));
  expect(serve(0)).toMatchObject({ label: 'w1', isFirst: true });
  expect(serve(1)).toEqual({ label: 'a1', isFirst: false, until: Number.POSITIVE_INFINITY });
  expect(ring.next(2)).toMatchObject({ isFirst: false, until: windowMs });
  expect(serve(windowMs)).toMatchObject({ label: 'w2', isFirst: true });
});

test('between two turns there are no more first places than in a second, unless no turn is possible', () => {
  const ring = new Ring<Named>(firstPlacesOf({ readsPerSecond: 10, writesPerSecond: 1 }));
  for (const label of ['w1', 'w2']) ring.enter(entry(label, { priority: 'write' }));
  ring.enter(entry('a1'));
  ring.serve(ring.next(0) ?? expect.unreachable('no entry waits'), 0);
  expect(ring.next(0, true)).toMatchObject({ entry: { label: 'w2' }, isFirst: true });
  expect(ring.next(60_000)).toMatchObject({ entry: { label: 'a1' }, isFirst: false });
});

test('a copy of a ring is served in the same order after any history, and the ring stays as it was', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        caller: name,
        priority: fc.constantFrom(...priorities),
        kind: fc.constantFrom('get', 'list'),
        call: fc.option(fc.nat(3), { nil: undefined }),
      }),
    },
    fc.constant('serve' as const),
    fc.record({ leaves: fc.nat() }),
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      (steps, writesPerSecond) => {
        const ring = new Ring<Named>(firstPlacesOf({ readsPerSecond: 10, writesPerSecond }));
        const calls = Array.from({ length: 4 }, () => ({}));
        for (const [now, step] of steps.entries()) {
          const next = ring.next(now);
          if (step === 'serve') next && ring.serve(next, now);
          else if ('leaves' in step) {
            const all = [...ring];
            const leaving = all[step.leaves % all.length];
            if (leaving) ring.leave(leaving);
          } else {
            const { call, ...place } = step;
            const shared = call === undefined ? {} : { call: calls[call] as object };
            ring.enter(entry(`${now}`, { ...place, ...shared }));
          }
        }
        const before = [...ring];
        const predicted = drain(ring.copy(), steps.length);
        expect([...ring]).toEqual(before);
        expect(drain(ring, steps.length)).toEqual(predicted);
      },
    ),
    { numRuns: 500 },
  );
});
