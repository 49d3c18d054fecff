-- Knows how many jobs of each group run, and which groups are closed.
-- Part: put before the scripts that say so; after base.lua and lanes.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: the count must agree with the running hashes.
-- How many jobs of a group run, in a queue: read once, written once. A group that is in a ring keeps
-- its field at 0, as it will soon be more again; one that has left its ring is marked by a dot.
local running = {}

local function running_of(queue, groups)
  local cache = running[queue]
  if not cache then
    cache = { counts = {}, changed = {}, values = {}, left = {} }
    running[queue] = cache
  end
  local counts, values = cache.counts, cache.values
  local missing, n = {}, 0
  for i = 1, #groups do
    local group = groups[i]
    if not counts[group] and group ~= '' then
      n = n + 1
      missing[n] = group
      counts[group] = 0
    end
  end
  local found = fields(base_of(queue) .. 'run', missing)
  for i = 1, n do
    local value = found[i]
    if value then
      values[missing[i]] = value
      counts[missing[i]] = tonumber(value)
    end
  end
  return cache
end

local function marked(value)
  return not value or string.sub(value, -1) == '.'
end

local function write_running_of(key, cache)
  local counts, values, left = cache.counts, cache.values, cache.left
  local set, size, gone = {}, 0, {}
  for group in pairs(cache.changed) do
    local now, has_left, value = counts[group], left[group], values[group]
    if has_left == nil then
      has_left = value ~= '1' and marked(value)
    end
    if now > 0 or not has_left then
      size = size + 2
      set[size - 1] = group
      set[size] = has_left and now .. '.' or now == 0 and '0' or now == 1 and '1' or now
    else
      gone[#gone + 1] = group
    end
  end
  -- A long value makes the server look up fields by hash instead of one after the other.
  if size > 0 and redis.call('EXISTS', key) == 0 then
    redis.call('HSET', key, '#', string.rep('-', 100))
  end
  many('HSET', key, set)
  many('HDEL', key, gone)
  if #gone > 0 and redis.call('HLEN', key) == 1 then
    redis.call('UNLINK', key)
  end
end

local function write_running()
  for queue, cache in pairs(running) do
    write_running_of(base_of(queue) .. 'run', cache)
  end
end

-- Groups of which a job stopped running may have been parked at their limit.
local function left_running(queue, groups)
  if #groups == 0 then
    return
  end
  local cache = running_of(queue, groups)
  local counts, changed = cache.counts, cache.changed
  for i = 1, #groups do
    local group = groups[i]
    local count = counts[group]
    counts[group] = count > 0 and count - 1 or 0
    changed[group] = true
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
