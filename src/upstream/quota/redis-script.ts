/** The windows of `windows.ts` in Redis: one script, so that a slot is booked in one step and one round trip. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type CallClass, day, type Limits, minute, slowdown, windowMs } from './windows.ts';

/**
 * KEYS: the slots booked (a sorted set by time) and all other state (a hash, with the tokens of each minute of the day:
 * `a` all, `o` those outside the reserve). Slots are `kind:time:number`, of the kind `o`, or `r` if they may be of the
 * reserve. All times are Redis's own. Returns: wait in ms, slot or '' if the daily quota is exhausted, epoch, tokens
 * left in the second, in the day, and in the day without its reserve.
 */
export const script = `
local slots, state = KEYS[1], KEYS[2]
local book, unused, pause, settle = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local epoch, localMinute = ARGV[5], tonumber(ARGV[6])
local limits = cjson.decode(ARGV[7])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local thisMinute = math.floor(now / ${minute})
local function get(field) return tonumber(redis.call('HGET', state, field) or 0) end
local function set(field, value) redis.call('HSET', state, field, string.format('%.17g', value)) end

-- The day: a minute no longer counts when its last moment is a day old.
local forgotten = thisMinute - ${day / minute} - 1
local oldest = get('oldest')
if oldest == 0 then oldest = thisMinute end
for m = oldest, forgotten do
  for _, kind in ipairs({'a', 'o'}) do
    redis.call('HINCRBY', state, kind, -get(kind .. m))
    redis.call('HDEL', state, kind .. m)
  end
end
oldest = math.max(oldest, forgotten + 1)
local function count(m, kind, tokens)
  if m <= forgotten then return end
  oldest = math.min(oldest, m)
  for _, counted in ipairs(kind == 'o' and {'a', 'o'} or {'a'}) do
    redis.call('HINCRBY', state, counted .. m, tokens)
    redis.call('HINCRBY', state, counted, tokens)
  end
end

-- What the replica reports: tokens that Redis does not know of, a slot it will not use, a refusal by AWS.
redis.call('HSETNX', state, 'epoch', epoch)
for i = 8, #ARGV, 3 do count(tonumber(ARGV[i]) - localMinute + thisMinute, ARGV[i + 1], tonumber(ARGV[i + 2])) end
if unused ~= '' and redis.call('ZREM', slots, unused) == 1 then
  local kind, at = string.match(unused, '(%a):(%d+)')
  count(math.floor(at / ${minute}), kind, -1)
end
local paused, slowedTo, slowedUntil = get('paused'), tonumber(redis.call('HGET', state, 'slowedTo') or 1), get('slowedUntil')
local function pace()
  return math.min(1, slowedTo + ${slowdown.step} * math.max(0, math.floor((now - slowedUntil) / ${slowdown.stepMs})))
end
if pause > 0 then
  if now >= paused then slowedTo = math.max(${slowdown.least}, pace() * ${slowdown.factor}) end
  paused = math.max(paused, now + pause)
  set('slowedTo', slowedTo)
  set('slowedUntil', paused)
end
if settle > 0 and redis.call('ZCARD', slots) == 0 then paused = math.max(paused, now + settle) end
set('paused', paused)

-- The slots of the last window and those to come, and the first moment at which one more leaves no window too full:
-- where a full window's slots lie within a window's length, none may come closer than that to both their ends.
local rate = limits.all.perSecond * pace()
redis.call('ZREMRANGEBYSCORE', slots, '-inf', now - ${windowMs} * math.max(1, 1 / rate))
local taken = { a = {}, o = {} }
for _, slot in ipairs(redis.call('ZRANGE', slots, 0, -1)) do
  local kind, at = string.match(slot, '(%a):(%d+)')
  table.insert(taken.a, tonumber(at))
  if kind == 'o' then table.insert(taken.o, tonumber(at)) end
end
local function fit(at, times, perSecond)
  local rate = perSecond * pace()
  local most, length = math.max(1, math.floor(rate)), ${windowMs} * math.max(1, 1 / rate)
  for i = 1, #times - most + 1 do
    local first, last = times[i], times[i + most - 1]
    if last - first < length and at > last - length and at < first + length then at = first + length end
  end
  return math.ceil(at)
end
local at, slot = math.max(now, paused), ''
if book ~= '' then
  repeat
    local before = at
    at = fit(at, taken.a, limits.all.perSecond)
    if book == 'o' then at = fit(at, taken.o, limits.ordinary.perSecond) end
  until at == before
  local free = at
  for kind, perDay in pairs(book == 'o' and { a = limits.all.perDay, o = limits.ordinary.perDay } or { a = limits.all.perDay }) do
    local spent, m = get(kind), oldest
    while spent + 1 > perDay and m <= thisMinute + 1 do
      spent = spent - get(kind .. m)
      m = m + 1
      free = math.max(free, m * ${minute} + ${day})
    end
  end
  if free == at then
    slot = book .. ':' .. string.format('%.0f', at) .. ':' .. redis.call('HINCRBY', state, 'number', 1)
    redis.call('ZADD', slots, at, slot)
    count(math.floor(at / ${minute}), book, 1)
  end
  at = free
end
set('oldest', oldest)
redis.call('PEXPIRE', slots, ${day + 60 * minute})
redis.call('PEXPIRE', state, ${day + 60 * minute})
local left = math.max(0, math.max(1, math.floor(rate)) - #taken.a - (slot == '' and 0 or 1))
return { at - now, slot, redis.call('HGET', state, 'epoch'), left, limits.all.perDay - get('a'), limits.ordinary.perDay - get('o') }
`;

