/** The shared quota when Redis, or what answers in its place, answers nonsense. Time is stopped. */
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { timeouts } from '../../../src/upstream/quota/redis-link.ts';
import { readReply } from '../../../src/upstream/quota/redis-script.ts';
import { createSharedQuota } from '../../../src/upstream/quota/shared.ts';
import { type Answer, fakeRedis } from '../../fake-redis.ts';
import { type StoppedTime, stopTime } from '../../time.ts';
import { until } from '../../until.ts';
import { aws } from './world.ts';

vi.mock('redis', async (original) =>
  (await import('../../time.ts')).redisOnStoppedTime(await original<typeof import('redis')>()),
);
let time: StoppedTime;
beforeEach(() => {
  time = stopTime();
});
afterEach(() => time[Symbol.dispose]());

const text = (value: string): string => `$${value.length}\r\n${value}\r\n`;
const list = (...items: string[]): string => `*${items.length}\r\n${items.join('')}`;
const number = (value: number | string): string => `:${value}\r\n`;
const counts = [number(9), number(99_990), number(89_990)];

/** What the script replies: a slot at once. */
let slots = 0;
const slot = (command: string[]): string =>
  list(
    number(0),
    text(command[5] ? `${command[5]}:${1_000 + slots}:${slots++}` : ''),
    text('epoch'),
    ...counts,
  );

/** Sends bytes as long as the other side takes them. */
function flood(socket: Socket): string {
  const chunk = Buffer.alloc(100_000, 'x');
  const pump = (): void => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', pump);
  setImmediate(pump);
  return '$400000000\r\n';
}

const nonsense: [string, string | ((socket: Socket) => string)][] = [
  ['an error', "-ERR unknown command 'EVAL'\r\n"],
  ['an error about its memory', "-OOM command not allowed when used memory > 'maxmemory'.\r\n"],
  ['that it is a read-only replica', "-READONLY You can't write against a read only replica.\r\n"],
  ['that it is loading', '-LOADING Redis is loading the dataset in memory\r\n'],
  ['OK', '+OK\r\n'],
  ['nil', '$-1\r\n'],
  ['null', '_\r\n'],
  ['a number', number(1)],
  ['a boolean', '#t\r\n'],
  ['a string', text('hello')],
  ['an empty list', list()],
  ['half of the list', list(number(0), text('o:1:1'), text('epoch'))],
  [
    'strings in place of numbers',
    list(text('0'), text('o:1:1'), text('epoch'), ...['9', '9', '9'].map(text)),
  ],
  ['numbers in place of strings', list(number(0), number(1), number(1), ...counts)],
  ['numbers that are none', list(',nan\r\n', text('o:1:1'), text('epoch'), ...counts)],
  ['a slot in a century', list(number(3_155_760_000_000), text('o:1:1'), text('epoch'), ...counts)],
  ['a slot in the past', list(number(-5), text('o:1:1'), text('epoch'), ...counts)],
  ['a slot that is none', list(number(0), text('x'.repeat(100)), text('epoch'), ...counts)],
  ['lists in lists', list(...Array.from({ length: 6 }, () => list(list())))],
  ['lists in lists without end', '*1\r\n'.repeat(200_000)],
  ['HTTP', 'HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'],
  ['bytes', Buffer.from([0, 255, 13, 10, 7, 42, 0]).toString('latin1')],
  ['two replies to one command', number(1) + number(2)],
  ['a message without a subscriber', `>3\r\n${text('message')}${text('channel')}${text('hello')}`],
  ['half of a reply', '*6\r\n:0\r\n$9\r\no:1'],
  ['nothing', ''],
  ['hundreds of megabytes', flood],
];

/** Replies that do not end, so that only time does. */
const endless = ['a message without a subscriber', 'half of a reply', 'nothing', 'hundreds of megabytes'];

/** A Redis that answers the script as it should, or with nonsense, and a replica of two that uses it. */
async function start(what: string, reply: (typeof nonsense)[number][1], isSaneAtFirst: boolean) {
  let isSane = isSaneAtFirst;
  let asked = 0;
  const answer: Answer = (command, socket) => {
    if (command[0] !== 'EVAL') return undefined;
    if (isSane) return slot(command);
    asked += 1;
    return typeof reply === 'string' ? reply : reply(socket);
  };
  const redis = await fakeRedis(answer);
  const logged: string[] = [];
  const log = {
    warn: (line: string) => void logged.push(`warn: ${line}`),
    info: (line: string) => void logged.push(`info: ${line}`),
  };
  const quota = createSharedQuota(aws, { url: redis.url, replicas: 2, log, clock: systemClock });
  async function ask(): Promise<number> {
    const since = systemClock.now();
    const { signal } = new AbortController();
    const ticket = { callClass: 'read', priority: 'interactive', caller: 'a', signal } as const;
    return since + (await quota.take({ ...ticket, deadline: since + 20_000 }));
  }
  return {
    logged,
    /** Asks for ten tokens, and resolves with the moments from which they may be used. */
    askTen: () => Promise.all(Array.from({ length: 10 }, ask)),
    answerNonsense: () => {
      isSane = false;
    },
    /** Resolves when the replica has noticed that it gets nonsense. */
    async noticed(): Promise<void> {
      await until(() => asked > 0);
      if (endless.includes(what)) await time.pass(timeouts.replyMs);
      await until(() => logged.length > 0);
    },
    async [Symbol.asyncDispose]() {
      quota.close();
      await redis[Symbol.asyncDispose]();
    },
  };
}

/** How many tokens the fullest second has. */
const fullest = (times: number[]): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at - from < 1_000).length));
const outage = expect.stringMatching(
  /^warn: Redis unavailable \((?!no answer within 1000).+\): using this replica's share/,
);

test.each(nonsense)(
  'a replica uses its share of the quota while Redis answers with %s, and logs that once',
  async (what, reply) => {
    await using replica = await start(what, reply, false);
    const asked = replica.askTen();
    await replica.noticed();
    await time.pass(10_000);
    expect(fullest(await asked)).toBe(4);
    expect(replica.logged).toEqual([outage]);
  },
);

test.each(nonsense)(
  'a replica changes to its share of the quota when Redis starts to answer with %s',
  async (what, reply) => {
    await using replica = await start(what, reply, true);
    await time.until(replica.askTen());
    expect(replica.logged).toEqual([]);
    replica.answerNonsense();
    const asked = replica.askTen();
    await replica.noticed();
    await time.pass(10_000);
    expect(fullest(await asked)).toBeLessThanOrEqual(5);
    expect(replica.logged).toEqual([outage]);
  },
);

test('no reply is taken for one of the script unless it has its shape', () => {
  const sane = fc.tuple(
    fc.nat(86_400_000),
    fc.constantFrom('', 'o:1700000000000:1', 'r:1700000000000:22'),
    fc.string(),
    fc.integer(),
    fc.integer(),
    fc.integer(),
  );
  fc.assert(
    fc.property(sane, (reply) => {
      expect(readReply(reply)).toEqual(reply);
    }),
  );
  fc.assert(
    fc.property(
      sane,
      fc.nat(5),
      fc.constantFrom(null, undefined, {}, [], Number.NaN, true),
      (reply, at, value) => {
        expect(() => readReply(reply.with(at, value as never))).toThrow('not a reply to the script');
      },
    ),
  );
  fc.assert(
    fc.property(fc.anything(), (reply) => {
      expect(() => readReply(reply)).toThrow();
    }),
  );
});
