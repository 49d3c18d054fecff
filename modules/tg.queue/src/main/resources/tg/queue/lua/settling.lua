-- Ends attempts: reads them from ARGV, checks that the epoch holds them, and moves the jobs on.
-- Part: put before the scripts that say so; after base.lua, lanes.lua and ends.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: the check and the move are one; else two workers could both have been right.
local stale, held = {}, {}

-- How many jobs of a group run, in a queue: read once, written once.
local running = {}

local function running_of(queue, groups)
  local cache = running[queue] or { groups = {}, counts = {} }
  running[queue] = cache
  local missing = {}
  for _, group in ipairs(groups) do
    if group ~= '' and not cache.counts[group] then
      missing[#missing + 1] = group
      cache.counts[group] = 0
      cache.groups[#cache.groups + 1] = group
    end
  end
  for i, value in ipairs(fields(base_of(queue) .. 'run', missing)) do
    cache.counts[missing[i]] = tonumber(value) or 0
  end
  return cache.counts
end

local function write_running()
  for queue, cache in pairs(running) do
    local set, gone = {}, {}
    for _, group in ipairs(cache.groups) do
      if cache.counts[group] > 0 then
        set[#set + 1] = group
        set[#set + 1] = cache.counts[group]
      else
        gone[#gone + 1] = group
      end
    end
    many('HSET', base_of(queue) .. 'run', set)
    many('HDEL', base_of(queue) .. 'run', gone)
  end
end

-- Groups of which a job stopped running may have been parked at their limit.
local function left_running(queue, groups)
  if #groups == 0 then
    return
  end
  local counts = running_of(queue, groups)
  for _, group in ipairs(groups) do
    counts[group] = math.max(0, counts[group] - 1)
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

-- Of the next entries in ARGV, those which the epoch holds in the attempt given.
local function owned(running_key, at, size, wide, first)
  local ids, mine = {}, {}
  local starts = { ['1'] = '1:' }
  for i = 1, size do
    ids[i] = ARGV[at + (i - 1) * wide]
  end
  for i, value in ipairs(fields(running_key, ids)) do
    local entry = at + (i - 1) * wide
    local attempt = ARGV[entry + 1]
    local start = starts[attempt]
    if not start then
      start = attempt .. ':'
      starts[attempt] = start
    end
    if value and string.sub(value, 1, #start) == start then
      mine[#mine + 1] = entry
      held[first + i] = true
    else
      stale[#stale + 1] = first + i
    end
  end
  return mine
end

local function taken(base, running_key, mine)
  local ids, groups, counted = {}, {}, {}
  for i, entry in ipairs(mine) do
    ids[i] = ARGV[entry]
    if ARGV[entry + 2] ~= '' then
      groups[#groups + 1] = ARGV[entry + 2]
    end
    if ARGV[entry + 1] ~= '1' then
      counted[#counted + 1] = ARGV[entry]
    end
  end
  many('HDEL', running_key, ids)
  return ids, groups, counted
end

-- Entries of four: id, attempt, group, tries:length:text. All of one kind, keep time and pause.
local function settle_ended(epoch, at, first)
  local queue, kind, keep = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  local pause, size = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  at = at + 5
  local base = base_of(queue)
  local running_key = base .. 'f/' .. epoch
  local mine = owned(running_key, at, size, 4, first)
  if #mine > 0 then
    local ids, groups, counted = taken(base, running_key, mine)
    local records, n = {}, 0
    local failures = {}
    for i, remembered in ipairs(fields(base .. 'c', counted)) do
      local _, reason = tries_of(remembered)
      failures[counted[i]] = reason
    end
    for i, envelope in ipairs(fields(base .. 'j', ids)) do
      local flags = envelope and string.byte(envelope, 14)
      local record = envelope and record_of(ARGV[mine[i] + 3], failures[ids[i]], envelope)
      if not record then
        redis.log(redis.LOG_WARNING, 'tg.queue: no envelope of ' .. ids[i])
      elseif flags == KEPT or flags == BOTH then
        keep_records(base, kind, tonumber(opened(envelope).keep), { ids[i], record })
      else
        records[n + 1], records[n + 2] = ids[i], record
        n = n + 2
      end
    end
    many('HDEL', base .. 'j', ids)
    many('HDEL', base .. 'c', counted)
    keep_records(base, kind, keep, records)
    count(base, kind, #ids)
    if pause > 0 then
      for _, group in ipairs(groups) do
        close_group(base, group, pause)
      end
    end
    left_running(queue, groups)
  end
  return at + size * 4, first + size
end

-- Tries without a reason keep the one that is remembered.
local function with_reason(base, id, tries)
  if string.find(tries, '^%d+:%d+:%d+:') then
    return tries
  end
  local _, reason = tries_of(redis.call('HGET', base .. 'c', id))
  return tries .. ':' .. (reason or '')
end

-- What is remembered of a job that goes back; one that was not started knows of no new attempt.
local function remembered(base, id, tries, how)
  if how == 'u' then
    return redis.call('HGET', base .. 'c', id) or '0:0:0:'
  end
  return with_reason(base, id, tries)
end

-- An attempt ends and the job goes back: to the head of its lane, to its tail, or to scheduled.
-- how: t tail or scheduled, h head, p head with the group closed, u head as if never started.
local function put_back(queue, base, id, envelope, entry, tries)
  local job = opened(envelope)
  if entry.how ~= 'u' then
    redis.call('HSET', base .. 'c', id, with_reason(base, id, tries))
  end
  local delay = entry.delay
  if entry.how == 'p' and job.group ~= '' then
    close_group(base, job.group, delay)
  elseif entry.how ~= 'h' and entry.how ~= 'u' and delay > 0 then
    redis.call('ZADD', base .. 'd', NOW + delay, id)
    touched[queue] = true
    return
  end
  local lane = lane_of(queue, job.priority, job.group)
  local list = entry.how == 't' and lane.tail or lane.head
  list[#list + 1] = id
end

local function cancel_instead(base, id, envelope, remembered, keep)
  local own = opened(envelope).keep
  local tries, reason = tries_of(remembered)
  redis.call('HDEL', base .. 'j', id)
  redis.call('HDEL', base .. 'c', id)
  keep_records(base, 'canceled', tonumber(own) or keep, { id, record_of(tries .. ':0:', reason, envelope) })
  count(base, 'canceled', 1)
end

-- Entries of six: id, attempt, group, how, delay ms, attempt:failures:crashes:reason; without the last
-- colon the reason stays what it was.
local function settle_back(epoch, at, first)
  local queue, keep, size = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  at = at + 3
  local base = base_of(queue)
  local running_key = base .. 'f/' .. epoch
  local mine = owned(running_key, at, size, 6, first)
  if #mine > 0 then
    local ids, groups = taken(base, running_key, mine)
    local asked = PREFIX .. '/x/' .. epoch
    local any_asked = redis.call('EXISTS', asked) == 1
    for i, envelope in ipairs(fields(base .. 'j', ids)) do
      local at_i = mine[i]
      local tries = ARGV[at_i + 5]
      local name = queue .. '/' .. ids[i] .. '/' .. ARGV[at_i + 1]
      if not envelope then
        redis.log(redis.LOG_WARNING, 'tg.queue: no envelope of ' .. ids[i])
      elseif any_asked and redis.call('SISMEMBER', asked, name) == 1 then
        cancel_instead(base, ids[i], envelope, remembered(base, ids[i], tries, ARGV[at_i + 3]), keep)
      else
        local entry = { how = ARGV[at_i + 3], delay = tonumber(ARGV[at_i + 4]) }
        put_back(queue, base, ids[i], envelope, entry, tries)
      end
    end
    count(base, 'back', #ids)
    left_running(queue, groups)
  end
  return at + size * 6, first + size
end

-- Requests to cancel attempts which the epoch no longer holds are forgotten.
local function requests(epoch)
  local asked = PREFIX .. '/x/' .. epoch
  local open = {}
  for _, name in ipairs(redis.call('SMEMBERS', asked)) do
    local queue, id, attempt = string.match(name, '^([^/]*)/([^/]*)/(.*)$')
    local value = redis.call('HGET', base_of(queue) .. 'f/' .. epoch, id)
    if value and string.find(value, attempt .. ':', 1, true) == 1 then
      open[#open + 1] = name
    else
      redis.call('SREM', asked, name)
    end
  end
  return open
end
