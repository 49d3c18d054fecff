-- A page of a registry.
-- Uses: base, ends, places
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] registry name, in lower case
-- ARGV[3] offset count
-- ARGV[4] limit count
-- Returns: for each job its id, and then what find.lua gives.
-- Atomicity: the page is of one instant.
local base, registry = base_of(ARGV[1]), ARGV[2]
local offset, limit = tonumber(ARGV[3]), tonumber(ARGV[4])
local any_gone = redis.call('EXISTS', base .. 'gh') == 1
local answer = {}

local function add_open(ids, extra)
  local tries = fields(base .. 'c', ids)
  for i, envelope in ipairs(fields(base .. 'j', ids)) do
    if envelope then
      answer[#answer + 1] = { ids[i], registry, envelope, tries[i] or '', unpack(extra[i] or {}) }
    end
  end
end

-- Groups of a priority in the order of their turns; those that may not run now at the end.
local function groups_of(priority, most)
  local groups = redis.call('LRANGE', base .. 'r/' .. priority, 0, most - 1)
  local seen = {}
  for _, group in ipairs(groups) do
    seen[group] = true
  end
  local parked = redis.call('HGETALL', base .. 'park')
  for i = 1, #parked, 2 do
    if #groups < most and not seen[parked[i]] and string.find(parked[i + 1], priority) then
      groups[#groups + 1] = parked[i]
    end
  end
  return groups
end

-- The first ids of a lane, without those that canceled jobs left.
local function head_of(lane, size)
  local gone = any_gone and tonumber(redis.call('HGET', base .. 'gh', lane)) or 0
  local ids = redis.call('LRANGE', base .. 'w/' .. lane, 0, size + math.min(gone, 2000) - 1)
  if gone == 0 then
    return ids
  end
  local names, real, left = {}, {}, {}
  for i, id in ipairs(ids) do
    names[i] = lane .. '/' .. id
  end
  local counts = fields(base .. 'gh', names)
  for i, id in ipairs(ids) do
    local times = left[id] or tonumber(counts[i] or 0)
    left[id] = times - 1
    if times <= 0 and #real < size then
      real[#real + 1] = id
    end
  end
  return real
end

-- Ids of a priority by turns of its groups, at most so many; ids that canceled jobs left are out.
local function by_turns(priority, most, into)
  local groups = groups_of(priority, most)
  local rounds = #groups == 0 and 0 or (#groups >= most and 1 or most)
  local lists, found, round = {}, 0, 0
  local size = math.min(rounds, math.ceil(4 * most / #groups))
  for i, group in ipairs(groups) do
    lists[i] = head_of(priority .. '/' .. group, size)
  end
  repeat
    round = round + 1
    local any = false
    for _, list in ipairs(lists) do
      local id = list[round]
      any = any or id ~= nil
      if id then
        into[#into + 1] = id
      end
    end
  until not any
end

if registry == 'waiting' then
  local ids = {}
  for priority = 0, 3 do
    if #ids < offset + limit then
      by_turns(priority, offset + limit - #ids, ids)
    end
  end
  local page = {}
  for i = offset + 1, math.min(#ids, offset + limit) do
    page[#page + 1] = ids[i]
  end
  add_open(page, {})
elseif registry == 'scheduled' then
  local found = redis.call('ZRANGE', base .. 'd', offset, offset + limit - 1, 'WITHSCORES')
  local ids, due = {}, {}
  for i = 1, #found, 2 do
    ids[#ids + 1] = found[i]
    due[#ids] = { found[i + 1] }
  end
  add_open(ids, due)
elseif registry == 'deferred' then
  local ids, unmet = redis.call('ZRANGE', base .. 'df', offset, offset + limit - 1), {}
  for i, id in ipairs(ids) do
    unmet[i] = redis.call('SMEMBERS', base .. 'on/' .. id)
  end
  add_open(ids, unmet)
elseif registry == 'running' then
  local skip = offset
  for _, epoch in ipairs(epochs()) do
    local size = holds(base, epoch)
    if skip >= size then
      skip = skip - size
    elseif #answer < limit then
      local all = redis.call('HGETALL', base .. 'f/' .. epoch)
      local ids, held = {}, {}
      for i = 1, #all, 2 do
        local job = all[i] ~= '#'
        if job and skip > 0 then
          skip = skip - 1
        elseif job and #answer + #ids < limit then
          ids[#ids + 1] = all[i]
          held[#ids] = { epoch, all[i + 1] }
        end
      end
      skip = 0
      add_open(ids, held)
    end
  end
else
  local skip = offset
  for _, bucket in ipairs(buckets(base, registry)) do
    local size = redis.call('HLEN', bucket)
    if skip >= size then
      skip = skip - size
    elseif #answer < limit then
      local all = redis.call('HGETALL', bucket)
      for i = 2 * skip + 1, #all, 2 do
        if #answer < limit then
          answer[#answer + 1] = { all[i], registry, all[i + 1] }
        end
      end
      skip = 0
    end
  end
end
return answer