/** Two days: a daily quota that is exhausted has a token within one. */
const maxWaitMs = 2 * day;
const scriptReply = z.tuple([
  z.number().min(0).max(maxWaitMs).describe('wait in milliseconds'),
  z
    .string()
    .regex(/^(?:[or]:\d+:\d+)?$/)
    .describe('slot'),
  z.string().describe('epoch'),
  z.number().describe('tokens left in the second'),
  z.number().describe('tokens left in the day'),
  z.number().describe('tokens left in the day without its reserve'),
]);
export type ScriptReply = z.infer<typeof scriptReply>;

/** Checks a reply to the script. @throws Error when it is not one: what answers is not Redis, or has lost its mind */
export function readReply(reply: unknown): ScriptReply {
  const { data } = scriptReply.safeParse(reply);
  if (!data) throw new Error('its answer is not a reply to the script');
  return data;
}
export type ScriptCall = { keys: string[]; args: string[] };

/** `r` may be of the reserve, `o` (ordinary) may not. */
export type SlotKind = 'o' | 'r';
/** Tokens by the minute of this replica's clock and the kind of their slots, as `minute:kind`. */
export type TokenCounts = Map<string, number>;
/** A request can do any of this: book a slot, release one, report a throttled call, report spent tokens. */
export type BookingRequest = {
  book?: SlotKind;
  unused?: string | undefined;
  pauseMs?: number;
  unreported?: TokenCounts;
};
export type ScriptCallFor = (now: number, request: BookingRequest) => ScriptCall;

/**
 * Creates the calls of the script for a class. Unreported tokens were spent while Redis was unavailable. If it then has
 * no slot, it has lost the last second too, and other replicas may still use their shares: for `settleMs` it books
 * nothing.
 */
export function scriptCalls(
  name: string,
  callClass: CallClass,
  limits: Limits,
  settleMs: number,
): ScriptCallFor {
  // Replicas of two releases share these names while one replaces the other.
  const keys = ['places', 'rest'].map((key) => `{${name}:${callClass}}:${key}`);
  const limitsText = JSON.stringify(limits);
  return (now, { book = '', unused = '', pauseMs = 0, unreported = new Map() }) => {
    const settle = unreported.size > 0 ? settleMs : 0;
    const reported = [...unreported].flatMap(([key, tokens]) => [...key.split(':'), `${tokens}`]);
    const head = [book, unused, `${Math.ceil(pauseMs)}`, `${settle}`];
    return { keys, args: [...head, randomUUID(), `${Math.floor(now / minute)}`, limitsText, ...reported] };
  };
}
