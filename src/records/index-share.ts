/**
 * The index of several replicas: one of them asks AWS, and all hear of it through Redis, which keeps every row for those that
 * start later. While Redis is unavailable, each replica keeps its own.
 *
 * The lease only saves calls. A replica that wakes up after another has taken it over does no harm: a row never replaces a
 * later one, and the state of the index is written only together with a check of the lease.
 */
import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import type { Clock } from '../clock.ts';
import type { FeedRow } from '../domain/feed.ts';
import { read } from '../upstream/codec.ts';
import type { IndexReader } from './index-reader.ts';
import { indexRow } from './index-row.ts';
import type { OpportunityIndex } from './opportunity-index.ts';
import type { Sightings } from './sightings.ts';

export type IndexShareOptions = {
  /** `redis://` or `rediss://` */
  url: string;
  /** One name for one AWS account and catalog. */
  name: string;
  log: { warn(message: string): void; info(message: string): void };
  clock: Pick<Clock, 'now' | 'setTimer'>;
  intervalMs: number;
};

export type IndexShare = {
  /** Sends a row that this replica was the first to see. */
  put(row: FeedRow): void;
  /** Starts to hear what the others have seen. */
  start(heard: { index: OpportunityIndex; reader: IndexReader; sightings: Sightings }): void;
  /** Whether this replica is the one that asks AWS: the holder of the lease, or any while Redis is unavailable. */
  isKeeper(): boolean;
  close(): void;
};

const timeouts = { connectMs: 5_000, retryMs: 1_000, replyMs: 2_000 };
const reportEveryMs = 60_000;
/** How often a replica asks Redis, at most, and for how many times that long it keeps the lease. */
const maxBeatMs = 1_000;
const lease = { beats: 5, minMs: 2_000 };
/** Rows per command. */
const maxRows = 500;
/** How long Redis keeps the index of an account that no replica serves. */
const keptMs = 7 * 86_400_000;

/** Part of the keys: raise it with every change of a row's format, so that releases do not read each other's. */
const formatVersion = 1;

/**
 * Takes or renews the lease, writes the state if this replica holds it, and returns the rows after a number. A Redis that is
 * short of memory may have dropped the rows and kept the state: then everything is forgotten, and sent again by those that
 * have it. Until the keeper has sent its rows again there is no state, which says that the rows are all there are.
 */
const beatScript = `
local rowCount, isWhole = redis.call('HLEN', KEYS[2]), true
if rowCount ~= redis.call('ZCARD', KEYS[3]) or (rowCount == 0 and redis.call('HEXISTS', KEYS[4], 'last') == 1) then
  redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
  isWhole = false
end
local holder = redis.call('GET', KEYS[1])
if not holder then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) holder = ARGV[1]
elseif holder == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if isWhole and holder == ARGV[1] and ARGV[5] ~= '' and tonumber(redis.call('HGET', KEYS[4], 'last') or 0) >= tonumber(ARGV[8]) then
  redis.call('HSET', KEYS[4], 'asOf', ARGV[5], 'newest', ARGV[6])
  for n = 2, 4 do redis.call('PEXPIRE', KEYS[n], ARGV[7]) end
end
local state = redis.call('HMGET', KEYS[4], 'asOf', 'newest', 'last')
local ids = redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. ARGV[3], '+inf', 'LIMIT', 0, ARGV[4])
local rows, upTo = {}, ARGV[3]
if #ids > 0 then
  rows = redis.call('HMGET', KEYS[2], unpack(ids))
  upTo = redis.call('ZSCORE', KEYS[3], ids[#ids])
end
return {holder == ARGV[1] and 1 or 0, state[1] or '', state[2] or '', state[3] or '0', upTo, rows}`;

/**
 * Stores rows, each with a new number, unless a later one of the same opportunity is stored. Returns the number of the last
 * one.
 */
const putScript = `
for n = 1, #ARGV, 3 do
  local old = redis.call('HGET', KEYS[2], ARGV[n])
  if not old or string.match(old, '^%d*') < ARGV[n + 1] then
    redis.call('HSET', KEYS[2], ARGV[n], ARGV[n + 1] .. ' ' .. ARGV[n + 2])
    redis.call('ZADD', KEYS[3], redis.call('HINCRBY', KEYS[4], 'last', 1), ARGV[n])
  end
end
return redis.call('HGET', KEYS[4], 'last') or '0'`;

const forgetScript = `return redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])`;

type Reply = [
  isKeeper: number,
  asOf: string,
  newest: string,
  last: string,
  upTo: string,
  rows: (string | null)[],
];

/** A stored row; undefined if it is none. */
function parseRow(text: string | null): FeedRow | undefined {
  try {
    return text ? (indexRow.safeParse(read(text.slice(text.indexOf(' ') + 1))).data as FeedRow) : undefined;
  } catch {
    return undefined;
  }
}

