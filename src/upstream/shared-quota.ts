/**
 * The quota of several replicas that share one AWS account, kept in Redis. Each replica keeps its own queue, in its own
 * order, and books one place at a time for whoever is first in it. Redis answers when that place is, and the replica
 * sleeps until then: one round trip for a token, and nobody polls. While Redis is away, a replica goes by its share.
 */
import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import {
  type CallClass,
  type Clock,
  createGovernor,
  day,
  type Limits,
  limitsOf,
  minute,
  pauseOf,
  type Quota,
  type QuotaLimits,
  type Remaining,
  second,
  slowdown,
  systemClock,
  type Tokens,
  type Turn,
  Windows,
} from './quota.ts';

export type SharedQuotaOptions = {
  /** `redis://` or `rediss://` */
  url: string;
  /** How many replicas there are at most: each goes by this part of the limits while Redis is away. */
  replicas: number;
  log: { warn(message: string): void; info(message: string): void };
  clock?: Clock;
  /** What the keys in Redis begin with: one name for one AWS account and catalog. */
  name?: string;
};

/**
 * How late a place may be used, since others count on it. Half of the margin in `second`: what is left of the margin is
 * for the network. A replica that wakes up later gives the place back and books another.
 */
const graceMs = 20;
/** How long Redis may take to be reached, and to answer; and how long it is left alone after it did not. */
const patience = { connectMs: 1_000, answerMs: 250, retryMs: 1_000 };
/** Answers in a row that came too late to be of use, until Redis counts as away. */
const lateAnswers = 10;

/**
 * KEYS: the places booked (a sorted set by time) and the rest (a hash, with the tokens of each minute of the day: `a`
 * all, `o` those that are not of the reserve). Places are `kind:time:number`, `o` or `r` for one that may be of the
 * reserve. All times are Redis' own. Answers: wait in ms, place or '' when the day is spent, epoch, what is left of
 * the second, of the day, and of the day without its reserve.
 */
const script = `
local places, rest = KEYS[1], KEYS[2]
local want, unused, pause, settle, epoch, localMinute = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
local limits = cjson.decode(ARGV[7])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local thisMinute = math.floor(now / ${minute})
local function get(field) return tonumber(redis.call('HGET', rest, field) or 0) end
local function set(field, value) redis.call('HSET', rest, field, string.format('%.17g', value)) end

-- The day: a minute is forgotten when its last moment is a day old.
local forgotten = thisMinute - ${day / minute} - 1
local oldest = get('oldest')
if oldest == 0 then oldest = thisMinute end
for m = oldest, forgotten do
  for _, kind in ipairs({'a', 'o'}) do
    redis.call('HINCRBY', rest, kind, -get(kind .. m))
    redis.call('HDEL', rest, kind .. m)
  end
end
oldest = math.max(oldest, forgotten + 1)
local function count(m, kind, tokens)
  if m <= forgotten then return end
  oldest = math.min(oldest, m)
  for _, counted in ipairs(kind == 'o' and {'a', 'o'} or {'a'}) do
    redis.call('HINCRBY', rest, counted .. m, tokens)
    redis.call('HINCRBY', rest, counted, tokens)
  end
end

-- What the replica has to say: tokens that Redis does not know of, a place it will not use, a refusal by AWS.
redis.call('HSETNX', rest, 'epoch', epoch)
for i = 8, #ARGV, 3 do count(tonumber(ARGV[i]) - localMinute + thisMinute, ARGV[i + 1], tonumber(ARGV[i + 2])) end
if unused ~= '' and redis.call('ZREM', places, unused) == 1 then
  local kind, at = string.match(unused, '(%a):(%d+)')
  count(math.floor(at / ${minute}), kind, -1)
end
local paused, slowedTo, slowedUntil = get('paused'), tonumber(redis.call('HGET', rest, 'slowedTo') or 1), get('slowedUntil')
local function pace()
  return math.min(1, slowedTo + ${slowdown.step} * math.max(0, math.floor((now - slowedUntil) / ${slowdown.stepMs})))
end
if pause > 0 then
  if now >= paused then slowedTo = math.max(${slowdown.least}, pace() * ${slowdown.factor}) end
  paused = math.max(paused, now + pause)
  set('slowedTo', slowedTo)
  set('slowedUntil', paused)
end
if settle > 0 and redis.call('ZCARD', places) == 0 then paused = math.max(paused, now + settle) end
set('paused', paused)

-- The places of the last second and those to come, and the first moment at which one more leaves no second too full:
-- a run of as many places as fit into a second keeps everything out that is less than a second from both its ends.
local rate = limits.all.perSecond * pace()
redis.call('ZREMRANGEBYSCORE', places, '-inf', now - ${second} * math.max(1, 1 / rate))
local taken = { a = {}, o = {} }
for _, place in ipairs(redis.call('ZRANGE', places, 0, -1)) do
  local kind, at = string.match(place, '(%a):(%d+)')
  table.insert(taken.a, tonumber(at))
  if kind == 'o' then table.insert(taken.o, tonumber(at)) end
end
local function fit(at, times, perSecond)
  local rate = perSecond * pace()
  local most, length = math.max(1, math.floor(rate)), ${second} * math.max(1, 1 / rate)
  for i = 1, #times - most + 1 do
    if at > times[i + most - 1] - length and at < times[i] + length then at = times[i] + length end
  end
  return math.ceil(at)
end
local at, place = math.max(now, paused), ''
if want ~= '' then
  repeat
    local before = at
    at = fit(at, taken.a, limits.all.perSecond)
    if want == 'o' then at = fit(at, taken.o, limits.ordinary.perSecond) end
  until at == before
  local free = at
  for kind, perDay in pairs(want == 'o' and { a = limits.all.perDay, o = limits.ordinary.perDay } or { a = limits.all.perDay }) do
    local spent, m = get(kind), oldest
    while spent >= perDay and m <= thisMinute + 1 do
      spent = spent - get(kind .. m)
      m = m + 1
      free = math.max(free, m * ${minute} + ${day})
    end
  end
  if free == at then
    place = want .. ':' .. string.format('%.0f', at) .. ':' .. redis.call('HINCRBY', rest, 'number', 1)
    redis.call('ZADD', places, at, place)
    count(math.floor(at / ${minute}), want, 1)
  end
  at = free
end
set('oldest', oldest)
redis.call('PEXPIRE', places, ${day + 60 * minute})
redis.call('PEXPIRE', rest, ${day + 60 * minute})
local left = math.max(0, math.max(1, math.floor(rate)) - #taken.a - (place == '' and 0 or 1))
return { at - now, place, redis.call('HGET', rest, 'epoch'), left, limits.all.perDay - get('a'), limits.ordinary.perDay - get('o') }
`;

