-- Writes ended jobs into the registry of their kind: hashes that expire as a whole.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a job must be in exactly one place.

-- Ends that may concern others, see telling.lua.
local ended = {}

-- What jobs keep beside themselves (note.lua) stays as long as their records; the steps of a finished
-- job are of no use any more. One look for each queue when there is none.
local sides = {}

local function let_go(base, kind, keep, records)
  local index = base .. 'side'
  if sides[base] == nil then
    sides[base] = redis.call('EXISTS', index) == 1
  end
  for i = 1, sides[base] and #records or 0, 2 do
    local id = records[i]
    if redis.call('SREM', index, id) == 1 then
      local key, steps = index .. '/' .. id, {}
      for _, name in ipairs(kind == 'finished' and redis.call('HKEYS', key) or {}) do
        if string.sub(name, 1, 2) == 's:' then
          steps[#steps + 1] = name
        end
      end
      many('HDEL', key, steps)
      redis.call('PEXPIRE', key, keep)
    end
  end
end

-- A keep time has about 16 buckets; each expires when its youngest record may.
local function keep_records(base, kind, keep, records)
  if #records > 0 and redis.call('EXISTS', base .. 'by', base .. 'side') > 0 then
    if redis.call('EXISTS', base .. 'by') == 1 then
      for i = 1, #records, 2 do
        ended[#ended + 1] = { base = base, kind = kind, id = records[i], keep = keep }
      end
    end
    let_go(base, kind, keep, records)
  end
  tell(kind, base, records, 1)
  if keep <= 0 or #records == 0 then
    return
  end
  local width = math.max(1, math.floor(keep / 16))
  local expires = (math.floor((NOW + keep) / width) + 1) * width
  local name = string.format('%.0f.%.0f', expires, width)
  local index = base .. 'e/' .. kind
  local bucket = index .. '/' .. name
  many('HSET', bucket, records)
  if redis.call('PEXPIREAT', bucket, string.format('%.0f', expires), 'NX') == 1 then
    redis.call('ZREMRANGEBYSCORE', index, '-inf', NOW)
    redis.call('ZADD', index, expires, name)
    local last = redis.call('ZRANGE', index, -1, -1, 'WITHSCORES')
    redis.call('PEXPIREAT', index, string.format('%.0f', last[2]))
    redis.call('PEXPIRE', base .. 'n', 2592000000)
  end
end

local function buckets(base, kind)
  local index = base .. 'e/' .. kind
  local names = redis.call('ZRANGEBYSCORE', index, NOW, '+inf')
  for i, name in ipairs(names) do
    names[i] = index .. '/' .. name
  end
  return names
end

-- A record: ended at:length of the last failure:attempt:failures:crashes:length of the text:text, last
-- failure, envelope. The text is a result or a final reason; what comes from a client is
-- attempt:failures:crashes:length:text.
local RECORD_START = NOW_TEXT .. ':0:'

local function record_of(from_client, last_failure, envelope)
  if last_failure then
    return NOW_TEXT .. ':' .. #last_failure .. ':' .. from_client .. last_failure .. envelope
  end
  return RECORD_START .. from_client .. envelope
end

-- Of a job that has ended, or is about to: frees its key, and forgets when it expires.
local function drop_terms(base, id, job)
  local held = option(job, 'unique')
  for _, key in ipairs({ job.key ~= '' and job.key or false, held and '!' .. held or false }) do
    if key and redis.call('HGET', base .. 'u', key) == id then
      redis.call('HDEL', base .. 'u', key)
    end
  end
  if job.flags >= 8 then
    redis.call('ZREM', base .. 'exp', id)
  end
end

-- Splits attempt:failures:crashes:last failure.
local function tries_of(remembered)
  return string.match(remembered or '', '^(%d+:%d+:%d+):(.*)$')
end

-- Finds an ended job; returns its record, its kind and its bucket.
local function find_ended(base, id)
  for _, kind in ipairs({ 'finished', 'failed', 'canceled' }) do
    for _, bucket in ipairs(buckets(base, kind)) do
      local record = redis.call('HGET', bucket, id)
      if record then
        return record, kind, bucket
      end
    end
  end
  return nil
end
