-- Knows how many jobs of each group run, and which groups are closed.
-- Part: put before the scripts that say so; after base.lua and lanes.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: the count must agree with the running hashes.
-- How many jobs of a group run, in a queue: read once, written once.
local running = {}

local function running_of(queue, groups)
  local cache = running[queue] or { changed = {}, counts = {} }
  running[queue] = cache
  local missing = {}
  for _, group in ipairs(groups) do
    if group ~= '' and not cache.counts[group] then
      missing[#missing + 1] = group
      cache.counts[group] = 0
    end
  end
  for i, value in ipairs(fields(base_of(queue) .. 'run', missing)) do
    cache.counts[missing[i]] = tonumber(value) or 0
  end
  return cache
end

local function write_running()
  for queue, cache in pairs(running) do
    local set, gone = {}, {}
    for group in pairs(cache.changed) do
      local now = cache.counts[group]
      if now > 0 then
        set[#set + 1] = group
        set[#set + 1] = now == 1 and '1' or now
      else
        gone[#gone + 1] = group
      end
    end
    local key = base_of(queue) .. 'run'
    -- A long value makes the server look up fields by hash instead of one after the other.
    if #set > 0 and redis.call('EXISTS', key) == 0 then
      redis.call('HSET', key, '#', string.rep('-', 100))
    end
    many('HSET', key, set)
    many('HDEL', key, gone)
    if #gone > 0 and redis.call('HLEN', key) == 1 then
      redis.call('UNLINK', key)
    end
  end
end

-- Groups of which a job stopped running may have been parked at their limit.
local function left_running(queue, groups)
  if #groups == 0 then
    return
  end
  local cache = running_of(queue, groups)
  local counts = cache.counts
  for _, group in ipairs(groups) do
    counts[group] = math.max(0, counts[group] - 1)
    cache.changed[group] = true
  end
  local base = base_of(queue)
  if redis.call('EXISTS', base .. 'park') == 1 then
    unpark(queue, base, groups)
  end
end

local function close_group(base, group, millis)
  if group ~= '' and millis > 0 then
    redis.call('ZADD', base .. 'shut', 'GT', NOW + millis, group)
    let_shut_expire(base)
  end
end
