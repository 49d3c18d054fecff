-- Writes what jobs keep beside themselves: steps, progress and meta.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] most count: entries of a job at most
-- ARGV[2] room bytes: of all entries of a job
-- ARGV[3..] for each entry: queue, id, epoch or empty (from outside), attempt, how (set, del, now: set with
-- the time before it), name, value
-- Returns: for each entry 1; 0 when the epoch does not run the job in that attempt, or, from outside,
-- when it has ended or is not known; -1 too many entries; -2 no room.
-- Atomicity: a stale attempt writes nothing, and nothing is written beside a job that has ended.
local most, room = tonumber(ARGV[1]), tonumber(ARGV[2])

local function allowed(base, id, epoch, attempt)
  if epoch == '' then
    return redis.call('HEXISTS', base .. 'j', id) == 1
  end
  local value = redis.call('HGET', base .. 'f/' .. epoch, id)
  return value and string.find(value, attempt .. ':', 1, true) == 1
end

local function write(base, id, name, value)
  local key = base .. 'side/' .. id
  local old = redis.call('HGET', key, name)
  local used = tonumber(redis.call('HGET', key, '#') or '0') + #value - (old and #old or 0)
  if not old and redis.call('HLEN', key) > most then
    return -1
  elseif used > room then
    return -2
  end
  redis.call('HSET', key, name, value, '#', string.format('%.0f', used))
  redis.call('SADD', base .. 'side', id)
  return 1
end

local function erase(base, id, name)
  local key = base .. 'side/' .. id
  local old = redis.call('HGET', key, name)
  if old then
    redis.call('HDEL', key, name)
    if redis.call('HLEN', key) == 1 then
      redis.call('UNLINK', key)
      redis.call('SREM', base .. 'side', id)
    else
      redis.call('HINCRBY', key, '#', -#old)
    end
  end
  return 1
end

local answer = {}
for at = 3, #ARGV, 7 do
  local base, id, name, value = base_of(ARGV[at]), ARGV[at + 1], ARGV[at + 5], ARGV[at + 6]
  local how, code = ARGV[at + 4], 0
  if allowed(base, id, ARGV[at + 2], ARGV[at + 3]) then
    if how == 'del' then
      code = erase(base, id, name)
    else
      code = write(base, id, name, how == 'now' and NOW_TEXT .. ':' .. value or value)
    end
  end
  answer[#answer + 1] = code
  if code == 1 and name == 'p' then
    tell('progress', base, { id }, 0)
  end
end
write_events()
return answer
