import { describe, expect, test } from 'vitest';
import { createProofs, type Seen, windowMs } from '../../src/events/proofs.ts';
import { lagMs } from '../../src/records/sightings.ts';
import type { OpportunitySummary } from '../../src/upstream/wire.ts';
import { fakeClock } from '../clock.ts';

const time = '2031-05-14T12:00:00Z';
const idOf = (index: number) => `O${index + 1}`;

/** Proofs against a list with a date for every opportunity, and the calls that they make. */
function prover(dateOf: (id: string) => string | undefined = () => time) {
  const { clock, ...fake } = fakeClock();
  const calls: { at: number; ids: readonly string[] }[] = [];
  const seen: Seen[] = [];
  const proofs = createProofs({
    clock,
    async lookUp(ids) {
      calls.push({ at: clock.now(), ids });
      return ids.map((id) => {
        const lastModifiedDate = dateOf(id);
        if (lastModifiedDate === 'fails') return new Error('AWS is down');
        return lastModifiedDate ? ({ id, lastModifiedDate } as OpportunitySummary) : undefined;
      });
    },
    onSeen: (more) => void seen.push(...more),
  });
  return { ...proofs, ...fake, calls, seen };
}

describe('the proofs of events', () => {
  test('the events of an opportunity within a second are one look-up', async () => {
    const { prove, advance, calls } = prover();
    const proven = [prove('O1', time), prove('O1', time)];
    await advance(windowMs - 1);
    proven.push(prove('O1', time));
    expect(calls).toEqual([]);
    await advance(1);
    expect(calls).toEqual([{ at: windowMs, ids: ['O1'] }]);
    await Promise.all(proven);
    void prove('O1', time);
    await advance(windowMs);
    expect(calls).toHaveLength(2);
  });

  test('a storm of a thousand opportunities is fifty calls, however it is spread over time', async () => {
    for (const everyMs of [0, 1, 3, 10, 49]) {
      const { prove, advance, calls } = prover();
      const proven: Promise<void>[] = [];
      for (let index = 0; index < 1_000; index++) {
        proven.push(prove(idOf(index), time));
        await advance(everyMs);
      }
      await advance(windowMs);
      await Promise.all(proven);
      expect(calls).toHaveLength(50);
      expect(new Set(calls.flatMap(({ ids }) => ids)).size).toBe(1_000);
    }
  });

  test('no event waits for more than a second', async () => {
    const { prove, advance, calls } = prover();
    for (let index = 0; index < 70; index++) {
      void prove(idOf(index), time);
      await advance(90);
    }
    await advance(windowMs);
    for (const { at, ids } of calls)
      for (const id of ids) expect(at - (Number(id.slice(1)) - 1) * 90).toBeLessThanOrEqual(windowMs);
  });

  test('what could not be looked up is an error for its own event only', async () => {
    const { prove, advance, seen } = prover((id) => (id === 'O1' ? 'fails' : time));
    const failing = expect(prove('O1', time)).rejects.toThrow('AWS is down');
    const proven = prove('O2', time);
    await advance(windowMs);
    await Promise.all([failing, proven]);
    expect(seen.map(({ id }) => id)).toEqual(['O2']);
  });

  test.each([
    ['lacks the opportunity', undefined],
    ['has a version that is older than the event', '2031-05-14T11:59:57Z'],
  ])('an opportunity is looked up once more if the list %s', async (_what, date) => {
    const { prove, advance, calls, seen } = prover(() => date);
    const proven = prove('O1', time);
    await advance(windowMs);
    await proven;
    await advance(lagMs - 1);
    expect(calls).toHaveLength(1);
    await advance(60_000);
    expect(calls.map(({ at }) => at)).toEqual([windowMs, windowMs + lagMs]);
    expect(seen.map(({ isBehind }) => isBehind)).toEqual([true, false]);
  });

  test('a version that is as new as an event dated by the second is taken for the one that it reports', async () => {
    const { prove, advance, calls, seen } = prover(() => '2031-05-14T11:59:58.900Z');
    void prove('O1', time);
    await advance(60_000);
    expect(calls).toHaveLength(1);
    expect(seen).toMatchObject([{ isBehind: false, isPending: false }]);
  });

  test('an opportunity of which an event comes while it is looked up is looked up again', async () => {
    const { clock, advance } = fakeClock();
    const answer = Promise.withResolvers<void>();
    const seen: Seen[] = [];
    const proofs = createProofs({
      clock,
      async lookUp(ids) {
        await answer.promise;
        return ids.map((id) => ({ id, lastModifiedDate: time }));
      },
      onSeen: (more) => void seen.push(...more),
    });
    void proofs.prove('O1', time);
    await advance(windowMs);
    void proofs.prove('O1', time);
    answer.resolve();
    await advance(windowMs);
    expect(seen.map(({ isPending }) => isPending)).toEqual([true, false]);
  });

  test('who waits when the gateway stops is let go, and nothing is looked up any more', async () => {
    const { prove, stop, advance, calls, timers } = prover(() => undefined);
    void prove('O1', time);
    await advance(windowMs);
    const waiting = expect(prove('O2', time)).rejects.toThrow('stopping');
    stop(new Error('stopping'));
    await waiting;
    await advance(60_000);
    expect(calls).toHaveLength(1);
    expect(timers()).toBe(0);
  });
});
