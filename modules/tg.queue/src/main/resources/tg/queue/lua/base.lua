-- What every script needs: the clock, the names of keys, long argument lists, the envelope.
-- Part: put before the scripts that say so.
-- KEYS[1] prefix string: the namespace in braces, so that all its keys are in one slot
-- Returns: nothing; it defines locals.
-- Atomicity: none of its own.
local PREFIX = KEYS[1]
local clock = redis.call('TIME')
local NOW = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- The same as text: turning a number into one for each job would cost more than all else here.
local NOW_TEXT = string.format('%.0f', NOW)

-- Keys of a queue are computed, not passed: the groups are data.
local bases = {}

local function base_of(queue)
  local base = bases[queue]
  if not base then
    base = PREFIX .. '/q/' .. queue .. '/'
    bases[queue] = base
  end
  return base
end

local function queue_of(base)
  return string.sub(base, #PREFIX + 4, -2)
end

-- Calls a variadic command in slices, as unpack has a limit. Pairs stay together.
local function many(command, key, values)
  local size = #values
  local sum = 0
  for from = 1, size, 1000 do
    local answer = redis.call(command, key, unpack(values, from, math.min(from + 999, size)))
    sum = type(answer) == 'number' and answer or sum
  end
  return sum
end

local function fields(key, names)
  local size = #names
  if size <= 1000 then
    return size == 0 and {} or redis.call('HMGET', key, unpack(names))
  end
  local all = {}
  for from = 1, size, 1000 do
    local slice = redis.call('HMGET', key, unpack(names, from, math.min(from + 999, size)))
    for i = 1, #slice do
      all[from + i - 1] = slice[i]
    end
  end
  return all
end

-- An envelope: 13 digits of milliseconds (when it was added), a character of flags, a digit of priority,
-- group/type/keep/replace key/, headers/ and options/ if their flag is set, payload. The flags: 1 has a
-- keep time, 2 has headers, 4 has a key that is free once the job runs, 8 has options. So as a byte: odd
-- with a keep time; below PLAIN_START nothing is due when it starts, below PLAIN_END when it ends.
local PLAIN_START, PLAIN_END = 52, 56

local function opened(envelope)
  local priority, group, kind, keep, key, rest =
    string.match(envelope, '^.(.)([^/]*)/([^/]*)/([^/]*)/([^/]*)/()', 14)
  local flags = string.byte(envelope, 14) - 48
  local job = { flags = flags, priority = priority, group = group, kind = kind, keep = keep, key = key }
  job.added = tonumber(string.sub(envelope, 1, 13))
  job.headers, job.options = '', ''
  if flags % 4 >= 2 then
    job.headers, rest = string.match(envelope, '^([^/]*/)()', rest)
  end
  if flags >= 8 then
    job.options, rest = string.match(envelope, '^([^/]*/)()', rest)
  end
  job.rest = rest
  return job
end

-- An option of an opened envelope, or nil. Options are written name=value&name=value.
local function option(job, name)
  return string.match('&' .. job.options, '&' .. name .. '=([^&/]*)')
end

-- Counters of a queue, for people; nothing depends on them.
local function count(base, what, by)
  if by > 0 and redis.call('HINCRBY', base .. 'n', what, by) == by then
    redis.call('PEXPIRE', base .. 'n', 2592000000)
  end
end

-- Wakes one worker that waits for the queue. Expires, so that a drained namespace is empty.
local function ring_bell(queue)
  local bell = PREFIX .. '/bell/' .. queue
  if redis.call('EXISTS', bell) == 0 then
    redis.call('RPUSH', bell, '1')
    redis.call('PEXPIRE', bell, 10000)
  end
end

-- Wakes the worker of an epoch.
local function call_worker(epoch)
  local bell = PREFIX .. '/call/' .. epoch
  redis.call('RPUSH', bell, '1')
  redis.call('PEXPIRE', bell, 10000)
end
