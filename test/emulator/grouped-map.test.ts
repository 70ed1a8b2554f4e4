import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GroupedMap } from '../../emulator/engagements/grouped.ts';

const numRuns = Number(process.env.RUNS ?? 200);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

const groups = ['even', 'odd', 'neither'] as const;
type Value = { group: (typeof groups)[number]; n: number };
const step = fc.oneof(
  fc.record({
    do: fc.constant('set' as const),
    key: fc.nat(5),
    group: fc.constantFrom(...groups),
    n: fc.nat(),
  }),
  fc.record({ do: fc.constant('delete' as const), key: fc.nat(5) }),
  fc.record({ do: fc.constant('clear' as const) }),
);

test('the groups of a map hold exactly its values, after any set, replacement, deletion or clearing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const map = new GroupedMap<Value>(({ group }) => group);
      for (const one of steps) {
        if (one.do === 'set') map.set(String(one.key), { group: one.group, n: one.n });
        else if (one.do === 'delete') map.delete(String(one.key));
        else map.clear();
      }
      for (const group of groups) {
        const scanned = [...map.values()].filter((value) => value.group === group);
        expect(new Set(map.inGroup(group))).toEqual(new Set(scanned));
      }
    }),
    { numRuns, ...seed },
  );
});

test('a group lists its values in the order in which their keys were first set', () => {
  const map = new GroupedMap<Value>(({ group }) => group);
  map.set('a', { group: 'odd', n: 1 });
  map.set('b', { group: 'odd', n: 3 });
  map.set('a', { group: 'odd', n: 5 });
  expect(map.inGroup('odd').map(({ n }) => n)).toEqual([5, 3]);
});
