/** The windows of `windows.ts` in Redis: one script, so that a place is booked in one step and one round trip. */
import { day, minute, slowdown, windowMs } from './windows.ts';

/**
 * KEYS: the places booked (a sorted set by time) and the rest (a hash, with the tokens of each minute of the day: `a`
 * all, `o` those that are not of the reserve). Places are `kind:time:number`, `o` or `r` for one that may be of the
 * reserve. All times are Redis' own. Answers: wait in ms, place or '' when the day is spent, epoch, what is left of
 * the second, of the day, and of the day without its reserve.
 */
export const script = `
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
-- where as many places as it takes lie within a second, none may come less than a second from both their ends.
local rate = limits.all.perSecond * pace()
redis.call('ZREMRANGEBYSCORE', places, '-inf', now - ${windowMs} * math.max(1, 1 / rate))
local taken = { a = {}, o = {} }
for _, place in ipairs(redis.call('ZRANGE', places, 0, -1)) do
  local kind, at = string.match(place, '(%a):(%d+)')
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
    while spent + 1 > perDay and m <= thisMinute + 1 do
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

export type Answer = [
  wait: number,
  place: string,
  epoch: string,
  left: number,
  remaining24h: number,
  leftOrdinary: number,
];
export type Request = { keys: string[]; args: string[] };