type Answer = [
  wait: number,
  place: string,
  epoch: string,
  left: number,
  leftToday: number,
  leftOrdinary: number,
];
type Client = ReturnType<typeof createClient>;
type LinkState = 'opening' | 'up' | 'away' | 'closed';
type Link = ReturnType<typeof openLink>;

/**
 * The connection to Redis, made again whenever it is lost. Redis counts as there when it answers `probe` soon enough to
 * be of use, at least once in three times. `changed` hears of every change of state.
 */
function openLink({ url, log }: SharedQuotaOptions, clock: Clock, probe: () => Request, changed: () => void) {
  let state: LinkState = 'opening';
  let client: Client | undefined;
  let stopTimer = () => {};

  const inTime = <T>(promise: Promise<T>, ms: number): Promise<T> => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const stop = clock.setTimer(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    return Promise.race([promise, late]).finally(stop);
  };

  const ask = async (asked: Client, { keys, args }: Request) =>
    (await inTime(asked.eval(script, { keys, arguments: args }), patience.answerMs)) as unknown as Answer;

  const become = (next: LinkState) => {
    const before = state;
    state = next;
    if (before !== next) changed();
  };

  const lose = (lost: Client, reason: unknown) => {
    if (lost.isOpen) lost.destroy();
    if (lost !== client || state === 'closed') return;
    client = undefined;
    stopTimer = clock.setTimer(open, patience.retryMs);
    const why = reason instanceof Error ? reason.message || reason.name : String(reason);
    if (state !== 'away')
      log.warn(`Redis is away (${why}): this replica goes by its share of the quota until it is back.`);
    become('away');
  };

  const open = async () => {
    const socket = { connectTimeout: patience.connectMs, reconnectStrategy: false as const };
    const opened: Client = createClient({ url, disableOfflineQueue: true, socket });
    client = opened;
    opened.on('error', (error: Error) => lose(opened, error));
    opened.on('end', () => lose(opened, 'the connection ended'));
    try {
      await inTime(opened.connect(), patience.connectMs);
      let took = Number.POSITIVE_INFINITY;
      for (let attempt = 0; attempt < 3 && took > graceMs; attempt++) {
        const began = clock.now();
        await ask(opened, probe());
        took = clock.now() - began;
      }
      if (took > graceMs) throw new Error(`it takes ${Math.ceil(took)} ms to answer`);
    } catch (error) {
      lose(opened, error);
    }
    if (client !== opened || state === 'closed') return;
    if (state === 'away') log.info('Redis is back: the replicas share the quota again.');
    become('up');
  };
  void open();

  return {
    state: () => state,
    lose: (reason: string) => client && lose(client, reason),
    async run(request: Request): Promise<Answer> {
      const asked = client;
      if (!asked || state !== 'up') throw new Error('Redis is away');
      try {
        return await ask(asked, request);
      } catch (error) {
        lose(asked, error);
        throw error;
      }
    },
    close() {
      state = 'closed';
      stopTimer();
      if (client?.isOpen) client.destroy();
    },
  };
}

