import { describe, expect, test, vi } from 'vitest';
import { createBacklog } from '../../src/records/backlog.ts';

const done = { value: undefined, done: true };

describe('a backlog', () => {
  test('gives values in their order, whether they or the reader come first', async () => {
    const backlog = createBacklog<number>();
    backlog.push(1);
    backlog.push(2);
    expect(await backlog.next()).toEqual({ value: 1, done: false });
    const [second, third] = [backlog.next(), backlog.next()];
    backlog.push(3);
    expect([await second, await third]).toEqual([
      { value: 2, done: false },
      { value: 3, done: false },
    ]);
  });

  test('ends at once for a reader who is waiting', async () => {
    const onEnd = vi.fn();
    const backlog = createBacklog<number>(onEnd);
    const waiting = backlog.next();
    expect(await backlog.return()).toEqual(done);
    expect(await waiting).toEqual(done);
    backlog.push(1);
    expect(await backlog.next()).toEqual(done);
    await backlog.return();
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test('gives what waits before it ends, and an error once', async () => {
    const backlog = createBacklog<number>();
    backlog.push(1);
    backlog.end({ error: new Error('gone') });
    backlog.push(2);
    expect(await backlog.next()).toEqual({ value: 1, done: false });
    await expect(backlog.next()).rejects.toThrow('gone');
    expect(await backlog.next()).toEqual(done);
  });

  test('keeps so many values and no more, and then reports that to the reader', async () => {
    const onEnd = vi.fn();
    const backlog = createBacklog<number>(onEnd, 3);
    for (const value of [1, 2, 3]) backlog.push(value);
    expect(onEnd).not.toHaveBeenCalled();
    backlog.push(4);
    expect(onEnd).toHaveBeenCalledOnce();
    await expect(backlog.next()).rejects.toMatchObject({ code: 'SUBSCRIBER_TOO_SLOW' });
    expect(await backlog.next()).toEqual(done);
  });
});
