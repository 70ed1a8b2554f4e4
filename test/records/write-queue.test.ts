import { describe, expect, test } from 'vitest';
import type { PendingPatch, RecordStore } from '../../src/domain/update.ts';
import { Fault } from '../../src/fault.ts';
import { createWriteQueue } from '../../src/records/write-queue.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';

type Members = Record<string, unknown>;

/** A record behind AWS's lock; `refuse` says which content AWS will not have. */
function upstream(initial: Members, refuse: (content: Members) => boolean = () => false) {
  let version = 0;
  let stored: Members = { ...initial };
  const written: Members[] = [];
  const read = async () =>
    ({
      id: 'O1',
      ...stored,
      lastModifiedDate: `2026-01-01T00:00:00.00${version}Z`,
    }) as unknown as OpportunityRecord;
  const port: RecordStore = {
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
  return { port, written, now: () => stored };
}
const job = (patch: Members): PendingPatch => ({ patch, violations: () => [] });

describe('patches of one opportunity', () => {
  test('that wait together and share no field go out as one write, each with its own answer', async () => {
    const { port, written, now } = upstream({ a: 0, b: 0, c: 0, d: 0 });
    const writes = createWriteQueue();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => writes.enqueue('O1', job({ [name]: 1 }), port)),
    );
    expect(answers).toEqual(['a', 'b', 'c', 'd'].map((name) => ({ kind: 'done', changedFields: [name] })));
    expect(now()).toEqual({ a: 1, b: 1, c: 1, d: 1 });
    expect(written).toHaveLength(2); // the first at once, the others together
  });

  test('that share a field are written in the order they came, and none overtakes', async () => {
    const { port, written } = upstream({ a: 0, b: 0 });
    const writes = createWriteQueue();
    await Promise.all(
      [{ a: 1 }, { a: 2 }, { a: 3, b: 3 }, { b: 4 }].map((patch) => writes.enqueue('O1', job(patch), port)),
    );
    expect(written).toEqual([
      { a: 1, b: 0 },
      { a: 2, b: 0 },
      { a: 3, b: 3 },
      { a: 3, b: 4 },
    ]);
  });

  test('do not suffer for each other: AWS refuses one, the others land', async () => {
    const { port, now } = upstream({ a: 0, b: 0, c: 0 }, ({ b }) => b === 'bad');
    const writes = createWriteQueue();
    const answers = await Promise.allSettled(
      [{ x: 1 }, { a: 1 }, { b: 'bad' }, { c: 1 }].map((patch) => writes.enqueue('O1', job(patch), port)),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(now()).toEqual({ x: 1, a: 1, b: 0, c: 1 });
  });

  test('go on by themselves when the one that leads them runs out of time', async () => {
    const { port, now } = upstream({ a: 0, b: 0, c: 0 });
    const tired: RecordStore = {
      ...port,
      write: async () => {
        throw new Fault('THROTTLED', 'no time left');
      },
    };
    const writes = createWriteQueue();
    const answers = await Promise.allSettled([
      writes.enqueue('O1', job({ a: 1 }), port),
      writes.enqueue('O1', job({ b: 1 }), tired),
      writes.enqueue('O1', job({ c: 1 }), port),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(now()).toEqual({ a: 1, b: 0, c: 1 });
  });

  test('that went out together share an unknown outcome, and none is sent again', async () => {
    const { port, written } = upstream({ a: 0, b: 0, c: 0 });
    let writesSent = 0;
    // The joint write lands, its answer is lost, and the record cannot be read any more.
    let isDown = false;
    const mute: RecordStore = {
      ...port,
      read: () => (isDown ? Promise.reject(new Fault('UPSTREAM_UNAVAILABLE', 'down')) : port.read()),
      async write(payload) {
        await port.write(payload);
        if (++writesSent === 1) return;
        isDown = true;
        throw new Fault('UPSTREAM_UNAVAILABLE', 'lost', { mayHaveBeenApplied: true });
      },
    };
    const writes = createWriteQueue();
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) => writes.enqueue('O1', job({ [name]: 1 }), mute)),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['done', 'unknown', 'unknown']);
    expect(written).toHaveLength(2);
  });

  test('of different opportunities do not wait for each other', async () => {
    const writes = createWriteQueue();
    const { port } = upstream({ a: 0 });
    const stuck: RecordStore = { ...port, read: () => new Promise(() => {}) };
    void writes.enqueue('O1', job({ a: 1 }), stuck);
    expect(await writes.enqueue('O2', job({ a: 1 }), port)).toEqual({ kind: 'done', changedFields: ['a'] });
  });
});