type Kind = 'o' | 'r';
type Request = { keys: string[]; args: string[] };
/** Tokens by minute of this replica's clock and kind, as `minute:kind`. */
type Tally = Map<string, number>;
const add = (tally: Tally, key: string, tokens: number) => tally.set(key, (tally.get(key) ?? 0) + tokens);
/** What the script is asked: to book a place, to take one back, to hear of a refusal by AWS or of tokens spent. */
type Wish = { want?: Kind; unused?: string; pauseMs?: number; tell?: Tally };
type Ask = (wish: Wish) => Request;

/** The requests of a class. */
function asking(name: string, callClass: CallClass, limits: QuotaLimits, clock: Clock): Ask {
  const keys = ['places', 'rest'].map((key) => `{${name}:${callClass}}:${key}`);
  const limitsText = JSON.stringify(limitsOf(limits, callClass));
  return ({ want = '', unused = '', pauseMs = 0, tell = new Map() }) => {
    // Tokens to tell of were spent while Redis was away. If it also holds no place, then it has forgotten the last
    // second, and other replicas may still go by their shares: it gives no place until they must have found it again.
    const settleMs = tell.size > 0 ? patience.retryMs + second : 0;
    const thisMinute = Math.floor(clock.now() / minute);
    const told = [...tell].flatMap(([key, tokens]) => [...key.split(':'), `${tokens}`]);
    const head = [want, unused, `${Math.ceil(pauseMs)}`, `${settleMs}`, randomUUID(), `${thisMinute}`];
    return { keys, args: [...head, limitsText, ...told] };
  };
}

