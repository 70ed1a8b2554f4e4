import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Priority, priorities, Ring } from '../../../src/upstream/quota/ring.ts';

type Entry = { priority: Priority; label: string };
const entry = (label: string, priority: Priority = 'interactive'): Entry => ({ label, priority });

/** Serves every entry, and returns their labels in the order of service. */
function drain(ring: Ring<Entry>): string[] {
  const served: string[] = [];
  for (let next = ring.next(); next; next = ring.next()) {
    ring.serve(next);
    served.push(next.label);
  }
  expect(ring.size).toBe(0);
  return served;
}

test('a ring serves by priority, then each queue in turn, then first come, first served', () => {
  const ring = new Ring<Entry>();
  ring.enter(entry('background', 'background'), 'b');
  for (const label of ['a1', 'a2', 'a3']) ring.enter(entry(label), 'a');
  for (const label of ['b1', 'b2']) ring.enter(entry(label), 'b');
  ring.enter(entry('write', 'write'), 'b');
  expect(drain(ring)).toEqual(['write', 'a1', 'b1', 'a2', 'b2', 'a3', 'background']);
});

test('an entry in several queues of a ring is served once, at the first turn of any of them', () => {
  const ring = new Ring<Entry>();
  const joint = entry('joint');
  for (const label of ['a1', 'a2']) ring.enter(entry(label), 'a');
  ring.enter(joint, 'a');
  ring.enter(entry('b1'), 'b');
  for (const name of ['b', 'c', 'c']) ring.enter(joint, name);
  expect(drain(ring)).toEqual(['a1', 'b1', 'joint', 'a2']);
});

test('an entry that leaves a ring costs its queue no turn', () => {
  const ring = new Ring<Entry>();
  const leaving = entry('a1');
  ring.enter(leaving, 'a');
  ring.enter(entry('b1'), 'b');
  ring.enter(entry('a2'), 'a');
  ring.leave(leaving);
  expect([...ring].map(({ label }) => label)).toEqual(['b1', 'a2']);
  expect(drain(ring)).toEqual(['a2', 'b1']);
});

test('a simulation asks about each entry once and predicts the order of service', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        enters: fc.constantFrom(...priorities),
        names: fc.array(name, { minLength: 1 }),
      }),
    },
    fc.constant('serve' as const),
    fc.record({ leaves: fc.nat() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.infiniteStream(fc.boolean()), (steps, answers) => {
      const ring = new Ring<Entry>();
      for (const [index, step] of steps.entries()) {
        const next = ring.next();
        if (step === 'serve') next && ring.serve(next);
        else if ('leaves' in step) {
          const leaving = [...ring][step.leaves % ring.size];
          if (leaving) ring.leave(leaving);
        } else {
          const entering = entry(`${index}`, step.enters);
          for (const name of step.names) ring.enter(entering, name);
        }
      }
      const present = [...ring];
      const predicted: string[] = [];
      const unserved: Entry[] = [];
      for (const priority of priorities)
        ring.simulate(priority, (asked) => {
          const isServed = answers.next().value;
          if (isServed) predicted.push(asked.label);
          else unserved.push(asked);
          return isServed;
        });
      expect(predicted.length + unserved.length).toBe(present.length);
      for (const each of unserved) ring.leave(each);
      expect(drain(ring)).toEqual(predicted);
    }),
    { numRuns: 500 },
  );
});
