-- Claims jobs of a queue by priority and by turns of its groups.
-- Part: put before the scripts that say so; after base.lua, lanes.lua and settling.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an id leaves its lane and is in the running hash of an epoch in one step.

-- A canceled job may have left its id in a lane.
local function without_ghosts(base, ids)
  if redis.call('EXISTS', base .. 'gh') == 0 then
    return ids
  end
  local real, gone = {}, {}
  for i, lane in ipairs(fields(base .. 'gh', ids)) do
    local list = lane and gone or real
    list[#list + 1] = ids[i]
  end
  many('HDEL', base .. 'gh', gone)
  return real
end

-- A group that is closed or full leaves its ring, and remembers in which it was.
local function park(base, priority, group, closed)
  if closed then
    redis.call('PERSIST', base .. 'shut')
  end
  local had = redis.call('HGET', base .. 'park', group) or ''
  if not string.find(had, priority, 1, true) then
    redis.call('HSET', base .. 'park', group, had .. priority)
  end
end

-- Takes up to room ids of a lane; returns them, and whether the lane is used up. A ghost does not
-- cost its group the turn.
local function pop(base, priority, group, room)
  local lane = base .. 'w/' .. priority .. '/' .. group
  local ids = redis.call('LPOP', lane, room)
  if not ids then
    return {}, true
  end
  ids = without_ghosts(base, ids)
  while #ids < room do
    local some = redis.call('LPOP', lane, room - #ids)
    if not some then
      return ids, true
    end
    for _, id in ipairs(without_ghosts(base, some)) do
      ids[#ids + 1] = id
    end
  end
  return ids, redis.call('EXISTS', lane) == 0
end

-- One after the other from each list.
local function interleaved(lists, into)
  if #lists == 1 then
    for _, id in ipairs(lists[1]) do
      into[#into + 1] = id
    end
    return
  end
  local round, more = 1, true
  while more do
    more = false
    for _, list in ipairs(lists) do
      if list[round] then
        into[#into + 1] = list[round]
        more = true
      end
    end
    round = round + 1
  end
end

-- One turn of every group at the front of the ring. Returns how many ids it found; nil when the ring
-- is empty.
local function turn(queue, base, priority, ask, into)
  local ring = base .. 'r/' .. priority
  local groups = redis.call('ZRANGE', ring, 0, ask.want - 1)
  if #groups == 0 then
    return nil
  end
  local room = math.floor(ask.want / #groups)
  local counts = running_of(queue, groups)
  local closed = ask.closed and redis.call('ZMSCORE', base .. 'shut', unpack(groups)) or {}
  local lists, leave, again, found = {}, {}, {}, 0
  for i, group in ipairs(groups) do
    local free = group == '' and room or math.min(room, ask.limit - counts[group])
    if closed[i] or free <= 0 then
      park(base, tostring(priority), group, closed[i])
      leave[#leave + 1] = group
    else
      local ids, used_up = pop(base, priority, group, free)
      lists[#lists + 1] = ids
      found = found + #ids
      if group ~= '' then
        counts[group] = counts[group] + #ids
      end
      local list = used_up and leave or again
      list[#list + 1] = group
    end
  end
  many('ZREM', ring, leave)
  interleaved(lists, into)
  if #again > 0 and redis.call('ZCARD', ring) > 1 then
    local after, members = turn_after_last(ring), {}
    for i, group in ipairs(again) do
      members[2 * i - 1], members[2 * i] = after + i, group
    end
    many('ZADD', ring, members)
  end
  return found
end

-- A replace key is free again once its job runs.
local function free_keys(base, keys, owners)
  if #keys == 0 then
    return
  end
  local gone = {}
  for i, id in ipairs(fields(base .. 'u', keys)) do
    if id == owners[i] then
      gone[#gone + 1] = keys[i]
    end
  end
  many('HDEL', base .. 'u', gone)
end

-- Adds to the answer: queue, how many, and for each its id, envelope and tries before this attempt.
local function hand_out(queue, base, ids, step, answer)
  local counted = redis.call('EXISTS', base .. 'c') == 1 and fields(base .. 'c', ids) or {}
  local running_values, keys, owners, n = {}, {}, {}, 0
  local units = { [0] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' }
  local tens = ''
  local header = #answer + 2
  answer[header - 1] = queue
  answer[header] = 0
  local at = header
  for i, envelope in ipairs(fields(base .. 'j', ids)) do
    if envelope then
      local id, tries = ids[i], counted[i] or ''
      local attempt = tries == '' and '1' or (string.match(tries, '^%d+') + 1)
      running_values[2 * n + 1] = id
      running_values[2 * n + 2] = attempt .. ':' .. tens .. units[n % 10] .. step.mark
      n = n + 1
      if n % 10 == 0 then
        tens = tostring(n / 10)
      end
      answer[at + 1], answer[at + 2], answer[at + 3] = id, envelope, tries
      at = at + 3
      local flags = string.byte(envelope, 14)
      if flags == KEYED or flags == BOTH then
        keys[#keys + 1], owners[#owners + 1] = opened(envelope).key, id
      end
    end
  end
  answer[header] = n
  many('HSET', base .. 'f/' .. step.epoch, running_values)
  free_keys(base, keys, owners)
  return n
end

local function claim(queue, step, answer, closed)
  local base = base_of(queue)
  local ids = {}
  local ask = { want = step.want, limit = step.limit, closed = closed }
  for priority = 0, 3 do
    while ask.want > 0 do
      local found = turn(queue, base, priority, ask, ids)
      if not found then
        break
      end
      ask.want = ask.want - found
    end
  end
  if #ids > 0 then
    step.want = step.want - hand_out(queue, base, ids, step, answer)
  end
end
