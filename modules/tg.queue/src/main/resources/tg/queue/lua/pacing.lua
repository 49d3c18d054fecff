-- Keeps strict rates: never more than so many attempts in any span of time, whenever within its attempt
-- a job does what the rate is about.
-- Part: put before the scripts that say so; after base.lua and rules.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an attempt is counted in the step that claims it, and its time begins in the step that
-- ends it.
-- A zset for each queue and group: attempts that run, by id, and those that ended, by id:attempt, with
-- the time of their end. One that runs for longer than this counts as ended.
local LONGEST_ATTEMPT = 3600000

local function pace_key(base, group)
  return base .. 'pace/' .. group
end

-- How many may start now; and when the next may, nil when that depends on what runs.
local function pace(base, group, rate)
  local key = pace_key(base, group)
  local since = '(' .. string.format('%.0f', NOW - rate.window - 1)
  local free = rate.burst - redis.call('ZCOUNT', key, since, 'inf')
  local first = redis.call('ZRANGEBYSCORE', key, since, NOW, 'WITHSCORES', 'LIMIT', 0, 1)
  return free, first[2] and tonumber(first[2]) + rate.window + 1
end

local function count_starts(base, group, rate, ids)
  local key, entries = pace_key(base, group), {}
  for i = 1, #ids do
    entries[2 * i - 1] = string.format('%.0f', NOW + LONGEST_ATTEMPT)
    entries[2 * i] = ids[i]
  end
  redis.call('ZREMRANGEBYSCORE', key, '-inf', NOW - rate.window - 1)
  many('ZADD', key, entries)
  redis.call('PEXPIRE', key, string.format('%.0f', LONGEST_ATTEMPT + rate.window))
end

-- An attempt has ended; its time begins now, or it does not count at all.
local function count_end(queue, base, group, id, attempt, counts)
  local rules = rules_of(queue)
  if rules and rules.paced then
    for _, of in ipairs(group == '' and { '' } or { '', group }) do
      local key = pace_key(base, of)
      if redis.call('ZREM', key, id) == 1 and counts then
        redis.call('ZADD', key, NOW, id .. ':' .. attempt)
      end
    end
  end
end
