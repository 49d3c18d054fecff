-- Takes jobs out of lanes.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an id leaves its lane and is in the running hash of an epoch in one step.

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

-- Canceled jobs may have left their ids in a lane (see leave_place). A script passes over so many of them at
-- most; the rest is left to the next.
local MOST_GHOSTS = 1000
local ghosts = 0

local function tired_of_ghosts()
  return ghosts >= MOST_GHOSTS
end

-- Of the first ids of a lane, those of jobs, up to room. Returns also how many ids that took.
local function sift_ghosts(base, place, ids, room, real)
  local names, left = {}, {}
  for i, id in ipairs(ids) do
    names[i] = place .. '/' .. id
  end
  local counts = fields(base .. 'gh', names)
  local taken, before = 0, #real
  for i, id in ipairs(ids) do
    if #real == room then
      break
    end
    taken = i
    local times = left[names[i]] or tonumber(counts[i]) or 0
    if times > 0 then
      left[names[i]] = times - 1
      ghosts = ghosts + 1
    else
      real[#real + 1] = id
    end
  end
  local gone, stay = {}, {}
  local passed = taken - (#real - before)
  if passed > 0 and redis.call('HINCRBY', base .. 'gh', place, -passed) <= 0 then
    gone[1] = place
  end
  for name, times in pairs(left) do
    if times > 0 then
      stay[#stay + 1], stay[#stay + 2] = name, times
    else
      gone[#gone + 1] = name
    end
  end
  many('HSET', base .. 'gh', stay)
  many('HDEL', base .. 'gh', gone)
  return taken
end

-- Takes up to room ids of a lane. A ghost does not cost its group the turn.
local function pop(base, lane, room, any_ghosts)
  if not any_ghosts then
    return redis.call('LPOP', lane, room) or {}
  end
  local real, place = {}, string.sub(lane, #base + 3)
  while #real < room and not tired_of_ghosts() do
    local ids = redis.call('LRANGE', lane, 0, 99)
    if #ids == 0 then
      break
    end
    redis.call('LTRIM', lane, sift_ghosts(base, place, ids, room, real), -1)
  end
  return real
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
  if tired_of_ghosts() then
    return redis.call('EXISTS', lane) == 0
  end
  return found < room or (groups <= 4 and redis.call('EXISTS', lane) == 0)
end
