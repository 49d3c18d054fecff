-- Claims jobs of a queue by priority and by turns of its groups.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, running.lua and
-- handing.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an id leaves its lane and is in the running hash of an epoch in one step.

-- A canceled job may have left its id in a lane.
local function without_ghosts(base, ids)
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

-- Takes up to room ids of a lane. A ghost does not cost its group the turn.
local function pop(base, lane, room, ghosts)
  local ids = redis.call('LPOP', lane, room) or {}
  if not ghosts then
    return ids
  end
  ids = without_ghosts(base, ids)
  while #ids < room do
    local some = redis.call('LPOP', lane, room - #ids)
    if not some then
      break
    end
    for _, id in ipairs(without_ghosts(base, some)) do
      ids[#ids + 1] = id
    end
  end
  return ids
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

-- Whether a lane is used up. With many groups this is left to the next turn to find out.
local function used_up(lane, found, room, groups)
  return found < room or (groups <= 4 and redis.call('EXISTS', lane) == 0)
end

-- Groups that had their turn and have more go to the end of the ring.
local function to_the_end(ring, groups)
  if #groups > 0 and redis.call('ZCARD', ring) > 1 then
    local after, members = turn_after_last(ring), {}
    for i, group in ipairs(groups) do
      members[2 * i - 1], members[2 * i] = after + i, group
    end
    many('ZADD', ring, members)
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
  local cache = running_of(queue, groups)
  local counts, changed = cache.counts, cache.changed
  local closed = ask.closed and redis.call('ZMSCORE', base .. 'shut', unpack(groups)) or {}
  local lanes_of_ring = base .. 'w/' .. priority .. '/'
  local lists, leave, again, found = {}, {}, {}, 0
  for i, group in ipairs(groups) do
    local free = group == '' and room or math.min(room, ask.limit - counts[group])
    if closed[i] or free <= 0 then
      park(base, tostring(priority), group, closed[i])
      leave[#leave + 1] = group
    else
      local lane = lanes_of_ring .. group
      local ids = pop(base, lane, free, ask.ghosts)
      local size = #ids
      lists[#lists + 1] = ids
      found = found + size
      if group ~= '' then
        counts[group] = counts[group] + size
        changed[group] = true
      end
      local list = used_up(lane, size, free, #groups) and leave or again
      list[#list + 1] = group
    end
  end
  many('ZREM', ring, leave)
  interleaved(lists, into)
  to_the_end(ring, again)
  return found
end

local function claim(queue, step, answer, closed)
  local base = base_of(queue)
  local ids = {}
  local ask = {
    want = step.want,
    limit = step.limit,
    closed = closed,
    ghosts = redis.call('EXISTS', base .. 'gh') == 1,
  }
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
