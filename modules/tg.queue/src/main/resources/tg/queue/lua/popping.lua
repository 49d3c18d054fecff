-- Takes jobs out of lanes.
-- Part: put before the scripts that say so; after base.lua.
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
  if not string.find(had, tostring(priority), 1, true) then
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
