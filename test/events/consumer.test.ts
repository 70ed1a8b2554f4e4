import { describe, expect, test } from 'vitest';
import { type Outcome, startConsumer } from '../../src/events/consumer.ts';
import type { Queue, QueueMessage } from '../../src/upstream/queue.ts';
import { fakeClock } from '../clock.ts';
import { until } from '../until.ts';

const messageOf = (id: number, receiveCount = 1): QueueMessage => ({
  id: String(id),
  body: `body ${id}`,
  receiveCount,
  receiptHandle: `receipt ${id}`,
});

/** A consumer of a queue that has these messages, or fails, and then waits for ever. */
function consumerOf(
  receipts: (QueueMessage[] | Error)[],
  take: (message: QueueMessage) => Promise<Outcome> = async () => 'done',
) {
  const fake = fakeClock();
  const deleted: string[][] = [];
  const hidden: [id: string, seconds: number][] = [];
  const logged: string[] = [];
  const counts = { receipts: 0, errors: 0, closed: 0 };
  const left = [...receipts];
  const queue: Queue = {
    async receive(signal) {
      counts.receipts += 1;
      signal.throwIfAborted();
      const next = left.shift();
      if (next instanceof Error) throw next;
      if (next) return next;
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return [];
    },
    async delete(messages) {
      deleted.push(messages.map(({ id }) => id));
    },
    async hide({ id }, seconds) {
      hidden.push([id, seconds]);
    },
    close() {
      counts.closed += 1;
    },
  };
  const note = (details: object, message: string) =>
    void logged.push(`${JSON.stringify(details)} ${message}`);
  const consumer = startConsumer({
    queue,
    take,
    clock: fake.clock,
    log: { warn: note, info: note },
    onError() {
      counts.errors += 1;
    },
  });
  return { ...consumer, ...fake, queue, deleted, hidden, logged, counts };
}

describe('a consumer of a queue', () => {
  test('messages are deleted when they are done, ten to a call, and not before', async () => {
    const release = Promise.withResolvers<void>();
    const messages = Array.from({ length: 12 }, (_, id) => messageOf(id));
    const consumer = consumerOf([messages.slice(0, 10), messages.slice(10)], async () => {
      await release.promise;
      return 'done';
    });
    // The second receipt does not wait for the messages of the first.
    await until(() => consumer.counts.receipts === 3);
    expect(consumer.deleted).toEqual([]);
    release.resolve();
    await until(() => consumer.deleted.length === 2);
    expect(consumer.deleted.flat()).toHaveLength(12);
    await consumer.stop();
    expect(consumer.counts).toMatchObject({ errors: 0, closed: 1 });
  });

  test('a message for later is hidden for longer every time, and an unusable one is left to the queue', async () => {
    const messages = [messageOf(1), messageOf(2, 2), messageOf(3, 9), messageOf(4)];
    const consumer = consumerOf([messages], async ({ id }) => (id === '4' ? 'unusable' : 'later'));
    await until(() => consumer.hidden.length === 3);
    await consumer.stop();
    expect(consumer.hidden).toEqual([
      ['1', 30],
      ['2', 60],
      ['3', 900],
    ]);
    expect(consumer.deleted).toEqual([]);
  });

  test('a queue that fails is tried again ever more rarely, and is logged once', async () => {
    const consumer = consumerOf([...Array.from({ length: 8 }, () => new Error('away')), [messageOf(1)]]);
    await until(() => consumer.deleted.length === 1);
    await consumer.stop();
    const seconds = [1, 2, 4, 8, 16, 30, 30, 30];
    expect(consumer.slept).toEqual(seconds.map((each) => each * 1_500));
    expect(consumer.counts.errors).toBe(8);
    expect(consumer.logged).toEqual([
      '{"error":"Error"} queue of events unavailable; trying again',
      '{} queue of events available again',
    ]);
  });

  test('a queue that answers without waiting is not asked in a loop', async () => {
    const consumer = consumerOf([[], [], [messageOf(1)]]);
    await until(() => consumer.deleted.length === 1);
    await consumer.stop();
    expect(consumer.slept).toEqual([1_000, 1_000]);
  });

  test('at most a thousand messages are in hand', async () => {
    const releases: (() => void)[] = [];
    const receipts = Array.from({ length: 101 }, (_, part) =>
      Array.from({ length: 10 }, (_, id) => messageOf(part * 10 + id)),
    );
    const consumer = consumerOf(
      receipts,
      () => new Promise((resolve) => releases.push(() => resolve('done'))),
    );
    await until(() => releases.length === 1_000);
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(consumer.counts.receipts).toBe(100);
    releases[0]?.();
    await until(() => releases.length === 1_010);
    for (const release of releases) release();
    await consumer.stop();
  });

  test('a consumer that stops returns what it has not handled, and waits two seconds for the queue at most', async () => {
    const release = Promise.withResolvers<Outcome>();
    const consumer = consumerOf([[messageOf(1)]], () => release.promise);
    await until(() => consumer.counts.receipts === 2);
    const stopped = consumer.stop();
    release.resolve('later');
    await stopped;
    expect(consumer.hidden).toEqual([['1', 0]]);

    const stuck = consumerOf([[messageOf(1)]], () => new Promise(() => {}));
    await until(() => stuck.counts.receipts === 2);
    const late = stuck.stop();
    await stuck.advance(2_000);
    await late;
    expect(stuck.counts.closed).toBe(1);
  });

  test('a deletion that fails is counted, and the message comes again', async () => {
    const consumer = consumerOf([[messageOf(1)]]);
    consumer.queue.delete = async () => {
      throw new Error('away');
    };
    await until(() => consumer.counts.errors === 1);
    await consumer.stop();
  });
});
