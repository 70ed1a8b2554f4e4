import { describe, expect, test } from 'vitest';
import type { PendingPatch, RecordStore } from '../../src/domain/update.ts';
import { Fault } from '../../src/fault.ts';
import { createWriteQueue } from '../../src/records/write-queue.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';

type Members = Record<string, unknown>;

/** A record with AWS's lock; `refuse` decides which content AWS refuses. */
function createStore(initial: Members, refuse: (content: Members) => boolean = () => false) {
  let version = 0;
  let stored: Members = { ...initial };
  const written: Members[] = [];
  const read = async () =>
    ({
      id: 'O1',
      ...stored,
      lastModifiedDate: `2026-01-01T00:00:00.00${version}Z`,
    }) as unknown as OpportunityRecord;
  const store: RecordStore = {
    read,
    async write({ identifier: _, lastModifiedDate, ...content }) {
      if (lastModifiedDate !== (await read()).lastModifiedDate) throw new Fault('CONFLICT', 'stale');
      if (refuse(content)) throw new Fault('VALIDATION', 'refused');
      version += 1;
      stored = content;
      written.push(content);
    },
    recall: () => undefined,
    pause: async () => {},
  };
  return { store, written, now: () => stored };
}
const pending = (patch: Members): PendingPatch => ({ patch, violations: () => [] });

describe('patches of one opportunity', () => {
  test('patches that wait together and share no field are combined into one write, each with its own outcome', async () => {
    const { store, written, now } = createStore({ a: 0, b: 0, c: 0, d: 0 });
    const queue = createWriteQueue();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => queue.enqueue('O1', pending({ [name]: 1 }), store)),
    );
    expect(answers).toEqual(['a', 'b', 'c', 'd'].map((name) => ({ kind: 'done', changedFields: [name] })));
    expect(now()).toEqual({ a: 1, b: 1, c: 1, d: 1 });
    expect(written).toHaveLength(2); // the first at once, the others together
  });

  test('patches that share a field are written in order of arrival', async () => {
    const { store, written } = createStore({ a: 0, b: 0 });
    const queue = createWriteQueue();
    await Promise.all(
      [{ a: 1 }, { a: 2 }, { a: 3, b: 3 }, { b: 4 }].map((patch) =>
        queue.enqueue('O1', pending(patch), store),
      ),
    );
    expect(written).toEqual([
      { a: 1, b: 0 },
      { a: 2, b: 0 },
      { a: 3, b: 3 },
      { a: 3, b: 4 },
    ]);
  });

  test('patches are applied although AWS refuses another one of the same combined write', async () => {
    const { store, now } = createStore({ a: 0, b: 0, c: 0 }, ({ b }) => b === 'bad');
    const queue = createWriteQueue();
    const answers = await Promise.allSettled(
      [{ x: 1 }, { a: 1 }, { b: 'bad' }, { c: 1 }].map((patch) => queue.enqueue('O1', pending(patch), store)),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(now()).toEqual({ x: 1, a: 1, b: 0, c: 1 });
  });

  test('patches are written on their own if the first one of their combined write runs out of time', async () => {
    const { store, now } = createStore({ a: 0, b: 0, c: 0 });
    const throttledStore: RecordStore = {
      ...store,
      write: async () => {
        throw new Fault('THROTTLED', 'no time left');
      },
    };
    const queue = createWriteQueue();
    const answers = await Promise.allSettled([
      queue.enqueue('O1', pending({ a: 1 }), store),
      queue.enqueue('O1', pending({ b: 1 }), throttledStore),
      queue.enqueue('O1', pending({ c: 1 }), store),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(now()).toEqual({ a: 1, b: 0, c: 1 });
  });

  test('patches of a combined write share an unknown outcome, and none is sent again', async () => {
    const { store, written } = createStore({ a: 0, b: 0, c: 0 });
    let writesSent = 0;
    // The combined write is applied, its response is lost, and the record can no longer be read.
    let isDown = false;
    const unreadableStore: RecordStore = {
      ...store,
      read: () => (isDown ? Promise.reject(new Fault('UPSTREAM_UNAVAILABLE', 'down')) : store.read()),
      async write(payload) {
        await store.write(payload);
        if (++writesSent === 1) return;
        isDown = true;
        throw new Fault('UPSTREAM_UNAVAILABLE', 'lost', { mayHaveBeenApplied: true });
      },
    };
    const queue = createWriteQueue();
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) => queue.enqueue('O1', pending({ [name]: 1 }), unreadableStore)),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['done', 'unknown', 'unknown']);
    expect(written).toHaveLength(2);
  });

  test('patches of different opportunities do not wait for each other', async () => {
    const queue = createWriteQueue();
    const { store } = createStore({ a: 0 });
    const stuck: RecordStore = { ...store, read: () => new Promise(() => {}) };
    void queue.enqueue('O1', pending({ a: 1 }), stuck);
    expect(await queue.enqueue('O2', pending({ a: 1 }), store)).toEqual({
      kind: 'done',
      changedFields: ['a'],
    });
  });
});

describe('other work on an opportunity', () => {
  test('it waits for its turn, and nothing else is written until it ends', async () => {
    const { store, written } = createStore({ a: 0, b: 0, c: 0, d: 0 });
    const queue = createWriteQueue();
    const order: string[] = [];
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const work = (name: string) => async () => {
      order.push(`${name} after ${written.length} writes`);
      await held;
      order.push(`${name} ends after ${written.length}`);
      return name;
    };
    const answers = Promise.all([
      queue.enqueue('O1', pending({ a: 1 }), store),
      queue.run('O1', work('first')),
      queue.enqueue('O1', pending({ b: 1 }), store),
      queue.enqueue('O1', pending({ c: 1 }), store),
      queue.run('O1', work('second')),
      queue.enqueue('O1', pending({ d: 1 }), store),
    ]);
    const elsewhere = createStore({ a: 0 });
    await queue.enqueue('O2', pending({ a: 1 }), elsewhere.store); // other opportunities do not wait
    release();
    expect((await answers).filter((one) => typeof one === 'string')).toEqual(['first', 'second']);
    expect(order).toEqual([
      'first after 1 writes',
      'first ends after 1',
      'second after 2 writes', // b and c are one write, which d has not joined
      'second ends after 2',
    ]);
    expect(written).toHaveLength(3);
  });

  test('work that fails rejects for its caller alone', async () => {
    const { store, now } = createStore({ a: 0 });
    const queue = createWriteQueue();
    const failing = queue.run('O1', () => Promise.reject(new Fault('VALIDATION', 'refused')));
    const patched = queue.enqueue('O1', pending({ a: 1 }), store);
    await expect(failing).rejects.toThrow('refused');
    await patched;
    expect(now()).toEqual({ a: 1 });
  });
});