/** The tokens of one class: booked in Redis while it is there, out of this replica's share while it is not. */
function createSource(
  link: Link,
  clock: Clock,
  ask: Ask,
  whole: Limits,
  replicas: number,
  changed: () => void,
) {
  const part = ({ perSecond, perDay }: Limits['all']) => ({
    perSecond: perSecond / replicas,
    perDay: perDay / replicas,
  });
  let share = new Windows({ all: part(whole.all), ordinary: part(whole.ordinary) });
  let place: { id: string; at: number; until: number; reserved: boolean } | undefined;
  let exhausted: { at: number; reserved: boolean; until: number } | undefined;
  let last: { at: number; epoch: string; left: number[] } | undefined;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let booking = false;
  let lateInARow = 0;
  const spent: Tally = new Map();
  let owed: Tally = new Map();

  const call = async (wish: Wish) => {
    const tell = owed;
    const unused = place?.id ?? '';
    owed = new Map();
    place = undefined;
    if (wish.want) booking = true;
    const sent = clock.now();
    try {
      const [waitMs, id, epoch, ...left] = await link.run(ask({ ...wish, unused, tell }));
      const received = clock.now();
      const reserved = wish.want === 'r';
      // Redis counted `waitMs` from somewhere between `sent` and `received`: the place is used as late as it may have
      // meant, and no later than `graceMs` after the earliest that it may have meant.
      if (id) place = { id, at: received + waitMs, until: sent + waitMs + graceMs, reserved };
      if (id) exhausted = undefined;
      else if (wish.want) exhausted = { at: received + waitMs, reserved, until: received + second };
      if (place) lateInARow = place.at > place.until ? lateInARow + 1 : 0;
      if (lateInARow >= lateAnswers) link.lose(`it takes ${Math.ceil(received - sent)} ms to answer`);
      if (last && last.epoch !== epoch) {
        // Redis has forgotten the day. Every replica tells it again of the tokens it spent itself.
        owed = new Map(spent);
        for (const [key, tokens] of tell) add(owed, key, -tokens);
      }
      last = { at: received, epoch, left };
    } catch {
      // The link has said why. What Redis may not have heard is told again: rather twice than never.
      for (const [key, tokens] of tell) add(owed, key, tokens);
    } finally {
      if (wish.want) booking = false;
    }
    changed();
  };

  const knownExhausted = (now: number, reserved: boolean) =>
    exhausted && now < exhausted.until && (exhausted.reserved || !reserved) ? exhausted : undefined;

  return {
    next(now: number, reserved: boolean): Turn | undefined {
      if (link.state() === 'away') return share.next(now, reserved);
      if (link.state() !== 'up' || booking) return undefined;
      if (place?.reserved === reserved && place.at >= pausedUntil && now <= place.until)
        return { at: place.at, daySpent: false };
      const none = knownExhausted(now, reserved);
      if (none) return { at: none.at, daySpent: true };
      // A place for another kind of call, or one that it is too late for, goes back with the same request.
      void call({ want: reserved ? 'r' : 'o' });
      return undefined;
    },

    spend(now: number, reserved: boolean): void {
      const key = `${Math.floor(now / minute)}:${reserved ? 'r' : 'o'}`;
      add(spent, key, 1);
      for (const old of spent.keys()) {
        if (Number.parseInt(old, 10) * minute > now - day - 2 * minute) break;
        spent.delete(old);
      }
      if (link.state() === 'away') {
        add(owed, key, 1);
        share.spend(now, reserved);
      }
      place = undefined;
    },

    /** What is certain: the place that is booked, and that what comes after it keeps to the limits. */
    forecast(now: number): Tokens {
      if (link.state() === 'away') return share.forecast();
      const tokens = new Windows(whole);
      tokens.pause(pausedUntil);
      return {
        next(from, reserved) {
          const none = knownExhausted(now, reserved);
          if (none) return { at: none.at, daySpent: true };
          const booked = place && (place.reserved || !reserved) ? place.at : now;
          return tokens.next(Math.max(from, booked), reserved);
        },
        spend: (at, reserved) => tokens.spend(at, reserved),
      };
    },

    throttled(now: number, retryAfterMs?: number): void {
      pausedUntil = Math.max(pausedUntil, now + pauseOf(retryAfterMs));
      if (link.state() === 'away') share.throttled(now, retryAfterMs);
      else void call({ pauseMs: pauseOf(retryAfterMs) });
    },

    remaining(now: number): Remaining {
      if (link.state() === 'away' || !last) return share.remaining(now);
      const [left = 0, leftToday = 0] = last.left;
      const at = place?.at ?? exhausted?.at ?? now;
      const remainingNow = now - last.at > second ? Math.floor(whole.all.perSecond) : left;
      return { remainingNow, remainingToday: Math.max(0, leftToday), resetsAt: at > now ? at : null };
    },

    /** Gives the booked place back. */
    rest(): void {
      if (place) void call({});
    },

    /** Tells Redis what it does not know, and hears what is left of the day. */
    tell: () => call({}),

    /** Redis is away: what it said was left of the day is divided, and a second passes before the shares begin. */
    fallBack(): void {
      place = undefined;
      if (last) {
        const [, leftToday = 0, leftOrdinary = 0] = last.left.map((left) => Math.max(0, left));
        share = new Windows({
          all: part({ ...whole.all, perDay: leftToday }),
          ordinary: part({ ...whole.ordinary, perDay: leftOrdinary }),
        });
        share.pause(clock.now() + second);
      }
      changed();
    },
  };
}

/** The quota of one replica of several. @throws TypeError when `url` is none of Redis. */
export function createSharedQuota(limits: QuotaLimits, options: SharedQuotaOptions): Quota {
  const { replicas, clock = systemClock, name = 'partner-central-quota' } = options;
  const askFor = (callClass: CallClass) => asking(name, callClass, limits, clock);
  const sources: ReturnType<typeof createSource>[] = [];
  let stopBeat = () => {};

  const tell = () => {
    for (const source of sources) void source.tell();
  };
  // A replica with nothing to send asks once a minute, so that what it knows of the day is never old, nor the news that
  // Redis went away.
  const beat = () => {
    if (link.state() === 'up') tell();
    stopBeat = clock.setTimer(beat, minute);
  };
  const link = openLink(
    options,
    clock,
    () => askFor('read')({}),
    () => {
      if (link.state() === 'up') tell();
      else for (const source of sources) source.fallBack();
    },
  );
  const governor = createGovernor(limits, clock, (callClass, changed) => {
    const source = createSource(
      link,
      clock,
      askFor(callClass),
      limitsOf(limits, callClass),
      replicas,
      changed,
    );
    sources.push(source);
    return source;
  });
  beat();

  return {
    ...governor,
    close() {
      governor.close();
      stopBeat();
      link.close();
    },
  };
}