/** Starts to connect and returns at once. */
export function createIndexShare({ url, name, log, clock, intervalMs }: IndexShareOptions): IndexShare {
  const self = randomUUID();
  const keys = ['lease', 'rows', 'order', 'state'].map((part) => `${name}:index:v${formatVersion}:${part}`);
  const beatMs = Math.min(maxBeatMs, intervalMs);
  const leaseMs = Math.max(lease.minMs, lease.beats * beatMs);
  let pending = new Map<string, FeedRow>();
  let state: 'connecting' | 'follower' | 'keeper' | 'alone' = 'connecting';
  /** The number of the last row that was heard. */
  let heardUpTo = 0;
  /** The highest number that Redis has told this replica: if its last one is lower, it has lost rows. */
  let knownUpTo = 0;
  /** Whether Redis may lack rows that this replica has. */
  let isBehind = false;
  let isClosed = false;
  let stopTimer = () => {};
  let reportedAt = Number.NEGATIVE_INFINITY;
  let isReported = false;

  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: timeouts.connectMs, reconnectStrategy: () => timeouts.retryMs },
  });
  client.on('error', fail);
  client.connect().catch(() => {});

  /** An outage is reported once, and a Redis that comes and goes once a minute. */
  function fail(): void {
    if (isClosed) return;
    state = 'alone';
    isBehind = true;
    if (isReported || clock.now() - reportedAt < reportEveryMs) return;
    log.warn('Redis unavailable: this replica keeps its index by itself.');
    isReported = true;
    reportedAt = clock.now();
  }

  function run(script: string, args: string[]): Promise<unknown> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const stop = clock.setTimer(() => reject(new Error('Redis is late')), timeouts.replyMs);
    return Promise.race([client.eval(script, { keys, arguments: args }), late]).finally(stop);
  }

  async function flush(): Promise<void> {
    while (pending.size > 0) {
      const rows = [...pending].slice(0, maxRows);
      const args = rows.flatMap(([id, row]) => [id, row.position, JSON.stringify(row)]);
      knownUpTo = Math.max(knownUpTo, Number(await run(putScript, args)));
      // One that came in between stays.
      for (const [id, row] of rows) if (pending.get(id) === row) pending.delete(id);
    }
  }

  async function beat({ index, reader, sightings }: Parameters<IndexShare['start']>[0]): Promise<void> {
    // Before the rows, so that all that were seen until then are in Redis when it gets this state.
    const seenAsOf = index.asOf ?? '';
    const seenNewest = reader.newest();
    await flush();
    for (let isDrained = false; !isDrained && !isClosed; ) {
      const own = state === 'keeper' ? [seenAsOf, seenNewest] : ['', ''];
      const args = [self, leaseMs, heardUpTo, maxRows, ...own, keptMs, knownUpTo].map(String);
      const [isKeeper, asOf, newest, last, upTo, rows] = (await run(beatScript, args)) as Reply;
      const found = rows.map(parseRow);
      if (isBehind || Number(last) < knownUpTo) {
        heardUpTo = 0;
        knownUpTo = 0;
        pending = new Map(index.inOrder().map((row) => [row.summary.id, row]));
        await flush();
        isBehind = false;
        continue;
      }
      knownUpTo = Number(last);
      // The others would pass for all there are. Those that replicas have themselves are sent again.
      if (found.includes(undefined)) {
        log.warn(
          'The index in Redis has rows that cannot be read: it is removed, and replicas send theirs again.',
        );
        await run(forgetScript, []);
        isBehind = true;
        continue;
      }
      for (const row of found) if (row) sightings.merge(row, index.asOf !== undefined);
      heardUpTo = Math.max(heardUpTo, Number(upTo));
      isDrained = rows.length < maxRows;
      if (!isDrained) continue;
      if (asOf !== '' && (!index.asOf || (!isKeeper && asOf > index.asOf))) index.asOf = asOf;
      reader.continueFrom(newest);
      state = isKeeper ? 'keeper' : 'follower';
    }
    if (isReported) log.info('Redis reconnected: the replicas share the index again.');
    isReported = false;
  }

  return {
    put: (row) => void pending.set(row.summary.id, row),
    isKeeper: () => state === 'keeper' || state === 'alone',
    start(heard) {
      const loop = async (): Promise<void> => {
        if (client.isReady) await beat(heard).catch(fail);
        else {
          // Rows that cannot be sent are in the index, from which all are sent later.
          isBehind ||= pending.size > 0;
          pending.clear();
        }
        if (!isClosed) stopTimer = clock.setTimer(() => void loop(), beatMs);
      };
      void loop();
    },
    close() {
      isClosed = true;
      stopTimer();
      client.destroy();
    },
  };
}
