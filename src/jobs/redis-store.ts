/** A store in Redis, for replicas: each call is one script, so that rows are checked and written as a whole or not at all. */
import { openRedis, type RedisOptions } from './redis-link.ts';
import type { OpenStore, Row } from './store.ts';

/** Part of the keys: raise it with every change of the rows' format, so that releases do not read each other's. */
const formatVersion = 1;

/** The expired rows that a write removes. Redis deletes their contents by itself, and this their places in the order. */
const maxSwept = 50;

/**
 * A row is a string `version expiresAt value`, whose head is read by `head` without the value. KEYS of all scripts: the order
 * of the rows (a sorted set by name), and when they expire (a sorted set by time). ARGV: the prefix of rows, the present
 * instant, and more of each script.
 */
const common = `
local order, expiry, prefix, now = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])
local function parse(row)
  local version, expiresAt, from = string.match(row, '^(%d+) (%d*) ()')
  if not version or (expiresAt ~= '' and tonumber(expiresAt) <= now) then return 0 end
  return tonumber(version), from
end`;

const readScript = `${common}
local found = {}
for i = 3, #ARGV do
  local row = redis.call('GET', prefix .. ARGV[i])
  local version, from = parse(row or '')
  if version > 0 then
    for _, part in ipairs({ ARGV[i], version, string.sub(row, from) }) do table.insert(found, part) end
  end
end
return found`;

/** More ARGV: the command, its first and its last bound, and how many rows. */
const scanScript = `${common}
local command, first, last, limit = ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
local found, count = {}, 0
repeat
  local keys = redis.call(command, order, first, last, 'LIMIT', 0, limit)
  for _, key in ipairs(keys) do
    local row = count < limit and redis.call('GET', prefix .. key) or ''
    local version, from = parse(row)
    if version > 0 then
      count = count + 1
      for _, part in ipairs({ key, version, string.sub(row, from) }) do table.insert(found, part) end
    end
  end
  if #keys > 0 then first = '(' .. keys[#keys] end
until count >= limit or #keys < limit
return found`;

/** More ARGV: of each row its key, the version that it has to have or '', when it expires or '', and \`=value\` or ''. */
const writeScript = `${common}
local function versionOf(key) return (parse(redis.call('GETRANGE', prefix .. key, 0, 63))) end
for i = 3, #ARGV, 4 do
  if ARGV[i + 1] ~= '' and versionOf(ARGV[i]) ~= tonumber(ARGV[i + 1]) then return 0 end
end
local function remove(key)
  redis.call('DEL', prefix .. key)
  redis.call('ZREM', order, key)
  redis.call('ZREM', expiry, key)
end
for i = 3, #ARGV, 4 do
  local key, expiresAt, value = ARGV[i], ARGV[i + 2], ARGV[i + 3]
  local version = versionOf(key) + 1
  if value == '' or (expiresAt ~= '' and tonumber(expiresAt) <= now) then
    remove(key)
  else
    local row = string.format('%d %s ', version, expiresAt) .. string.sub(value, 2)
    redis.call('ZADD', order, 0, key)
    if expiresAt == '' then
      redis.call('SET', prefix .. key, row)
      redis.call('ZREM', expiry, key)
    else
      redis.call('SET', prefix .. key, row, 'PX', string.format('%d', expiresAt - now))
      redis.call('ZADD', expiry, expiresAt, key)
    end
  end
end
for _, key in ipairs(redis.call('ZRANGEBYSCORE', expiry, '-inf', ARGV[2], 'LIMIT', 0, ${maxSwept})) do remove(key) end
return 1`;

type Reply = (string | number)[];

/** The rows of a reply, which has three parts for each. */
function rowsOf(reply: Reply): Row[] {
  return Array.from({ length: reply.length / 3 }, (_, index) => {
    const [key, version, value] = reply.slice(index * 3, index * 3 + 3);
    return { key: String(key), version: Number(version), value: String(value) };
  });
}

export type RedisStoreOptions = RedisOptions & {
  /** The present instant, in milliseconds since 1970. */
  now(): number;
};

/** Opens a store. While Redis is away, its functions throw `StoreUnavailable` within seconds. */
export function openRedisStore({ now, ...options }: RedisStoreOptions): OpenStore {
  const link = openRedis(options);
  const base = `${options.name}:jobs:v${formatVersion}`;
  const keys = [`${base}:order`, `${base}:expiry`];
  const run = (script: string, args: readonly string[]) =>
    link.ask((client) => client.eval(script, { keys, arguments: [`${base}:row:`, `${now()}`, ...args] }));

  return {
    async read(requested) {
      if (requested.length === 0) return [];
      const rows = rowsOf((await run(readScript, requested)) as Reply);
      const byKey = new Map(rows.map((row) => [row.key, row]));
      return requested.map((key) => byKey.get(key));
    },
    async scan(prefix, { limit, after, isReversed = false }) {
      // Keys are printable ASCII, so that `\x7f` comes after all of them.
      const [low, high] = [`[${prefix}`, `(${prefix}\x7f`];
      const args = isReversed
        ? ['ZREVRANGEBYLEX', after !== undefined && `(${after}` < high ? `(${after}` : high, low]
        : ['ZRANGEBYLEX', after !== undefined && after >= prefix ? `(${after}` : low, high];
      return rowsOf((await run(scanScript, [...args, `${limit}`])) as Reply);
    },
    async write(rows) {
      const args = rows.flatMap(({ key, ifVersion = '', expiresAt = '', value }) => [
        key,
        `${ifVersion}`,
        `${expiresAt}`,
        value === undefined ? '' : `=${value}`,
      ]);
      return (await run(writeScript, args)) === 1;
    },
    close: link.close,
  };
}
